import Foundation
import Portfolio
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore

@testable import RientroServer

/// Makes the fixtures: a small firm works for a while, with everything that a file can hold.
///
/// It runs once for a version (`RIENTRO_WRITE_FIXTURES=1`), and never writes over a file that is
/// there: a fixture that could be made anew would prove nothing.
final class FixtureMaker {
    let world: World
    private var messages: [Fixture.Message] = []

    /// Ids that the statements name.
    static let shared = "01900000-0001-7001-8000-000000000001"
    static let other = "01900000-0001-7001-8000-000000000002"
    static let phone = "01900000-0002-7001-8000-000000000001"
    static let mail = "01900000-0002-7001-8000-000000000002"
    static let account = "01900000-0003-7001-8000-000000000001"
    static let second = "01900000-0003-7001-8000-000000000002"
    static let elsewhere = "01900000-0003-7002-8000-000000000001"
    static let nowhere = "01900000-0003-7003-8000-000000000001"

    init() throws { world = try World(schema: DebtorPortfolio.schema()) }

    /// Something stands already where a fixture should be written.
    struct FixtureExists: Error {
        var path: String
    }

    /// Makes all of them. Throws `FixtureExists`, and then writes nothing.
    func write() async throws {
        let names = ["replica.sqlite", "centre.sqlite", "snapshot.sqlite", "exchange.json"]
        for path in names.map({ Fixture.file($0).path })
        where FileManager.default.fileExists(atPath: path) {
            throw FixtureExists(path: path)
        }
        try fillCentre()
        let snapshot = try await snapshot(of: ["MT"])
        let a = try await enrol("Matera", ["MT"])
        let b = try await enrol("Potenza", ["MT", "PZ"])
        try work(a, b)
        try copyAndMend(b)
        try await leaveUnsent(a, after: b)
        try keepDigests()
        try FileManager.default.createDirectory(
            at: Fixture.folder, withIntermediateDirectories: true)
        try Self.pack(a.sql, to: "replica.sqlite")
        try Self.pack(world.centre.db, to: "centre.sqlite")
        try FileManager.default.copyItem(
            atPath: snapshot, toPath: Fixture.file("snapshot.sqlite").path)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        let text = try encoder.encode(messages) + Data("\n".utf8)
        try text.write(to: Fixture.file("exchange.json"))
    }

    /// A file without free pages whose log is empty, as after its last program has closed it.
    private static func pack(_ db: Connection, to name: String) throws {
        try db.execute("PRAGMA wal_checkpoint(TRUNCATE); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        try FileManager.default.copyItem(atPath: db.path, toPath: Fixture.file(name).path)
    }

    func keep(_ name: String, _ bytes: [UInt8]) {
        guard !messages.contains(where: { $0.name == name }) else { return }
        messages.append(.init(name: name, hex: Hexadecimal.text(bytes)))
    }

    /// Lists, people and accounts; and a second epoch, as after a restore, before any office came.
    private func fillCentre() throws {
        try world.act { act in
            for row in DebtorPortfolio.codes {
                let values = zip(CodeRow.columns, row.values)
                try act.insert(
                    "code", id: row.id, Dictionary(values, uniquingKeysWith: { first, _ in first }))
            }
            try act.insert("creditor", id: "CRED", ["name": .text("Creditor of the tests")])
            for id in ["MT", "PZ"] { try act.insert("portfolio", id: id, ["name": .text(id)]) }
            try act.insert("operator", id: "TESTER", ["name": .text("Tester")])
        }
        try world.centre.db.run(
            "INSERT INTO epoch(epoch, first_commit) VALUES (randomblob(16), ?)",
            .integer(try world.centre.cursor().commit + 1))
        try world.act { act in
            try act.insert(
                "lot", id: "LOT1", ["creditor_id": .text("CRED"), "reference": .text("first")])
            for (id, name) in [(Self.shared, "Prova"), (Self.other, "Esempio")] {
                try act.insert(
                    "debtor", id: id, ["surname": .text(name), "given_name": .text("Uno")])
            }
            let accounts = [
                (Self.account, Self.shared, "MT"), (Self.second, Self.other, "MT"),
                (Self.elsewhere, Self.shared, "PZ"),
            ]
            for (index, (id, debtor, portfolio)) in accounts.enumerated() {
                try act.insert(
                    "account", id: id,
                    [
                        "debtor_id": .text(debtor), "portfolio_id": .text(portfolio),
                        "creditor_id": .text("CRED"), "case_ref": .text("CASE-\(index)"),
                        "lot_id": .text("LOT1"),
                    ])
                try act.insert(
                    "debt_item", ["account_id": .text(id), "open_amount": .integer(12_345)])
            }
            for (id, kind, value) in [
                (Self.phone, "phone", "+390000000001"), (Self.mail, "email", "uno@example.org"),
            ] {
                try act.insert(
                    "contact_point", id: id,
                    ["debtor_id": .text(Self.shared), "kind": .text(kind), "value": .text(value)])
            }
        }
    }

    /// Two offices write the same registers unseen by each other, and one of them rows that are
    /// refused, under a clock that is a day ahead for a moment.
    private func work(_ a: Office, _ b: Office) throws {
        try b.sql.execute(
            """
            UPDATE contact_point SET value = '+390000000002' WHERE id = '\(Self.phone)';
            UPDATE debtor SET surname = 'Prova B' WHERE id = '\(Self.shared)';
            INSERT INTO payment(account_id, amount) VALUES ('\(Self.elsewhere)', 500);
            """)
        try world.sync(b)
        try a.sql.execute("UPDATE me SET \"offset\" = 86400000")
        try a.sql.execute("UPDATE debtor SET city = 'Matera' WHERE id = '\(Self.other)'")
        try a.sql.execute("UPDATE me SET \"offset\" = 0")
        try a.sql.execute(
            """
            UPDATE contact_point SET value = '+390000000003' WHERE id = '\(Self.phone)';
            UPDATE debtor SET surname = 'Prova A' WHERE id = '\(Self.shared)';
            INSERT INTO contact_attempt(account_id, channel, outcome, note, operator)
            VALUES ('\(Self.account)', 'phone', 'PTP', 'richiamare lunedì', 'TESTER');
            INSERT INTO payment(account_id, amount) VALUES ('\(Self.account)', 2500);
            INSERT INTO promise(account_id, amount) VALUES ('\(Self.account)', 1000);
            INSERT INTO task(account_id, note) VALUES ('\(Self.account)', 'call back');
            INSERT INTO payment(account_id, amount) VALUES ('\(Self.elsewhere)', 100);
            INSERT INTO contact_attempt(account_id, channel, outcome)
            VALUES ('\(Self.nowhere)', 'phone', 'NA');
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            VALUES ('\(Self.account)', 'phone', 'NA', CAST(x'61ff62' AS TEXT));
            """)
        let request = try a.engine.request().encoded()
        let answer = try world.serve(request)
        keep("sync-request", request)
        keep("sync-answer", answer)
        _ = try a.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        try world.sync(a)
        try a.sql.execute(
            """
            INSERT INTO resolution(conflict_id, choice, operator)
            SELECT id, 'won', 'TESTER' FROM conflict WHERE register = 'name';
            UPDATE task SET status = 'done';
            """)
        try world.sync(a)
    }

    /// A copy of an office's file goes on under a number of its own.
    private func copyAndMend(_ b: Office) throws {
        let copy = try b.copy(to: world.path())
        try b.sql.execute("UPDATE account SET priority = 3 WHERE id = '\(Self.second)'")
        try copy.sql.execute("UPDATE account SET priority = 4 WHERE id = '\(Self.account)'")
        try world.sync(b)
        let answer = try world.serve(try copy.engine.request().encoded())
        _ = try copy.engine.merge(SyncAnswer(decoding: answer), clockOffset: nil)
        let incarnation = try copy.engine.mending() ?? []
        let request = try copy.engine.renumberRequest(
            incarnation: incarnation, tokenHash: LoginToken.hash(incarnation))
        let given = try world.centre.db.transaction {
            try world.centre.renumber(
                request, authenticated: request.replica, now: World.now())
        }
        keep("renumber-request", request.encoded())
        keep("renumber-answer", given.encoded())
        try copy.engine.adopt(given, incarnation: incarnation)
        for office in [copy, b] { try world.sync(office) }
    }
}
