import RientroProtocol
import Testing

/// The vectors again, with what they mean written in Swift: a decoder and an encoder that swapped
/// two fields would agree with each other.
@Suite("What the bytes mean")
struct MeaningTests {
    static let debtor = "0190163d-8694-739b-aea5-966c26f8ad90"
    static let account = "0190163d-8694-739b-aea5-966c26f8ad91"
    static let payment = "01901640-0000-7000-8000-00000000000a"
    static let now: Int64 = 1_750_000_000_000
    static let epoch = (0..<16).map { UInt8($0) }
    static let salt = (0x20..<0x30).map { UInt8($0) }
    static let chain = SHA256.hash(Array("chain".utf8))
    static let someHash = SHA256.hash(Array("some change-set".utf8))
    static let cursor = Cursor(epoch: epoch, commit: 41, chain: chain)
    static let start = Cursor(epoch: epoch, commit: 0, chain: .zero)

    static func stamp(_ milliseconds: Int64, _ replica: Int64) -> Stamp {
        Stamp(milliseconds: milliseconds, replica: replica)
    }

    static let ledger = RowChange(
        table: 22, id: payment,
        content: .ledger([
            .text("0190163d8694739baea5966c26f8ad91"), .integer(12_550), .text("EUR"), .null,
        ]))
    static let record = RowChange(
        table: 21, id: debtor,
        content: .record(
            birth: nil,
            writes: [
                RegisterWrite(
                    register: 3, stamp: stamp(now, 7), base: stamp(now - 1000, 2),
                    values: [.text("+39 0835 1234")])
            ]))
    static let birth = RowChange(
        table: 21, id: debtor,
        content: .record(
            birth: Birth(stamp: stamp(now, 7), fixed: [.text("fixed"), .integer(5)]),
            writes: [
                RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("Rossi")]),
                RegisterWrite(
                    register: 2, stamp: stamp(now + 1, 7), base: nil,
                    values: [.null, .integer(-1)]),
            ]))
    static let reference = RowChange(
        table: 10, id: "MT-01",
        content: .record(
            birth: Birth(stamp: stamp(now, 0), fixed: []),
            writes: [RegisterWrite(register: 1, stamp: nil, base: nil, values: [.text("Matera")])]))
    static let units = [
        UnitChanges(unit: .everyone, rows: [reference]),
        UnitChanges(unit: Unit(table: 21, id: debtor), rows: [record]),
        UnitChanges(unit: Unit(table: 20, id: account), kind: .grant, rows: [ledger]),
    ]
    static let everyones = Part(salt: salt, content: UnitChanges.encode([units[0]]))

    private func expect(_ bytes: [UInt8], _ kind: String, _ name: String) throws {
        #expect(hex(bytes) == (try Vector.valid(kind, name)).hex)
    }

    @Test("rows and units are written as the vectors say")
    func rows() throws {
        try expect(Self.ledger.encoded(), "row", "ledger row")
        try expect(Self.record.encoded(), "row", "register with base")
        try expect(Self.birth.encoded(), "row", "birth")
        try expect(Self.reference.encoded(), "row", "reference row")
        try expect(UnitChanges.encode(Self.units), "content", "three units")
        #expect(try RowChange(decoding: Self.birth.encoded()) == Self.birth)
        #expect(try UnitChanges.decode(UnitChanges.encode(Self.units)) == Self.units)
    }

    @Test("writes given in any order are written in the order of their registers")
    func order() throws {
        guard case .record(let birth, let writes) = Self.birth.content else { return }
        let shuffled = RowChange(
            table: 21, id: Self.debtor,
            content: .record(birth: birth, writes: writes.reversed()))
        try expect(shuffled.encoded(), "row", "birth")
    }

    @Test("change-sets are written as the vectors say")
    func changeSets() throws {
        let changeSet = ChangeSet(
            replica: 9, number: 1, previous: .zero, cursor: Self.cursor,
            names: [
                ChangeSetName(replica: 7, number: 2, hash: Self.someHash),
                ChangeSetName(replica: 8, number: 5, hash: Self.chain),
            ], part: Part(salt: Self.salt, content: UnitChanges.encode(Self.units)))
        try expect(changeSet.encoded(), "change-set", "with earlier names")
        #expect(try ChangeSet(decoding: changeSet.encoded()) == changeSet)
        try expect(Self.cursor.encoded(), "cursor", "cursor")
    }

    @Test("commits are written as the vectors say")
    func commits() throws {
        let commit = Commit(
            number: 1, time: Self.now, replica: 0, changeSet: 1, hashes: [Self.everyones.hash],
            chain: Commit.chainHash(
                previous: .zero, number: 1, time: Self.now, replica: 0, changeSet: 1,
                hashes: [Self.everyones.hash]),
            parts: [CommitPart(portfolio: "", part: Self.everyones)])
        try expect(commit.encoded(), "commit", "act of the centre")
        #expect(try Commit(decoding: commit.encoded()) == commit)
    }

    @Test("a sync request is written as the vector says")
    func syncRequest() throws {
        let changeSet = ChangeSet(
            replica: 7, number: 1, previous: .zero, cursor: Self.start, names: [],
            part: Part(salt: Self.salt, content: UnitChanges.encode([])))
        let request = SyncRequest(
            schemaVersion: 3, replica: 7, head: Head(number: 2, hash: Self.someHash),
            outcomesMerged: 1, cursors: [Self.cursor, Self.start],
            portfolios: ["MT-01", "PZ-01"], changeSets: [changeSet.encoded()],
            answerBytesMax: 65_536, waitSeconds: 50)
        try expect(request.encoded(), "sync-request", "full")
        #expect(try SyncRequest(decoding: request.encoded()) == request)
        let least = SyncRequest(
            schemaVersion: 1, replica: 1, head: .none, outcomesMerged: 0, cursors: [],
            portfolios: [], changeSets: [])
        try expect(least.encoded(), "sync-request", "least")
        #expect(try SyncRequest(decoding: least.encoded()) == least)
        let proven = SyncRequest(
            schemaVersion: 3, replica: 7, head: Head(number: 2, hash: Self.someHash),
            outcomesMerged: 1, cursors: [Self.cursor, Self.start],
            portfolios: ["MT-01", "PZ-01"], changeSets: [changeSet.encoded()],
            answerBytesMax: 65_536, waitSeconds: 50, provenCommit: 41)
        try expect(proven.encoded(), "sync-request", "proven")
        #expect(try SyncRequest(decoding: proven.encoded()) == proven)
        var named = proven
        named.provenCommit = nil
        named.label = "PC-CASSA"
        try expect(named.encoded(), "sync-request", "named")
        #expect(try SyncRequest(decoding: named.encoded()) == named)
    }

    @Test("a sync answer is written as the vector says")
    func syncAnswer() throws {
        let item = OutcomeItem(
            table: 21, id: Self.debtor, register: 3, reason: .ledgerChanged,
            sent: Self.stamp(Self.now, 7), present: Self.stamp(Self.now - 5, 2),
            values: [.text("x")])
        let answer = SyncAnswer(
            replica: 7, centreHead: Head(number: 2, hash: Self.someHash),
            outcomes: [
                Outcome(number: 1, status: .alreadyApplied, items: []),
                Outcome(number: 2, status: .applied, items: [item]),
            ], from: Self.cursor,
            commits: [
                Commit(
                    number: 42, time: Self.now, replica: 0, changeSet: 1,
                    hashes: [Self.everyones.hash], chain: Self.chain,
                    parts: [CommitPart(portfolio: "", part: Self.everyones)])
            ], cursor: Cursor(epoch: Self.epoch, commit: 42, chain: Self.chain), hasMore: true,
            portfolios: ["MT-01"], centreTime: Self.now, covered: 1)
        try expect(answer.encoded(), "sync-answer", "full")
        #expect(try SyncAnswer(decoding: answer.encoded()) == answer)
    }

    @Test("requests for a number and their answer are written as the vectors say")
    func enrolment() throws {
        let token = LoginToken.hash([UInt8](repeating: 0, count: 32))
        let enrol = EnrolRequest(code: "K7Q2-9FXD", tokenHash: token, incarnation: Self.epoch)
        try expect(enrol.encoded(), "enrol-request", "enrol")
        #expect(try EnrolRequest(decoding: enrol.encoded()) == enrol)
        var again = enrol
        again.replica = 7
        again.label = "PC-CASSA"
        try expect(again.encoded(), "enrol-request", "again")
        #expect(try EnrolRequest(decoding: again.encoded()) == again)
        var renumber = RenumberRequest(
            replica: 7, head: Head(number: 2, hash: Self.someHash), tokenHash: token,
            incarnation: Self.epoch)
        try expect(renumber.encoded(), "renumber-request", "renumber")
        #expect(try RenumberRequest(decoding: renumber.encoded()) == renumber)
        renumber.label = "PC-CASSA"
        try expect(renumber.encoded(), "renumber-request", "labelled")
        #expect(try RenumberRequest(decoding: renumber.encoded()) == renumber)
        let answer = EnrolAnswer(
            replica: 8, name: "Matera, via Lucana", portfolios: ["MT-01"],
            schema: Array(#"{"name":"x"}"#.utf8), centreTime: Self.now)
        try expect(answer.encoded(), "enrol-answer", "given")
        #expect(try EnrolAnswer(decoding: answer.encoded()) == answer)
    }

    @Test("digests are written as the vectors say")
    func digests() throws {
        let digest = RowDigest(count: 3, low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
        let whole = DigestAnswer(
            cursor: Self.cursor,
            tables: [
                TableDigest(portfolio: "", table: 10, digest: digest),
                TableDigest(portfolio: "MT-01", table: 21, digest: .empty),
            ])
        try expect(whole.encoded(), "digest-answer", "two tables")
        var one = digest
        one.count = 1
        let rows = RangeAnswer(
            cursor: Self.cursor, ranges: [],
            rows: [
                RowHash(id: Self.debtor, digest: one),
                RowHash(id: "MT-01", digest: RowDigest(count: 1, low: 0, high: 0)),
            ])
        try expect(rows.encoded(), "range-answer", "rows")
        #expect(try RangeAnswer(decoding: rows.encoded()) == rows)
        var two = digest
        two.count = 2
        let pieces = RangeAnswer(
            cursor: Self.cursor,
            ranges: [
                RangeDigest(from: "", to: Self.debtor, digest: two),
                RangeDigest(
                    from: Self.debtor, to: "", digest: RowDigest(count: 5, low: 0, high: 0)),
            ], rows: [])
        try expect(pieces.encoded(), "range-answer", "pieces")
    }

    @Test("a correction is written as the vector says")
    func outcomes() throws {
        let item = OutcomeItem(
            table: 21, id: Self.debtor, register: 3, reason: nil,
            sent: Self.stamp(Self.now * 2, 7), present: Self.stamp(Self.now, 7),
            values: [.text("+39 0835 1234")])
        try expect(OutcomeItem.encode([item]), "outcome-items", "correction")
        #expect(try OutcomeItem.decode(OutcomeItem.encode([item])) == [item])
    }
}

@Suite("What an encoder does not write")
struct EncoderTests {
    @Test("a change that writes a register twice stops the program instead of travelling")
    func registerTwice() async {
        await #expect(processExitsWith: .failure) {
            let write = RegisterWrite(
                register: 1, stamp: Stamp(milliseconds: 1, replica: 1), base: nil, values: [])
            _ = RowChange(
                table: 1, id: "A", content: .record(birth: nil, writes: [write, write])
            ).encoded()
        }
    }

    @Test("a part with a short salt is never made")
    func salt() async {
        await #expect(processExitsWith: .failure) {
            _ = Part(salt: [1, 2, 3], content: [])
        }
    }

    @Test("a request at every limit travels whole")
    func requestAtItsLimits() throws {
        let cursor = Cursor(
            epoch: [UInt8](repeating: 1, count: 16), commit: Limits.commitNumberMax,
            chain: SHA256.hash([1]))
        let request = SyncRequest(
            schemaVersion: Limits.schemaVersionMax, replica: Limits.replicaNumberMax,
            head: Head(number: Limits.changeSetNumberMax, hash: SHA256.hash([2])),
            outcomesMerged: Limits.changeSetNumberMax,
            cursors: Array(repeating: cursor, count: Limits.cursorsMax),
            portfolios: Array(repeating: "0123456789abcdef", count: Limits.portfoliosMax),
            changeSets: [], answerBytesMax: Limits.messageBytesMax,
            waitSeconds: Limits.waitSecondsMax)
        #expect(try SyncRequest(decoding: request.encoded()) == request)
    }
}
