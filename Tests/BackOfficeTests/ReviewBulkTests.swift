import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

@testable import BackOffice

/// Thousands of entries, as groups and in one go.
@Suite("many entries of the review")
struct ReviewBulkTests {
    let firm: TestFirm
    let account: String
    let day = "2026-11-22"

    init() throws {
        firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        try firm.branch("PZ", "Potenza")
        try firm.operator("MROSSI", "Maria Rossi")
        account = try firm.account(
            "A1", branch: "MT", creditor: "ACME", placed: "2026-09-01",
            items: [("2026-09-01", 50_000)])
        firm.now = try firm.noon("2026-11-20")
    }

    /// Refused rows of an office, all different, as the centre keeps them.
    private func refuse(
        _ count: Int, from office: Int64, table: Int64 = 32, reason: String = "bad_value",
        on date: String = "2026-11-20"
    ) throws {
        try firm.engine.db.run(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO quarantine(replica, n, tab, row, register, reason, detail, content,
              refused_at)
            SELECT ?2, (SELECT count(*) FROM quarantine) + i, ?3, 'row ' || i, 0, ?4, 'detail',
              x'00', ?5 FROM n
            """, .integer(Int64(count)), .integer(office), .integer(table), .text(reason),
            .integer(try firm.noon(date)))
    }

    private func desk() throws -> ReviewDesk {
        try ReviewDesk(firm.centre, try firm.centre.engine())
    }

    private func settle(
        _ filter: ReviewFilter, _ choice: ReviewChoice, isSure: Bool = true, note: String? = nil
    ) throws -> ReviewBulk {
        firm.now += 1000
        return try desk().settleAll(
            filter, ReviewDecision(choice, operator: "MROSSI", note: note), isSure: isSure,
            date: day, now: firm.now)
    }

    private func waiting() throws -> Int64? {
        try firm.engine.db.integer("SELECT count(*) FROM quarantine WHERE closed_at IS NULL")
    }

    @Test("of refused rows of one office, table and reason some are listed and all are counted")
    func groups() throws {
        let max = ReviewLimits.entriesPerGroupMax
        let matera = try firm.office("Matera", "MT")
        let potenza = try firm.office("Potenza", "PZ")
        try refuse(max, from: matera)
        let exact = try firm.queue(day)
        #expect(exact.entries.count == max && exact.rest == [])
        try refuse(3, from: matera, on: "2026-11-21")
        try refuse(2, from: matera, reason: "unknown_parent")
        try refuse(1, from: matera, table: 33)
        try refuse(1, from: potenza)
        let queue = try firm.queue(day)
        #expect(queue.entries.count == max + 4)
        #expect(
            queue.rest == [
                ReviewRest(
                    group: ReviewGroup(
                        kind: .quarantine, office: "Matera", reason: "payment: bad_value"),
                    places: [
                        ReviewPlace(account: "", caseRef: "", branch: "MT", creditor: "")
                    ], since: "2026-11-21", count: 3)
            ])
        #expect(queue.count == Int64(max) + 7)
        let tallies = ReviewQueue.tallies(queue.entries, queue.rest)
        #expect(
            tallies.map { "\($0.count) \($0.group.office) \($0.group.reason) \($0.latest)" } == [
                "\(max + 3) Matera payment: bad_value 2026-11-21",
                "2 Matera payment: unknown_parent 2026-11-20",
                "1 Matera promise: bad_value 2026-11-20",
                "1 Potenza payment: bad_value 2026-11-20",
            ])
        #expect(tallies[0].oldest == "2026-11-20")
        // Pages count what is not listed too, in their own scope.
        func line(_ scope: PageScope, _ date: String) throws -> ReviewLine? {
            try firm.queue(date).lines(for: scope, seen: [:], date: date).first
        }
        let all = Int64(max) + 7
        #expect(
            try line(PageScope(.firm), "2026-11-21")
                == ReviewLine(kind: .quarantine, count: all, new: all, oldest: "2026-11-20"))
        #expect(try line(PageScope(.firm), day)?.new == all - 3)
        #expect(try line(PageScope(.branch, key: "MT"), day)?.count == all - 1)
        #expect(try line(PageScope(.branch, key: "PZ"), day)?.count == 1)
        #expect(try line(PageScope(.creditor, key: "ACME"), day) == nil)
        #expect(try line(PageScope(.firm), "2026-11-20")?.count == all - 3)
    }

    @Test("an office that has no name is told by its number, where rows are only counted too")
    func nameless() throws {
        try refuse(ReviewLimits.entriesPerGroupMax + 1, from: 77)
        let queue = try firm.queue(day)
        #expect(queue.rest.map(\.group.office) == ["replica 77"])
        #expect(queue.entries.allSatisfy { $0.group.office == "replica 77" })
    }

    @Test("conflicts of one register and author are listed up to the limit, the others counted")
    func conflicts() throws {
        _ = try firm.disagree(account, "+390835000001", "+390835000002")
        let max = ReviewLimits.entriesPerGroupMax
        let db = firm.engine.db
        db.setTriggers(areOn: false)
        let columns = try db.rows("SELECT name FROM pragma_table_info('conflict')") { $0.text(0) }
        let others = columns.filter { $0 != "id" }.joined(separator: ", ")
        try db.run(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
            INSERT INTO conflict(id, \(others))
            SELECT printf('0189ffff-0000-8000-8000-%012d', i), \(others) FROM conflict, n
            """, .integer(Int64(max + 1)))
        let queue = try firm.queue(day)
        #expect(queue.entries.count == max)
        #expect(queue.rest.map(\.count) == [2])
        #expect(queue.rest.map(\.group.reason) == ["contact_point.value"])
        #expect(queue.rest.map(\.group.office) == ["Matera"])
        #expect(queue.entries.allSatisfy { $0.group == queue.rest.first?.group })
        let bulk = try settle(ReviewFilter(kind: .conflict), .won)
        #expect(bulk.found == Int64(max + 2) && bulk.settled == bulk.found && bulk.left == 0)
        #expect(try db.integer("SELECT count(*) FROM conflicts") == 0)
    }

    @Test("a group of refused rows is discarded in one go, and no other")
    func discard() throws {
        let matera = try firm.office("Matera", "MT")
        let potenza = try firm.office("Potenza", "PZ")
        try refuse(300, from: matera)
        try refuse(5, from: matera, reason: "unknown_parent")
        try refuse(7, from: matera, table: 33)
        try refuse(11, from: potenza)
        try refuse(13, from: potenza, on: "2026-11-23")
        let group = ReviewFilter(
            kind: .quarantine, office: "Matera", reason: "payment: bad_value")
        let asked = try settle(group, .discard, isSure: false)
        #expect(asked.found == 300 && asked.settled == 0)
        #expect(try waiting() == 336)
        let bulk = try settle(group, .discard, note: "a program gone wild")
        #expect(bulk.found == 300 && bulk.settled == 300 && bulk.failed.isEmpty)
        #expect(try waiting() == 36)
        let line = try #require(
            try CloseBook.open(folder: firm.folder).settled().values.first)
        #expect(line.kind == .quarantine && line.choice == .discard && line.operator == "MROSSI")
        #expect(
            line.note == "300 rows, Matera, payment: bad_value, a program gone wild")
        #expect(
            try firm.engine.db.integer("SELECT max(closed_at) FROM quarantine") == firm.now)
        // By the reason alone, of whatever table; what was refused later stays.
        let reason = ReviewFilter(kind: .quarantine, reason: "bad_value")
        #expect(try settle(reason, .discard).settled == 7 + 11)
        #expect(try waiting() == 5 + 13)
        #expect(
            try settle(ReviewFilter(kind: .quarantine, office: "Bari"), .discard).found == 0)
        #expect(try settle(ReviewFilter(kind: .quarantine), .discard).settled == 5)
        #expect(try waiting() == 13)
    }

    @Test("of many entries one that cannot be settled stops no other")
    func failures() throws {
        // Two pairs of accounts; in each the same payment twice.
        let accounts = try ["B1", "B2", "B3"].map { name in
            try firm.account(
                name, branch: name == "B3" ? "PZ" : "MT", creditor: "ACME", placed: "2026-09-01",
                items: [("2026-09-01", 50_000)])
        }
        for account in accounts {
            for _ in 1...2 { try firm.pay(account, 1_500, on: "2026-11-20") }
        }
        #expect(throws: ReviewError.badChoice(.accepted, kind: .duplicate)) {
            _ = try settle(ReviewFilter(kind: .duplicate), .accepted)
        }
        #expect(throws: ReviewError.badChoice(.value, kind: .conflict)) {
            _ = try settle(ReviewFilter(kind: .conflict), .value)
        }
        let bulk = try settle(ReviewFilter(kind: .duplicate, office: "MT"), .same, note: "twice")
        #expect(bulk.found == 2 && bulk.settled == 2 && bulk.left == 0)
        #expect(
            try firm.engine.db.integer(
                "SELECT count(*) FROM payment WHERE reverses_id IS NOT NULL") == 2)
        #expect(try firm.found(.duplicate).map(\.caseRef) == ["B3"])
        let settled = try CloseBook.open(folder: firm.folder).settled()
        #expect(settled.values.map(\.note) == ["twice", "twice"])
        #expect(try settle(ReviewFilter(kind: .duplicate), .different).settled == 1)
        let book = try CloseBook.open(folder: firm.folder)
        #expect(try firm.queue(day, book: book).entries == [])
        #expect(try settle(ReviewFilter(kind: .duplicate), .different).found == 0)
    }

    @Test("a filter means a kind, an office and a reason, the whole of it or its last part")
    func filter() {
        let group = ReviewGroup(kind: .quarantine, office: "Matera", reason: "payment: bad_value")
        func means(_ kind: ReviewKind, _ office: String?, _ reason: String?) -> Bool {
            ReviewFilter(kind: kind, office: office, reason: reason).matches(group)
        }
        #expect(means(.quarantine, nil, nil) && means(.quarantine, "Matera", "bad_value"))
        #expect(means(.quarantine, nil, "payment: bad_value"))
        #expect(!means(.conflict, nil, nil) && !means(.quarantine, "Mate", nil))
        #expect(!means(.quarantine, nil, "value") && !means(.quarantine, nil, "payment"))
    }
}
