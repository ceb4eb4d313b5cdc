internal import RientroProtocol

/// One file on the shelf: the rows of a set of portfolios at one commit. Its name says all that:
/// `<set>-<commit>-<chain>`, so that files are still known after a restart.
struct SnapshotFile: Hashable, Sendable {
    /// The set of portfolios, as the beginning of a hash.
    let set: String
    /// The commit that its cursor stands at.
    let commit: Int64
    /// The beginning of the hash of the chain there.
    let chain: String

    private static let digits = 16

    init(portfolios: [String], schemaVersion: Int, cursor: Cursor) {
        set = Self.set(portfolios, schemaVersion: schemaVersion)
        commit = cursor.commit
        chain = Self.chain(cursor.chain)
    }

    /// Reads a name; nil if it is not one.
    init?(name: some StringProtocol) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let number = Int64(parts[1]), number >= 0,
            parts[1] == String(number), Self.isHash(parts[0]), Self.isHash(parts[2])
        else { return nil }
        set = String(parts[0])
        commit = number
        chain = String(parts[2])
    }

    var name: String { "\(set)-\(commit)-\(chain)" }

    /// Strong: the same name is the same bytes, since a file is never built twice while it is kept.
    var entityTag: String { "\"\(name)\"" }

    /// What a set of portfolios is known by.
    static func set(_ portfolios: [String], schemaVersion: Int) -> String {
        // Portfolios are reference keys, which hold no space.
        let text = ([String(schemaVersion)] + portfolios.sorted()).joined(separator: " ")
        return hex(SHA256.hash(Array(text.utf8)))
    }

    static func chain(_ hash: Hash) -> String { hex(hash) }

    private static func hex(_ hash: Hash) -> String {
        Hexadecimal.text(hash.bytes.prefix(digits / 2))
    }

    private static func isHash(_ text: some StringProtocol) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
