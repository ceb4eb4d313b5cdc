import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

@Suite("The seal", .timeLimit(.minutes(2)))
struct SealTests {
    private func sets(_ desk: Desk) throws -> [(rows: Int, isCut: Bool, bytes: Int)] {
        try desk.peek().rows("SELECT rows, is_cut, length(content) FROM outbox ORDER BY n") {
            (Int($0.integer(0)), $0.integer(1) == 1, Int($0.integer(2)))
        }
    }

    /// Seals by asking a centre that cannot be reached.
    private func seal(_ desk: Desk) async throws {
        await desk.centre.fail(.lostRequest)
        _ = try? await desk.replica.sync()
    }

    @Test("a backlog over 1 MiB is cut where a write { } ended, and the status says so")
    func cutAtBoundary() async throws {
        let desk = try await Desk()
        // Three writes of 15, 25 and 24 rows of about 20 kB: the limit falls into the third.
        let note = SQLValue.text(String(repeating: "é", count: 10_000))
        for count in [15, 25, 24] {
            try await desk.replica.write { db in
                for _ in 0..<count {
                    try db.execute(
                        "INSERT INTO resolution(conflict_id, choice) VALUES (?, 'won')",
                        [note])
                }
            }
        }
        try await seal(desk)
        let sets = try sets(desk)
        #expect(sets.map(\.rows) == [40, 24])
        #expect(sets.map(\.isCut) == [true, false])
        #expect(sets.allSatisfy { $0.bytes <= Limits.changeSetBytesMax })
        #expect(try await desk.replica.status().cutBacklog)
    }

    @Test("a single write { } over 1 MiB is cut between rows, and nothing is lost")
    func cutBetweenRows() async throws {
        let desk = try await Desk()
        let note = SQLValue.text(String(repeating: "x", count: 30_000))
        try await desk.replica.write { db in
            for _ in 0..<80 {
                try db.execute(
                    "INSERT INTO resolution(conflict_id, choice) VALUES (?, 'won')", [note])
            }
        }
        try await seal(desk)
        let sets = try sets(desk)
        #expect(sets.count == 3 && sets.reduce(0) { $0 + $1.rows } == 80)
        #expect(sets.allSatisfy { $0.bytes <= Limits.changeSetBytesMax })
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.integer("SELECT count(*) FROM resolution") == 80)
        #expect(try await desk.replica.status().cutBacklog == false)
    }

    @Test("what is written twice travels once, with its last value and its first base")
    func coalesced() async throws {
        let desk = try await Desk()
        for value in ["+391", "+392", "+393"] {
            try await desk.replica.write {
                try $0.execute("UPDATE contact_point SET value = ?", [.text(value)])
            }
        }
        _ = try await desk.replica.sync()
        let request = try #require(await desk.centre.requests.last)
        let set = try ChangeSet(decoding: try SyncRequest(decoding: request.body).changeSets[0])
        let rows = try UnitChanges.decode(set.part.content).flatMap(\.rows)
        #expect(rows.count == 1)
        guard case .record(nil, let writes) = rows[0].content else {
            Issue.record("not a write of registers")
            return
        }
        #expect(writes.map(\.values) == [[.text("+393")]])
        #expect(writes[0].base == Known.born)
        #expect(try #require(writes[0].stamp) > Known.born)
        #expect(writes[0].stamp?.replica == 5)
    }

    @Test("a text that is not UTF-8 is set aside with its bytes; the rest of the row travels")
    func malformedText() async throws {
        let desk = try await Desk()
        try Desk.shell(
            desk.path,
            """
            UPDATE contact_point SET remark = CAST(x'41ff' AS TEXT), preferred_time = 'evening';
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
              VALUES ('\(Known.account)', 'phone', 'NA', CAST(x'ff42' AS TEXT));
            """)
        await desk.centre.setJudge { change in
            // The real centre refuses a write without values, and answers with its own.
            guard case .record(nil, let writes) = change.content,
                let bad = writes.first(where: { $0.values == nil })
            else { return nil }
            return OutcomeItem(
                table: change.table, id: change.id, register: bad.register, reason: .badValue,
                sent: bad.stamp, present: Known.born, values: [.null])
        }
        let report = try await desk.replica.sync()
        #expect(report.refusals == 0 && report.setAside == 2 && report.needsAttention)
        let refusals = try await desk.replica.refusals()
        #expect(refusals.map(\.table).sorted() == ["contact_attempt", "contact_point"])
        let remark = try #require(refusals.first { $0.register == "remark" })
        #expect(remark.values == [ColumnValue(column: "remark", value: .blob([0x41, 0xFF]))])
        let call = try #require(refusals.first { $0.table == "contact_attempt" })
        #expect(call.reason == "bad_value" && call.register == nil)
        #expect(call.values.first { $0.column == "note" }?.value == .blob([0xFF, 0x42]))
        let row = try await desk.replica.read {
            try $0.first("SELECT remark, preferred_time FROM contact_point")
        }
        #expect(row?["remark"].isNull == true && row?["preferred_time"] == "evening")
        #expect(try await Desk.notes(desk.replica) == [])
    }

    @Test(
        "an id that is not a lower-case UUID is set aside, whatever its bytes, and blocks nobody",
        arguments: [
            "'K1'", "'0000000A-0000-7000-8000-000000000001'", "CAST(x'61ff' AS TEXT)", "''",
        ])
    func ids(id: String) async throws {
        let desk = try await Desk()
        let table = try #require(desk.schema.allTables.first { $0.name == "contact_attempt" })
        let insert = """
            INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
              VALUES (\(id), '\(Known.account)', 'phone', 'NA', 'odd');
            """
        #expect(try Desk.shell(desk.path, insert).contains("UUID in lower case"))
        // Past the guard, as a row that was there before it.
        let complaint = try Desk.shell(
            desk.path,
            """
            PRAGMA ignore_check_constraints = ON;
            UPDATE me SET quiet = 1;
            \(insert)
            INSERT INTO pending(tab, row, registers) VALUES (\(table.number), \(id), 0);
            UPDATE me SET quiet = 0;
            """)
        #expect(complaint == "")
        try await desk.call("even")
        #expect(try await desk.replica.sync().setAside == 1)
        #expect(try await Desk.notes(desk.replica) == ["even"])
        let refusals = try await desk.replica.refusals()
        #expect(refusals.map(\.reason) == ["bad_value"])
        #expect(refusals.first?.values.first { $0.column == "note" }?.value == "odd")
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 1)
        #expect(try await desk.replica.status().pending == 0)
    }

    @Test(
        "an id that is not a lower-case UUID is refused at the insert",
        arguments: ["'K1'", "'0000000A-0000-7000-8000-000000000001'", "''"])
    func idsAtTheInsert(id: String) async throws {
        let desk = try await Desk()
        let complaint = try Desk.shell(
            desk.path,
            """
            INSERT INTO contact_attempt(id, account_id, channel, outcome)
              VALUES (\(id), '\(Known.account)', 'phone', 'NA');
            """)
        #expect(complaint.contains("id must be a UUID in lower case"))
        #expect(try await desk.replica.status().pending == 0)
    }

    @Test("a row or value over the limit is set aside, and what came with it travels")
    func tooLarge() async throws {
        let desk = try await Desk()
        try await desk.replica.write { db in
            try db.execute(
                "INSERT INTO resolution(conflict_id, choice) VALUES (?, 'won')",
                [.text(String(repeating: "x", count: Limits.textBytesMax + 1))])
            try db.execute(Desk.insertCall, ["small"])
        }
        let preview = try await desk.replica.preview()
        #expect(preview.setAside == 1 && preview.rowsByTable == ["contact_attempt": 1])
        let report = try await desk.replica.sync()
        #expect(report.setAside == 1 && report.refusals == 0 && report.needsAttention)
        let next = try await desk.replica.sync()
        #expect(next.setAside == 0 && !next.needsAttention)
        #expect(try await desk.replica.refusals().map(\.reason) == ["too_large"])
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 1)
        #expect(try await desk.centre.integer("SELECT count(*) FROM resolution") == 0)
    }

    @Test("a request carries whole change-sets up to its limit, and the rest goes with the next")
    func requestLimit() async throws {
        let desk = try await Desk()
        let engine = try ReplicaEngine(path: desk.path)
        // Five of nearly a mebibyte: four fit.
        for set in 0..<5 {
            try await desk.replica.write { db in
                for row in 0..<125 {
                    let note = "\(set) \(row) " + String(repeating: "x", count: 7_900)
                    try db.execute(Desk.insertCall, [.text(note)])
                }
            }
            _ = try engine.request(setsMax: 0)
        }
        let request = try engine.request()
        let bytes = request.changeSets.map(\.count)
        #expect(bytes.count == 4 && bytes.reduce(0, +) <= Limits.requestChangeSetBytesMax)
        #expect(bytes.reduce(0, +) + bytes[0] > Limits.requestChangeSetBytesMax)
        let report = try await desk.replica.sync()
        #expect(report.requests == 2 && report.changeSetsSent == 5 && report.rowsSent == 625)
    }

    @Test("pending writes and merged rows never share a change-set")
    func sealFirst() async throws {
        let desk = try await Desk()
        try await desk.call("mine")
        try await desk.centre.write(
            Snapshot.row(desk.schema, "creditor", "BETA", ["name": .text("Beta")]))
        let replica = desk.replica
        await desk.centre.fail(
            .meanwhile {
                _ = try await replica.write { try $0.execute(Desk.insertCall, ["meanwhile"]) }
            })
        _ = try await desk.replica.sync()
        let cursors = try desk.peek().rows("SELECT content FROM outbox ORDER BY n") {
            try ChangeSet(decoding: $0.blob(0)).cursor.commit
        }
        #expect(cursors == [3, 3], "both were made before commit 4 was seen")
    }
}
