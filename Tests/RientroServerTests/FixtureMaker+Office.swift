import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore

@testable import RientroServer

/// What the fixture's office has and has not sent.
extension FixtureMaker {
    /// A table that no schema of this version has.
    static let laterTable = 99

    /// A snapshot as the server gives it; its path.
    func snapshot(of portfolios: [String]) async throws -> String {
        let centre = try Centre.open(folder: world.folder.path)
        try FileManager.default.createDirectory(
            atPath: centre.snapshotFolder, withIntermediateDirectories: true)
        let file = try await SnapshotBuilder(centre: centre).build(
            portfolios: portfolios, temporary: world.path())
        return "\(centre.snapshotFolder)/\(file.name)"
    }

    /// An office whose file began as a snapshot.
    func enrol(_ name: String, _ portfolios: [String]) async throws -> Office {
        let incarnation = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let (request, answer) = try world.centre.db.transaction {
            let added = try world.centre.addReplica(
                name: name, portfolios: portfolios, now: World.now())
            let request = EnrolRequest(
                code: added.code, tokenHash: LoginToken.hash(token), incarnation: incarnation)
            return (request, try world.centre.enrol(request, now: World.now()))
        }
        keep("enrol-request", request.encoded())
        keep("enrol-answer", answer.encoded())
        let path = world.path()
        try FileManager.default.copyItem(
            atPath: try await snapshot(of: portfolios), toPath: path)
        try ReplicaEngine.adoptSnapshot(
            at: path, answer: answer, server: "https://centre.example", incarnation: incarnation,
            clockOffset: 0)
        return try Office(path: path)
    }

    /// Change-sets that nobody has sent, writes that nobody has sealed, and what others wrote
    /// meanwhile.
    func leaveUnsent(_ a: Office, after b: Office) async throws {
        try world.sync(a)
        try b.sql.execute(
            "INSERT INTO promise(account_id, amount) VALUES ('\(Self.second)', 700)")
        try world.sync(b)
        try leaveParkedAndRevoked(a)
        for note in ["sealed first", "sealed second"] {
            try a.sql.execute(
                """
                INSERT INTO contact_attempt(account_id, channel, outcome, note)
                VALUES ('\(Self.account)', 'phone', 'NA', '\(note)')
                """)
            _ = try a.engine.request()
        }
        try a.sql.execute(
            """
            UPDATE contact_point SET value = 'due@example.org', remark = 'new'
            WHERE id = '\(Self.mail)';
            UPDATE contact_point SET value = 'tre@example.org' WHERE id = '\(Self.mail)';
            UPDATE debtor SET surname = 'Esempio A', iban = 'XX00', city = 'Roma'
            WHERE id = '\(Self.other)';
            UPDATE account SET status = 'placed', status_reason = 'asked', priority = 1
            WHERE id = '\(Self.account)';
            INSERT INTO task(account_id, note) VALUES ('\(Self.second)', 'pending birth');
            UPDATE task SET note = 'pending write of a pending birth' WHERE note = 'pending birth';
            """)
        try a.engine.store.noteEnd()
        try a.sql.execute(
            "INSERT INTO payment(account_id, amount) VALUES ('\(Self.second)', 4200)")
        try a.engine.store.noteEnd()
    }

    /// A unit that is here no longer by right, with its rows, and changes that wait for a table and
    /// for a row.
    private func leaveParkedAndRevoked(_ a: Office) throws {
        let store = a.engine.store
        guard let layout = store.layout(named: "account") else { return }
        let units = try world.centre.wholeRows(layout, portfolio: "PZ", ids: [Self.elsewhere])
        let parked = [
            RowChange(
                table: Self.laterTable, id: Self.nowhere,
                content: .ledger([.text("of a later schema"), .integer(7)])),
            RowChange(
                table: layout.table.number, id: Self.nowhere,
                content: .record(
                    birth: nil,
                    writes: [
                        RegisterWrite(
                            register: 5,
                            stamp: Stamp(milliseconds: World.now(), replica: 2), base: nil,
                            values: [.integer(2)])
                    ])),
        ]
        try store.db.transaction {
            try store.quietly {
                for unit in units {
                    for change in unit.rows { _ = try store.merge(change) }
                    try store.revoke(unit.unit)
                }
                for change in parked { _ = try store.merge(change) }
            }
        }
    }

    /// What the office and the centre would compare.
    func keepDigests() throws {
        let centre = world.centre
        let tables = try centre.store.digests(portfolios: ["MT"])
        keep("digest-answer", DigestAnswer(cursor: try centre.cursor(), tables: tables).encoded())
        guard let layout = centre.store.layout(named: "contact_attempt") else { return }
        let range = try centre.range(layout, portfolio: "MT", from: "", to: "")
        keep("range-answer", range.encoded())
    }
}
