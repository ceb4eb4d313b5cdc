import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("what one line makes for people to decide", .timeLimit(.minutes(2)))
struct LineBurdenTests {
    private let hour = ServerLimits.conflictsMilliseconds

    /// Refusals of an office, as many as are asked for.
    private func fill(_ centre: TestCentre, replica: Int64, _ count: Int) throws {
        try centre.centre.engine().db.run(
            """
            WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < ?2)
            INSERT INTO quarantine(
              replica, n, tab, row, register, reason, detail, content, refused_at)
            SELECT ?1, 1, 30, 'row-' || n, 0, 'bad_value', '', x'', 1 FROM many
            """, .integer(replica), SQLiteValue(count))
    }

    /// A change-set with a note on an account that is not there.
    private func refused(_ office: TestPush, _ number: Int64, after: Hash = .zero) -> ChangeSet {
        let account = TestRow.account("MT", 999)
        let row = RowChange(
            table: 30, id: TestRow.own(Int(number)),
            content: .ledger([.text(account), .text("called")]))
        let unit = UnitChanges(unit: Unit(table: 22, id: account), rows: [row])
        return office.changeSet(number, after: after, content: UnitChanges.encode([unit]))
    }

    @Test(
        "an office with as many refused rows as may wait gets 429 for more, and not for good rows")
    func quarantine() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let db = try centre.centre.engine().db
        try fill(centre, replica: a.replica, ServerLimits.refusedRowsPerLineMax - 1)
        // One place is left.
        let first = refused(a, 1)
        #expect(try await a.send([first]).status == 200)
        let second = refused(a, 2, after: first.head.hash)
        let reply = try await a.send([second])
        #expect(reply.status == 429)
        #expect(reply.code == "too_many_refused")
        #expect(reply.fields["retry-after"] == "\(ServerLimits.retryAfterPersonSeconds)")
        #expect(try centre.centre.engine().head(of: a.replica).number == 1)
        let open = "SELECT count(*) FROM quarantine WHERE closed_at IS NULL"
        #expect(try db.integer(open) == Int64(ServerLimits.refusedRowsPerLineMax))
        let good = a.changeSet(2, after: first.head.hash, note: TestRow.own(20))
        #expect(try await a.send([good]).status == 200)
        // What was applied is answered again, with the refusal that it had.
        #expect(try await a.send([first]).status == 200)
        #expect(try await b.send([refused(b, 1)]).status == 200)
        try db.execute("UPDATE quarantine SET closed_at = 2 WHERE row = 'row-1'")
        #expect(try await a.send([refused(a, 3, after: good.head.hash)]).status == 200)
        await centre.stop()
    }

    @Test("refused rows of all numbers of a line count together")
    func succession() throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let engine = try centre.centre.engine()
        let request = RenumberRequest(
            replica: a.replica, head: .none, tokenHash: LoginToken.hash([9]),
            incarnation: Array(repeating: 9, count: 16))
        let next = try engine.db.transaction {
            try engine.renumber(request, authenticated: a.replica, now: centre.clock.now())
        }
        try fill(centre, replica: a.replica, 3)
        try fill(centre, replica: next.replica, 4)
        #expect(try engine.refusalsWaiting(ofLine: a.replica, most: 100) == 7)
        #expect(try engine.refusalsWaiting(ofLine: a.replica, most: 5) == 5)
        #expect(try engine.refusalsWaiting(ofLine: next.replica + 1, most: 5) == 0)
    }

    @Test("conflicts of one line are bounded by the hour, and the hour ends")
    func conflicts() throws {
        let centre = try TestCentre()
        let engine = try centre.centre.engine()
        let burden = LineBurden()
        let applied = Outcome(number: 1, status: .applied, items: [])
        let most = ServerLimits.conflictsPerLineMax
        func take(_ count: Int, of line: Int64 = 1, at now: Int64) throws {
            try burden.take(applied, conflicts: count, of: line, engine, now: now)
        }
        try take(most - 1, at: 1_000)
        // The first that goes beyond is taken whole.
        try take(5, at: 1_001)
        #expect(throws: CentreError.tooManyConflicts(retryAfterSeconds: 3_599)) {
            try take(1, at: 2_000)
        }
        #expect(throws: Never.self) { try take(0, at: 2_000) }
        #expect(throws: Never.self) { try take(1, of: 2, at: 2_000) }
        #expect(throws: CentreError.tooManyConflicts(retryAfterSeconds: 1)) {
            try take(1, at: 1_000 + hour - 1)
        }
        try take(most, at: 1_000 + hour)
        #expect(throws: CentreError.tooManyConflicts(retryAfterSeconds: 3_600)) {
            try take(1, at: 1_000 + hour)
        }
        // A clock that is put back begins anew.
        #expect(throws: Never.self) { try take(1, at: 999 + hour) }
    }

    @Test("what was applied before, or not at all, is no burden")
    func others() throws {
        let centre = try TestCentre()
        let engine = try centre.centre.engine()
        let burden = LineBurden()
        try burden.take(
            Outcome(number: 1, status: .applied, items: []),
            conflicts: ServerLimits.conflictsPerLineMax, of: 1, engine, now: 0)
        for status in [Outcome.Status.alreadyApplied, .gap, .foreign] {
            #expect(throws: Never.self) {
                try burden.take(
                    Outcome(number: 1, status: status, items: []), conflicts: 1, of: 1, engine,
                    now: 0)
            }
        }
    }
}
