import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

@Suite("What the centre says of a change-set", .timeLimit(.minutes(2)))
struct OutcomeTests {
    private static func firstWrite(_ change: RowChange) -> RegisterWrite? {
        guard case .record(nil, let writes) = change.content else { return nil }
        return writes.first
    }

    @Test("a corrected stamp is taken exactly")
    func corrected() async throws {
        let desk = try await Desk()
        let corrected = Stamp(milliseconds: 1_700_000_000_500, replica: 5)
        await desk.centre.setJudge { change in
            Self.firstWrite(change).map {
                OutcomeItem(
                    table: change.table, id: change.id, register: $0.register, reason: nil,
                    sent: $0.stamp, present: corrected, values: $0.values)
            }
        }
        try await desk.replica.write { try $0.execute("UPDATE contact_point SET value = '+391'") }
        let report = try await desk.replica.sync()
        #expect(report.corrections == 1 && report.refusals == 0)
        let row = try await desk.replica.read {
            try $0.first("SELECT value, value_stamp FROM contact_point")
        }
        #expect(row?["value"] == "+391")
        #expect(row?["value_stamp"] == .integer(corrected.rawValue))
        #expect(try await desk.replica.status().onTheWay == 0, "taking it is no write")
    }

    @Test(
        "a corrected birth corrects the registers of its age, also where a stamp is written out",
        arguments: [false, true])
    func correctedBirth(isOlder: Bool) async throws {
        let desk = try await Desk()
        let corrected = Stamp(milliseconds: 1_700_000_000_500, replica: 5)
        await desk.centre.setJudge { change in
            guard case .record(let birth?, _) = change.content else { return nil }
            return OutcomeItem(
                table: change.table, id: change.id, register: 0, reason: nil, sent: birth.stamp,
                present: corrected, values: nil)
        }
        try await desk.replica.write {
            try $0.execute(
                "INSERT INTO contact_point(debtor_id, kind, value) VALUES (?, 'email', 'a@b.it')",
                [.text(Known.debtor)])
        }
        await desk.centre.fail(.lostRequest)
        await #expect(throws: ReplicaError.self) { try await desk.replica.sync() }
        // As an earlier birth of the same row leaves it; or just the stamp written out.
        try desk.peek().execute(
            """
            BEGIN;
            UPDATE me SET quiet = 1;
            UPDATE contact_point SET value_stamp = born_stamp WHERE kind = 'email';
            UPDATE contact_point SET born_stamp = born_stamp - \(isOlder ? 1 << 20 : 0)
              WHERE kind = 'email';
            UPDATE me SET quiet = 0;
            COMMIT;
            """)
        let older = try desk.peek().integer(
            "SELECT born_stamp FROM contact_point WHERE kind = 'email'")
        _ = try await desk.replica.sync()
        let row = try await desk.replica.read {
            try $0.first("SELECT value_stamp, born_stamp FROM contact_point WHERE kind = 'email'")
        }
        if isOlder {
            #expect(row?["value_stamp"] == .integer(corrected.rawValue))
            #expect(row?["born_stamp"] == .integer(try #require(older)))
        } else {
            #expect(row?["value_stamp"] == .null, "as old as the row")
            #expect(row?["born_stamp"] == .integer(corrected.rawValue))
        }
    }

    @Test(
        "a refused register goes back to the centre's value, and is listed once with what was meant"
    )
    func refusedRegister() async throws {
        let desk = try await Desk()
        await desk.centre.setJudge { change in
            Self.firstWrite(change).map {
                OutcomeItem(
                    table: change.table, id: change.id, register: $0.register,
                    reason: .notInPortfolio, sent: $0.stamp, present: Known.born,
                    values: [.text("+39333000000")])
            }
        }
        try await desk.replica.write { try $0.execute("UPDATE contact_point SET value = '+391'") }
        await desk.centre.fail(.lostAnswer)
        _ = try? await desk.replica.sync()
        _ = try await desk.replica.sync()
        let row = try await desk.replica.read { try $0.first("SELECT value FROM contact_point") }
        #expect(row?["value"] == "+39333000000")
        let refusals = try await desk.replica.refusals()
        #expect(refusals.count == 1)
        #expect(refusals[0].reason == "not_in_portfolio" && refusals[0].register == "value")
        #expect(refusals[0].values == [ColumnValue(column: "value", value: "+391")])
        #expect(try await desk.replica.status().refused == 1)
    }

    @Test("a later write of a refused register stays, since it is on its way")
    func laterWrite() async throws {
        let desk = try await Desk()
        await desk.centre.setJudge { change in
            Self.firstWrite(change).flatMap {
                guard $0.values == [.text("+391")] else { return nil }
                return OutcomeItem(
                    table: change.table, id: change.id, register: $0.register, reason: .badValue,
                    sent: $0.stamp, present: Known.born, values: [.text("+39333000000")])
            }
        }
        try await desk.replica.write { try $0.execute("UPDATE contact_point SET value = '+391'") }
        let replica = desk.replica
        await desk.centre.fail(
            .meanwhile {
                _ = try await replica.write {
                    try $0.execute("UPDATE contact_point SET value = '+392'")
                }
            })
        _ = try await desk.replica.sync()
        let row = try await desk.replica.read { try $0.first("SELECT value FROM contact_point") }
        #expect(row?["value"] == "+392")
        #expect(try await desk.centre.text("SELECT value FROM contact_point") == "+392")
    }

    @Test(
        "a refused row leaves its table; a commit that brings the same content closes the refusal")
    func refusedRow() async throws {
        let desk = try await Desk()
        let sent = Sent()
        await desk.centre.setJudge { change in
            guard sent.isFirst(change) else { return nil }
            return OutcomeItem(
                table: change.table, id: change.id, register: 0, reason: .unknownParent, sent: nil,
                present: nil, values: nil)
        }
        try await desk.call("early")
        _ = try await desk.replica.sync()
        #expect(try await Desk.notes(desk.replica) == [])
        #expect(try await desk.replica.refusals().map(\.reason) == ["unknown_parent"])
        // The parent came, and the centre tried again by itself.
        try await desk.centre.write(try #require(sent.change), replica: 5)
        _ = try await desk.replica.sync()
        #expect(try await Desk.notes(desk.replica) == ["early"])
        #expect(try await desk.replica.refusals() == [])
    }

    @Test("the log's ledger row replaces an own one of other content, which is kept for a person")
    func ledgerReplaced() async throws {
        let desk = try await Desk()
        let id = "00000000-0000-7000-8000-00000000beef"
        func call(_ note: String) throws -> RowChange {
            try Snapshot.row(
                desk.schema, "contact_attempt", id,
                [
                    "account_id": .text(Known.account), "channel": .text("phone"),
                    "outcome": .text("NA"), "note": .text(note), "direction": .text("out"),
                    "started_at": .text("2026-11-21T10:00:00.000Z"),
                    "recorded_at": .text("2026-11-21T10:00:00.000Z"),
                ])
        }
        try await desk.replica.write {
            try $0.execute(
                """
                INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
                VALUES (?, ?, ?, ?, ?)
                """, [.text(id), .text(Known.account), "phone", "NA", "ours"])
        }
        // The commit comes while our row waits; later the centre refuses ours.
        try await desk.centre.write(call("theirs"))
        await desk.centre.setJudge { change in
            change.id != id
                ? nil
                : OutcomeItem(
                    table: change.table, id: id, register: 0, reason: .ledgerChanged, sent: nil,
                    present: nil, values: nil)
        }
        let pull = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: Known.start,
            commits: await desk.centre.log, cursor: await desk.centre.cursor(), hasMore: false,
            portfolios: ["P1"], centreTime: 1, covered: 0)
        await desk.centre.fail(.instead(MiniCentre.message(pull.encoded())))
        _ = try await desk.replica.sync()
        #expect(try await Desk.notes(desk.replica) == ["theirs"])
        let refusals = try await desk.replica.refusals()
        #expect(refusals.count == 1 && refusals[0].reason == "ledger_changed")
        #expect(refusals[0].values.first { $0.column == "note" }?.value == "ours")
        #expect(try await desk.replica.status().sealed == 0)
    }

    @Test("a commit that the tables cannot hold is kept beside them, and the rest is merged")
    func parked() async throws {
        let desk = try await Desk()
        try await desk.centre.write(
            Snapshot.row(desk.schema, "task", "00000000-0000-7000-8000-0000000000b1", [:]),
            Snapshot.row(desk.schema, "creditor", "BETA", ["name": .text("Beta")]), merging: false)
        let report = try await desk.replica.sync()
        #expect(report.rowsReceivedByTable == ["creditor": 1])
        #expect(try desk.peek().integer("SELECT count(*) FROM parked") == 1)
        #expect(try await desk.replica.status().cursor.commit == 4)
    }

    /// Remembers the first change that it is shown.
    private final class Sent: @unchecked Sendable {
        private let lock = NSLock()
        private var first: RowChange?
        var change: RowChange? { lock.withLock { first } }
        func isFirst(_ change: RowChange) -> Bool {
            lock.withLock {
                if first == nil { first = change }
                return first == change
            }
        }
    }
}

@Suite("A conflict", .timeLimit(.minutes(2)))
struct ConflictTests {
    private static let id = "00000000-0000-8000-8000-0000000000ff"

    /// The desk's phone was written by two offices: +391 stands, +392 lost.
    private func desk() async throws -> Desk {
        let desk = try await Desk()
        let won = Stamp(milliseconds: 1_700_000_100_000, replica: 7)
        let lost = Stamp(milliseconds: 1_700_000_050_000, replica: 8)
        try await desk.centre.write(
            RowChange(
                table: 21, id: Known.phone,
                content: .record(
                    birth: nil,
                    writes: [
                        RegisterWrite(
                            register: 2, stamp: won, base: nil, values: [.text("+391")])
                    ])),
            Snapshot.row(
                desk.schema, "conflict", Self.id,
                [
                    "unit_table": .integer(20), "unit_id": .text(Known.debtor),
                    "row_table": .text("contact_point"), "row_id": .text(Known.phone),
                    "register": .text("value"), "won": .text(#"["+391"]"#),
                    "won_stamp": .integer(won.rawValue), "lost": .text(#"["+392"]"#),
                    "lost_stamp": .integer(lost.rawValue),
                    "noticed_at": .text("2024-05-01T10:00:00.000Z"),
                ]))
        #expect(try await desk.replica.sync().conflictsOpen == 1)
        return desk
    }

    @Test("is listed with both values, their authors and times, until somebody decides")
    func listed() async throws {
        let desk = try await desk()
        let conflict = try #require(try await desk.replica.conflicts().first)
        #expect(conflict.table == "contact_point" && conflict.row == Known.phone)
        #expect(conflict.won.values == [ColumnValue(column: "value", value: "+391")])
        #expect(conflict.lost.values == [ColumnValue(column: "value", value: "+392")])
        #expect(conflict.won.replica == 7 && conflict.lost.replica == 8)
        #expect(conflict.lost.date == Date(timeIntervalSince1970: 1_700_000_050))
    }

    @Test("stamps that no clock gives are of the centre, at the beginning of time")
    func strangeStamps() async throws {
        let desk = try await desk()
        // As a program would leave them that writes past the triggers.
        try desk.peek().execute(
            """
            UPDATE me SET quiet = 1;
            UPDATE conflict SET won_stamp = -1, lost_stamp = -9000000000000;
            UPDATE me SET quiet = 0;
            """)
        let conflict = try #require(try await desk.replica.conflicts().first)
        for side in [conflict.won, conflict.lost] {
            #expect(side.replica == 0 && side.date == Date(timeIntervalSince1970: 0))
        }
    }

    @Test(
        "is decided by an ordinary write newer than both, or by none where what stands is right",
        arguments: [
            (Resolution.won, "+391", 0), (.lost, "+392", 1), (.other(["+393"]), "+393", 1),
        ])
    func resolved(choice: Resolution, value: String, writes: Int) async throws {
        let desk = try await desk()
        try await desk.replica.resolve(Self.id, choice: choice, operator: "anna")
        #expect(try await desk.replica.conflicts() == [])
        let row = try await desk.replica.read {
            try $0.first("SELECT value, value_stamp FROM contact_point")
        }
        #expect(row?["value"] == .text(value))
        let newest = Stamp(milliseconds: 1_700_000_100_000, replica: 7).rawValue
        #expect((try #require(row?["value_stamp"].integer) > newest) == (writes == 1))
        #expect(try await desk.replica.status().pending == writes + 1)
        _ = try await desk.replica.sync()
        #expect(try await desk.centre.text("SELECT value FROM contact_point") == value)
        #expect(try await desk.centre.text("SELECT operator FROM resolution") == "anna")
        await #expect(throws: ReplicaError.noConflict(id: Self.id)) {
            try await desk.replica.resolve(Self.id, choice: .won)
        }
    }

    @Test("is not decided half: wrong values leave it open")
    func wrongValues() async throws {
        let desk = try await desk()
        await #expect(throws: ReplicaError.self) {
            try await desk.replica.resolve(Self.id, choice: .other(["a", "b"]))
        }
        await #expect(throws: ReplicaError.noConflict(id: "none")) {
            try await desk.replica.resolve("none", choice: .won)
        }
        #expect(try await desk.replica.conflicts().count == 1)
        #expect(try await desk.replica.status().pending == 0)
    }
}
