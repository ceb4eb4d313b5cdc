import RientroProtocol

/// Messages around the vectors of what travels inside them, right and wrong: random bytes hardly
/// ever make a list longer by one whole item.
enum MessageSeeds {
    private static let start = Cursor(
        epoch: [UInt8](repeating: 1, count: 16), commit: 0, chain: .zero)

    /// A change-set with this content.
    static func changeSet(_ content: [UInt8]) -> [UInt8] {
        let part = Part(salt: [UInt8](repeating: 2, count: 16), content: content)
        return ChangeSet(
            replica: 1, number: 1, previous: .zero, cursor: start, names: [], part: part
        ).encoded()
    }

    /// A request with these change-sets.
    static func request(_ changeSets: [[UInt8]]) -> [UInt8] {
        SyncRequest(
            schemaVersion: 1, replica: 1, head: .none, outcomesMerged: 0, cursors: [start],
            portfolios: ["MT"], changeSets: changeSets
        ).encoded()
    }

    /// An answer with one commit, as it is.
    static func answer(commit: [UInt8]) -> [UInt8] { answer(key: 5, value: [0x81] + commit) }

    /// An answer with one outcome, which has these items, as they are.
    static func answer(items: [UInt8]) -> [UInt8] {
        answer(key: 3, value: [0x81, 0x83, 0x01, 0x00] + items)
    }

    /// An answer that has one key more, in its place.
    private static func answer(key: UInt8, value: [UInt8]) -> [UInt8] {
        let plain = SyncAnswer(
            replica: 1, centreHead: .none, outcomes: [], from: start, commits: [], cursor: start,
            hasMore: false, portfolios: [], centreTime: 0, covered: 0
        ).encoded()
        // The keys 4, 6 and 9 with their values are at the end: a cursor, a cursor, a zero.
        let one = 1 + start.encoded().count
        let place = plain.count - 2 - (key < 4 ? 2 * one : one)
        return [plain[0] + 1] + plain[1..<place] + [key] + value + plain[place...]
    }
}
