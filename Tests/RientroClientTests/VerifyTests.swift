import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

@Suite("A comparison with the centre", .timeLimit(.minutes(2)))
struct VerifyTests {
    @Test("of equal sides is a proof, which the status keeps")
    func proven() async throws {
        let desk = try await Desk()
        try await desk.call("one", "two")
        let report = try await desk.replica.verify()
        #expect(report.isProven && report.commit == 4 && report.rowsCompared > 100)
        let status = try await desk.replica.status()
        #expect(status.proven?.commit == 4 && status.provenText == "proven at commit 4")
        try await desk.call("three")
        #expect(try await desk.replica.status().provenText == "not proven, 1 on the way")
    }

    @Test("is told with every request after it, but for a commit that an earlier epoch had too")
    func told() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        #expect(try await desk.replica.verify().isProven)
        let told = await desk.centre.proofsTold
        #expect(told.allSatisfy { $0 == nil } && !told.isEmpty)
        _ = try await desk.replica.sync()
        try await desk.call("two")
        _ = try await desk.replica.sync()
        let commits = await desk.centre.proofsTold.dropFirst(told.count)
        #expect(commits == [4, 4])
        // The centre is put back to commit 3, and its history goes on under another name.
        let engine = try ReplicaEngine(path: desk.path)
        let next = [UInt8](repeating: 8, count: 16)
        let old = try engine.cursor()
        try engine.store.setCursor(Cursor(epoch: next, commit: 3, chain: .zero))
        #expect(try engine.request().provenCommit == nil)
        try engine.noteProof(at: Cursor(epoch: next, commit: old.commit, chain: .zero))
        #expect(try engine.request().provenCommit == nil)
        try engine.noteProof(at: Cursor(epoch: next, commit: old.commit + 1, chain: .zero))
        #expect(try engine.request().provenCommit == old.commit + 1)
    }

    @Test("finds a row that was changed, removed or added behind the triggers, and nothing else")
    func planted() async throws {
        let desk = try await Desk()
        for index in 0..<40 { try await desk.call("call \(index)") }
        _ = try await desk.replica.sync()
        let changed = "(SELECT min(id) FROM contact_attempt)"
        let removed = "(SELECT max(id) FROM contact_attempt)"
        let complaint = try Desk.shell(
            desk.path,
            """
            BEGIN; UPDATE me SET quiet = 1;
            UPDATE contact_attempt SET note = 'forged' WHERE id = \(changed);
            DELETE FROM contact_attempt WHERE id = \(removed);
            INSERT INTO task(id, account_id) VALUES
              ('00000000-0000-7000-8000-0000000000e1', '\(Known.account)');
            UPDATE me SET quiet = 0; COMMIT;
            """)
        #expect(complaint == "")
        let report = try await desk.replica.verify()
        #expect(!report.isProven && report.onTheWay == 0)
        let kinds = report.differences.map { "\($0.table) \($0.kind.rawValue)" }.sorted()
        #expect(
            kinds == [
                "contact_attempt different", "contact_attempt missing_here",
                "task unknown_at_centre",
            ])
        let repaired = try await desk.replica.verify(repair: true)
        #expect(repaired.isProven && repaired.rowsRepaired == 3)
        #expect(try await desk.centre.integer("SELECT count(*) FROM task") == 1)
        #expect(try await !Desk.notes(desk.replica).contains("forged"))
        #expect(try await desk.replica.refusals().map(\.reason) == ["ledger_changed"])
    }

    @Test("is not made while rows are on their way, and says how many")
    func onTheWay() async throws {
        let desk = try await Desk()
        let replica = desk.replica
        await desk.centre.setOnDigest {
            _ = try await replica.write { try $0.execute(Desk.insertCall, ["busy"]) }
        }
        let report = try await desk.replica.verify()
        #expect(!report.isProven && report.differences.isEmpty)
        #expect(report.onTheWay == 1)
        #expect(await desk.centre.count(of: "/v1/digest") == 5, "it does not try for ever")
    }

    @Test("lists no more rows than it may, and counts the rest")
    func bounded() {
        let range = OpenRange(portfolio: "P1", table: 31, rows: 3)
        let one = RowDigest(count: 1, low: 1, high: 0)
        let two = RowDigest(count: 1, low: 2, high: 0)
        let found = Narrowing.differences(
            [RowHash(id: "a", digest: one), RowHash(id: "b", digest: one)],
            [RowHash(id: "b", digest: two), RowHash(id: "c", digest: one)], in: range)
        #expect(found.map(\.id) == ["a", "b", "c"])
        #expect(found.map { $0.here == nil } == [false, false, true])
        #expect(found.map { $0.centre == nil } == [true, false, false])
    }
}

@Suite("A table that a tool has rebuilt", .timeLimit(.minutes(2)))
struct RebuiltTableTests {
    @Test("is compared after the next pull: what was written uncaptured is sent, the rest put back")
    func repaired() async throws {
        let desk = try await Desk()
        try await desk.call("kept", "lost")
        _ = try await desk.replica.sync()
        let complaint = try Desk.shell(
            desk.path,
            """
            DROP TRIGGER rientro_contact_point_updated;
            DROP TRIGGER rientro_contact_point_fixed;
            DROP TRIGGER rientro_contact_attempt_deleted;
            DROP TRIGGER rientro_contact_attempt_inserted;
            UPDATE contact_point SET value = '+39777';
            DELETE FROM contact_attempt WHERE note = 'lost';
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
              VALUES ('\(Known.account)', 'phone', 'NA', 'uncaptured');
            """)
        #expect(complaint == "")
        let replica = try await desk.reopened()
        let report = try await replica.sync()
        #expect(report.rowsRepaired == 3)
        #expect(try await Desk.notes(replica) == ["kept", "lost", "uncaptured"])
        #expect(try await desk.centre.text("SELECT value FROM contact_point") == "+39777")
        #expect(
            try await desk.centre.integer(
                "SELECT count(*) FROM contact_attempt WHERE note = 'uncaptured'") == 1)
        #expect(try await replica.verify().isProven)
        #expect(try await replica.sync().requests == 1, "the table is no suspect any more")
    }

    @Test("may have any number of rows that nobody captured: one sync sends them all")
    func manyRows() async throws {
        let desk = try await Desk()
        let complaint = try Desk.shell(
            desk.path,
            """
            DROP TRIGGER rientro_contact_attempt_inserted;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
              SELECT '\(Known.account)', 'phone', 'NA', 'uncaptured' FROM n;
            """)
        #expect(complaint == "")
        let replica = try await desk.reopened()
        #expect(try await replica.sync().rowsRepaired == 300)
        #expect(
            try await desk.centre.integer(
                "SELECT count(*) FROM contact_attempt WHERE note = 'uncaptured'") == 300)
        #expect(try await replica.sync().requests == 1, "the table is no suspect any more")
    }

    @Test("is mended by a verify as well, which counts those rows too")
    func verified() async throws {
        let desk = try await Desk()
        try await desk.call("kept", "lost")
        _ = try await desk.replica.sync()
        let complaint = try Desk.shell(
            desk.path,
            """
            DROP TRIGGER rientro_contact_attempt_deleted;
            DELETE FROM contact_attempt WHERE note = 'lost';
            """)
        #expect(complaint == "")
        let report = try await desk.reopened().verify()
        #expect(report.isProven && report.rowsRepaired == 1)
    }

    @Test("without its stamps gets them back, and new ones where the value differs")
    func stampsLost() async throws {
        let desk = try await Desk()
        let complaint = try Desk.shell(
            desk.path,
            """
            PRAGMA legacy_alter_table = ON;
            CREATE TABLE t2(id TEXT PRIMARY KEY, debtor_id TEXT, kind TEXT, value TEXT, raw TEXT,
              remark TEXT, source TEXT, quality TEXT, verified_on TEXT, preferred_time TEXT,
              operator TEXT);
            INSERT INTO t2 SELECT id, debtor_id, kind, '+39888', raw, remark, source, quality,
              verified_on, preferred_time, operator FROM contact_point;
            INSERT INTO t2(id, debtor_id, kind, value, quality) VALUES
              ('00000000-0000-7000-8000-0000000000c2', '\(Known.debtor)', 'email', 'a@b', 'good');
            DROP TABLE contact_point;
            ALTER TABLE t2 RENAME TO contact_point;
            """)
        #expect(complaint == "")
        let replica = try await desk.reopened()
        let report = try await replica.sync()
        #expect(report.rowsRepaired == 2)
        #expect(try await replica.verify().isProven)
        #expect(
            try await desk.centre.text(
                "SELECT value FROM contact_point WHERE id = '\(Known.phone)'")
                == "+39888")
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_point") == 2)
        #expect(
            try await desk.centre.integer(
                "SELECT min(born_stamp) FROM contact_point") == Known.born.rawValue)
    }
}
