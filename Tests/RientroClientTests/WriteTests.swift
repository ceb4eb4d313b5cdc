import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("Reading and writing", .timeLimit(.minutes(2)))
struct WriteTests {
    private struct Stop: Error, Equatable {}

    @Test("a write is whole: its body's error undoes it and comes out as it is")
    func whole() async throws {
        let desk = try await Desk()
        await #expect(throws: Stop()) {
            try await desk.replica.write { db in
                try db.execute(Desk.insertCall, ["gone"])
                throw Stop()
            }
        }
        #expect(try await Desk.notes(desk.replica) == [])
        #expect(try await desk.replica.status().pending == 0)
    }

    @Test(
        "what would break the ledger is refused with a sentence that says what to do instead",
        arguments: [
            "UPDATE contact_attempt SET note = 'x'", "DELETE FROM contact_attempt",
            "INSERT OR REPLACE INTO contact_attempt SELECT * FROM contact_attempt",
            "UPDATE account SET portfolio_id = 'P2'", "DELETE FROM account",
            "INSERT INTO creditor(id, name) VALUES ('X', 'X')",
            "UPDATE contact_point SET id = '00000000-0000-7000-8000-0000000000c9'",
            "UPDATE contact_point SET value_stamp = 1, born_stamp = 1",
        ])
    func guards(sql: String) async throws {
        let desk = try await Desk()
        try await desk.call("fact")
        await #expect {
            try await desk.replica.write { try $0.execute(sql) }
        } throws: {
            if case .refused(let sentence) = $0 as? ReplicaError {
                sentence.contains(" ")
            } else {
                false
            }
        }
        #expect(try await Desk.notes(desk.replica) == ["fact"])
    }

    @Test("a code that is in no list is refused before the commit, a limit by its CHECK")
    func codes() async throws {
        let desk = try await Desk()
        await #expect(
            throws: ReplicaError.unknownCode(
                table: "contact_attempt", column: "channel", code: "pigeon")
        ) {
            try await desk.replica.write {
                try $0.execute(
                    "INSERT INTO contact_attempt(account_id, channel, outcome) VALUES (?, ?, ?)",
                    [.text(Known.account), "pigeon", "PTP"])
            }
        }
        await #expect {
            try await desk.replica.write { try $0.execute("UPDATE account SET priority = 10") }
        } throws: { if case .refused = $0 as? ReplicaError { true } else { false } }
        #expect(try await desk.replica.status().pending == 0)
    }

    @Test("a code that another program wrote, or a newer centre knows, stops no other write")
    func foreignCode() async throws {
        let desk = try await Desk()
        try Connection(path: desk.replica.path, mode: .readWrite)
            .execute("UPDATE account SET status = 'unheard'")
        try await desk.replica.write { try $0.execute("UPDATE account SET note = 'calls back'") }
        await #expect(
            throws: ReplicaError.unknownCode(table: "account", column: "status", code: "unsaid")
        ) {
            try await desk.replica.write { try $0.execute("UPDATE account SET status = 'unsaid'") }
        }
    }

    @Test("reading cannot write, and neither can end the library's transaction")
    func words() async throws {
        let desk = try await Desk()
        for sql in ["COMMIT", " -- now\n rollback", "/* a */ pragma ignore_check_constraints = 1"] {
            await #expect {
                try await desk.replica.write { try $0.execute(sql) }
            } throws: { if case .refused = $0 as? ReplicaError { true } else { false } }
        }
        await #expect(throws: ReplicaError.self) {
            try await desk.replica.read {
                try $0.rows("INSERT INTO task(account_id) VALUES ('\(Known.account)') RETURNING id")
            }
        }
        await #expect(throws: ReplicaError.self) {
            try await desk.replica.read { try $0.execute("DELETE FROM pending") }
        }
        try await desk.call("and it works on")
    }

    @Test("too few or too many values are an error, not NULL and not a trap")
    func values() async throws {
        let desk = try await Desk()
        for values: [SQLValue] in [[], [1], [1, 2, 3]] {
            await #expect {
                try await desk.replica.read { try $0.first("SELECT ?, ?", values) }
            } throws: { if case .database(25, _) = $0 as? ReplicaError { true } else { false } }
        }
        let row = try await desk.replica.read { try $0.first("SELECT ? AS a, ? AS b", ["x", nil]) }
        #expect(row?["a"] == "x" && row?["b"].isNull == true && row?["none"] == .null)
    }

    @Test("only a write that wrote leaves a mark in pending")
    func boundary() async throws {
        let desk = try await Desk()
        try await desk.replica.write { _ = try $0.rows("SELECT 1") }
        #expect(try desk.peek().integer("SELECT count(*) FROM pending") == 0)
        try await desk.call("one")
        #expect(try desk.peek().integer("SELECT count(*) FROM pending WHERE tab = 0") == 1)
    }

    @Test("thousands of different statements leave the connection usable and small")
    func manyTexts() async throws {
        let desk = try await Desk()
        for index in 0..<1_200 {
            let row = try await desk.replica.read { try $0.first("SELECT \(index) AS n") }
            #expect(row?["n"] == .integer(Int64(index)))
        }
        try await desk.call("fine")
    }

    @Test("programs that write at once lose nothing", .tags(.processes))
    func shells() async throws {
        let desk = try await Desk()
        let path = desk.path
        try await withThrowingTaskGroup(of: String.self) { group in
            for shell in 0..<3 {
                group.addTask {
                    let statements = (0..<20).map {
                        Desk.insertCall.replacingOccurrences(of: "?", with: "'s\(shell)-\($0)'")
                            + ";"
                    }
                    return try Desk.shell(path, statements.joined())
                }
            }
            for index in 0..<10 {
                try await desk.call("own \(index)")
                if index % 3 == 0 { _ = try await desk.replica.sync() }
            }
            for try await complaint in group { #expect(complaint == "") }
        }
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 70)
        #expect(try await desk.replica.verify().isProven)
    }

    @Test("observers hear of own writes, of what came, and of other programs")
    func observers() async throws {
        let desk = try await Desk()
        let changes = desk.replica.changes()
        var heard = changes.makeAsyncIterator()
        try await desk.call("own")
        #expect(await heard.next() == ReplicaChange(tables: ["contact_attempt"], origin: .local))
        try await desk.centre.write(
            Snapshot.row(desk.schema, "creditor", "BETA", ["name": .text("Beta")]))
        _ = try await desk.replica.sync()
        #expect(await heard.next() == ReplicaChange(tables: ["creditor"], origin: .sync))
        let other = try await desk.reopened()
        try await other.write {
            try $0.execute("INSERT INTO task(account_id) VALUES (?)", [.text(Known.account)])
        }
        #expect(await heard.next() == ReplicaChange(tables: ["task"], origin: .otherProcess))
    }
}
