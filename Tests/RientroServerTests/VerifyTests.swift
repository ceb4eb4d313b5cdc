import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("verifying a centre", .timeLimit(.minutes(2)))
struct VerifyTests {
    /// A centre that has seen notes, a conflict, a refusal and a status; not serving any more.
    private func used() async throws -> TestCentre {
        let centre = try TestCentre()
        let (a, b) = (try await centre.office("MT"), try await centre.office("MT", "PZ"))
        let phone = TestRow.phone("XX", 0)
        for office in [a, b] {
            try office.write("UPDATE phone SET number = '\(office.replica)' WHERE id = '\(phone)'")
            try office.note(on: TestRow.account("MT", 1))
            try await office.sync()
        }
        try a.note(on: TestRow.account("PZ", 1))
        try a.write("UPDATE account SET status = 'paid' WHERE id = '\(TestRow.account("MT", 2))'")
        try await a.sync()
        await centre.stop()
        return centre
    }

    @Test("a centre that was only used as it should has no finding, beside a running server too")
    func clean() async throws {
        let centre = try await used()
        var stages: Set<CentreVerify.Stage> = []
        let report = try CentreVerify.run(centre.centre) { stage, _, _ in stages.insert(stage) }
        #expect(report.findings == [])
        #expect(report.commits == (try centre.centre.engine().cursor().commit))
        #expect(report.parts >= report.commits)
        #expect(report.rows > 20)
        #expect(stages == Set(CentreVerify.Stage.allCases))
        let running = try TestCentre()
        #expect(try CentreVerify.run(running.centre).findings == [])
        await running.stop()
    }

    @Test("a copied file under its new number and a late parent leave no finding either")
    func copies() async throws {
        let centre = try TestCentre()
        let (a, b) = (try await centre.office("MT"), try await centre.office("MT"))
        let account = TestRow.account("MT", 1)
        try a.note(on: account, "before the copy")
        let copy = try a.copied()
        try a.note(on: account, "on the original")
        try copy.note(on: account, "on the copy")
        try await a.sync()
        #expect(try await copy.exchange().centreHead.number == 1)
        let mended = try await copy.renumbered()
        #expect(mended.replica != a.replica)
        try b.note(TestRow.own(1), on: account)
        try mended.write(
            "INSERT INTO remark(note_id, text) VALUES ('\(TestRow.own(1))', 'early')")
        for office in [mended, b, a, mended, b] { try await office.sync() }
        for office in [a, b, mended] {
            #expect(try office.count("note") == 4)
            #expect(try office.count("remark") == 1)
        }
        await centre.stop()
        #expect(try CentreVerify.run(centre.centre).findings == [])
        // The names that the copy gave its own stand for no change-set of another office.
        try centre.centre.engine().db.execute(
            """
            INSERT INTO change_set(replica, n, hash, number)
            SELECT replica, 2, zeroblob(32), 1 FROM change_set
            WHERE replica = \(b.replica) AND n = 1
            """)
        #expect(
            try CentreVerify.run(centre.centre).findings
                == [.changeSetAstray(replica: b.replica, number: 2)])
    }

    @Test("one changed byte anywhere in the log is found")
    func changedByte() async throws {
        for column in ["salt", "content"] {
            let centre = try await used()
            let engine = try centre.centre.engine()
            let (number, portfolio, bytes) = try #require(
                try engine.db.first(
                    """
                    SELECT number, portfolio, \(column) FROM commit_part
                    WHERE number > 1 ORDER BY number DESC LIMIT 1
                    """
                ) { ($0.integer(0), $0.text(1), $0.blob(2)) })
            var changed = bytes
            changed[bytes.count / 2] ^= 1
            try engine.db.run(
                "UPDATE commit_part SET \(column) = ? WHERE number = ? AND portfolio = ?",
                .blob(changed), .integer(number), .text(portfolio))
            let findings = try CentreVerify.run(centre.centre).findings
            #expect(findings.contains(.partChanged(commit: number, portfolio: portfolio)))
        }
    }

    @Test(
        "a changed number, hash or time of a commit breaks the chain",
        arguments: [
            "time = time + 1", "replica = replica + 1", "change_set = change_set + 7",
            "hashes = randomblob(32)", "chain = randomblob(32)",
        ])
    func changedCommit(assignment: String) async throws {
        let centre = try await used()
        try centre.centre.engine().db.execute(
            "UPDATE commit_log SET \(assignment) WHERE number = 2")
        let findings = try CentreVerify.run(centre.centre).findings
        #expect(findings.contains(.chainBroken(commit: 2)))
    }

    @Test("a commit, a part or a change-set that is gone is found")
    func gone() async throws {
        let cases: [(String, CentreFinding)] = [
            ("DELETE FROM commit_log WHERE number = 3", .commitMissing(3)),
            ("DELETE FROM commit_part WHERE number = 2", .partChanged(commit: 2, portfolio: "")),
            (
                "DELETE FROM change_set WHERE replica = 1 AND n = 1",
                .changeSetAstray(replica: 1, number: 1)
            ),
            (
                "DELETE FROM change_set WHERE replica = 1 AND n = 1",
                .changeSetMissing(replica: 1)
            ),
            (
                "UPDATE change_set SET number = 1 WHERE replica = 2",
                .changeSetAstray(replica: 2, number: 1)
            ),
        ]
        for (sql, expected) in cases {
            let centre = try await used()
            try centre.centre.engine().db.execute(sql)
            #expect(try CentreVerify.run(centre.centre).findings.contains(expected))
        }
    }

    @Test("rows and routes that do not follow from the log are found")
    func rows() async throws {
        let account = TestRow.account("MT", 1)
        let cases: [(String, CentreFinding)] = [
            ("UPDATE note SET text = 'x'", .rowsDiffer(table: "note", portfolio: "MT")),
            (
                "UPDATE account SET status = 'x' WHERE id = '\(account)'",
                .rowsDiffer(table: "account", portfolio: "MT")
            ),
            (
                "DELETE FROM conflict",
                .rowCountDiffers(table: "conflict", present: 0, fromLog: 1)
            ),
            (
                "DELETE FROM route WHERE unit_id = '\(account)'",
                .routeWrong(table: "account", id: account, portfolio: "MT", isOpen: false)
            ),
            (
                """
                INSERT INTO route(unit_table, unit_id, portfolio, from_commit)
                VALUES (20, '\(TestRow.debtor("MT", 1))', 'PZ', 1)
                """,
                .routeWrong(
                    table: "debtor", id: TestRow.debtor("MT", 1), portfolio: "PZ", isOpen: true)
            ),
        ]
        for (sql, expected) in cases {
            let centre = try await used()
            try centre.centre.engine().db.execute(sql)
            #expect(try CentreVerify.run(centre.centre).findings.contains(expected))
        }
    }

    @Test("how far the clock stands from the log is told to the millisecond")
    func clock() async throws {
        let centre = try await used()
        let engine = try centre.centre.engine()
        let last = try #require(try engine.db.integer("SELECT max(time) FROM commit_log"))
        for (now, apart) in [(last + 1, 0), (last, 0), (last - 5, 5), (-9, last)] {
            let clock = try engine.clock(now: now)
            #expect(clock.ahead == apart && clock.behind == apart)
        }
    }

    @Test("the status counts offices, their lag, and what waits for people")
    func status() async throws {
        let centre = try await used()
        _ = try centre.add(["PZ"])
        let status = try CentreStatus(centre.centre)
        #expect(status.changeSets == 3)
        #expect(status.quarantineOpen == 1)
        #expect(status.conflictsOpen == 1)
        #expect(!status.isServing)
        #expect(status.cursor.commit == 4)
        #expect(status.offices.map(\.record.headNumber) == [2, 1, 0])
        #expect(status.offices.last?.lag == nil)
        // It has not asked since the answer that brought the first office's notes.
        #expect(status.offices[1].lag == 3)
        #expect(status.databaseBytes > 0)
    }
}
