import RientroProtocol
import Testing

@Suite("Limits")
struct LimitsTests {
    @Test("a stamp's parts fill 63 bits")
    func stamp() {
        #expect(
            Limits.stampMillisecondsMax << 20 | Limits.replicaNumberMax == Int64.max)
    }

    @Test("the sizes fit into each other")
    func sizes() {
        #expect(Limits.textBytesMax < Limits.rowBytesMax)
        #expect(Limits.rowBytesMax < Limits.changeSetContentBytesMax)
        #expect(Limits.changeSetContentBytesMax < Limits.changeSetBytesMax)
        #expect(Limits.changeSetBytesMax <= Limits.requestChangeSetBytesMax)
        #expect(Limits.changeSetContentBytesMax < Limits.changeSetExpandedBytesMax)
        #expect(Limits.changeSetExpandedBytesMax * 2 <= Limits.contentExpandedBytesMax)
        // A thousand numbers that were told, added, are within 64 bits.
        #expect(Limits.changeSetNumberMax < Int64.max / 1_000)
        #expect(Limits.commitNumberMax < Int64.max / 1_000)
        #expect(Limits.rowCountMax < Int64.max / 1_000)
        #expect(Limits.messageBytesMax < Limits.contentExpandedBytesMax)
        #expect(Limits.repeatedValueBytesMax < Limits.rowBytesMax / Limits.columnsMax)
        #expect(Limits.requestChangeSetBytesMax + (1 << 20) <= Limits.messageBytesMax)
        #expect(Limits.schemaBytesMax + (1 << 20) <= Limits.messageBytesMax)
        #expect(Limits.answerCommitBytesMax < Limits.messageBytesMax)
        // Whatever travels in one commit has room in one answer.
        #expect(Limits.changeSetBytesMax * 2 < Limits.messageBytesMax)
        #expect(Limits.clockOffsetIgnoredMilliseconds < Limits.stampAheadMillisecondsMax)
    }

    @Test("a change-set with the fullest content and every earlier name is within its limit")
    func fullestChangeSet() throws {
        let name = ChangeSetName(
            replica: Limits.replicaNumberMax, number: Limits.changeSetNumberMax,
            hash: SHA256.hash([]))
        let epoch = [UInt8](repeating: 255, count: 16)
        let changeSet = ChangeSet(
            replica: Limits.replicaNumberMax, number: Limits.changeSetNumberMax,
            previous: SHA256.hash([]),
            cursor: Cursor(epoch: epoch, commit: Limits.commitNumberMax, chain: SHA256.hash([])),
            names: Array(repeating: name, count: Limits.changeSetNamesMax),
            part: Part(
                salt: epoch,
                content: [UInt8](repeating: 0, count: Limits.changeSetContentBytesMax)))
        let encoded = changeSet.encoded()
        #expect(encoded.count <= Limits.changeSetBytesMax)
        #expect(try ChangeSet(decoding: encoded) == changeSet)
    }

    @Test("a change-set of a byte more than its limit is refused")
    func overlongChangeSet() throws {
        func changeSet(contentCount: Int) -> [UInt8] {
            ChangeSet(
                replica: 1, number: 1, previous: .zero,
                cursor: Cursor(
                    epoch: [UInt8](repeating: 0, count: 16), commit: 0, chain: .zero),
                names: [],
                part: Part(
                    salt: [UInt8](repeating: 0, count: 16),
                    content: [UInt8](repeating: 0, count: contentCount))
            ).encoded()
        }
        let around = changeSet(contentCount: 1 << 19).count - (1 << 19)
        let most = changeSet(contentCount: Limits.changeSetBytesMax - around)
        #expect(most.count == Limits.changeSetBytesMax)
        _ = try ChangeSet(decoding: most)
        let over = changeSet(contentCount: Limits.changeSetBytesMax - around + 1)
        #expect(throws: MalformedMessage.found(.tooLong, at: 0)) {
            try ChangeSet(decoding: over)
        }
    }

    @Test("a text or blob of a byte more than its limit is refused")
    func overlongText() throws {
        let most = String(repeating: "x", count: Limits.textBytesMax)
        #expect(try Value.decode(Value.encode([.text(most)])) == [.text(most)])
        #expect(throws: MalformedMessage.found(.tooLong, at: 1)) {
            try Value.decode(Value.encode([.text(most + "x")]))
        }
        #expect(throws: MalformedMessage.found(.tooLong, at: 1)) {
            try Value.decode(Value.encode([.blob(Array((most + "x").utf8))]))
        }
    }

    @Test("a row of more than its limit is refused, alone and in its unit")
    func overlongRow() throws {
        let text = String(repeating: "x", count: Limits.textBytesMax - 100)
        let row = RowChange(table: 1, id: "A", content: .ledger([.text(text), .text(text)]))
        #expect(try RowChange(decoding: row.encoded()) == row)
        let over = RowChange(
            table: 1, id: "A", content: .ledger([.text(text), .text(text), .text(text)]))
        #expect(throws: MalformedMessage.found(.tooLong, at: 0)) {
            try RowChange(decoding: over.encoded())
        }
        let unit = UnitChanges(unit: Unit(table: 1, id: "A"), rows: [row, over])
        let error = #expect(throws: MalformedMessage.self) {
            try UnitChanges.decode(UnitChanges.encode([unit]))
        }
        #expect(error?.fact == .tooLong)
    }

    @Test("change-sets of more than a request may carry are refused")
    func overlongRequest() throws {
        let piece = [UInt8](repeating: 0, count: Limits.changeSetBytesMax)
        var request = SyncRequest(
            schemaVersion: 1, replica: 1, head: .none, outcomesMerged: 0, cursors: [],
            portfolios: [], changeSets: [piece, piece, piece, piece])
        #expect(try SyncRequest(decoding: request.encoded()) == request)
        request.changeSets.append([0])
        let error = #expect(throws: MalformedMessage.self) {
            try SyncRequest(decoding: request.encoded())
        }
        #expect(error?.fact == .tooLong)
    }

    @Test("a row that says it has four thousand million values allocates nothing")
    func vastCount() {
        let head: [UInt8] = [0x83, 0x01, 0x61, 0x41, 0x9A, 0xFF, 0xFF, 0xFF, 0xFF]
        #expect(throws: MalformedMessage.found(.truncated, at: 4)) {
            try RowChange(decoding: head)
        }
    }
}
