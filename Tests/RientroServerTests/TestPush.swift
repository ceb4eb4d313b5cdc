import RientroProtocol
import RientroSQLite

@testable import RientroServer

/// An office without a file: a number, a token, and requests made by hand.
struct TestPush: Sendable {
    let replica: Int64
    let token: [UInt8]
    let cursor: Cursor
    let url: String

    /// Enrols through the engine; no HTTP.
    init(_ centre: TestCentre, _ portfolios: String...) throws {
        let made = try centre.add(portfolios)
        let token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let request = EnrolRequest(
            code: made.code, tokenHash: LoginToken.hash(token),
            incarnation: (0..<16).map { _ in UInt8.random(in: 0...255) })
        let engine = try centre.centre.engine()
        _ = try engine.db.transaction { try engine.enrol(request, now: centre.clock.now()) }
        replica = made.replica
        self.token = token
        cursor = try engine.cursor()
        url = centre.url
    }

    /// A change-set with one note.
    func changeSet(_ number: Int64, after previous: Hash = .zero, note id: String) -> ChangeSet {
        let account = TestRow.account("MT", 1)
        let row = RowChange(
            table: 30, id: id, content: .ledger([.text(account), .text("called")]))
        let unit = UnitChanges(
            unit: Unit(table: 22, id: account), rows: [row])
        return changeSet(number, after: previous, content: UnitChanges.encode([unit]))
    }

    func changeSet(_ number: Int64, after previous: Hash = .zero, content: [UInt8]) -> ChangeSet {
        ChangeSet(
            replica: replica, number: number, previous: previous, cursor: cursor, names: [],
            part: Part(salt: Array(repeating: 7, count: 16), content: content))
    }

    func request(_ sets: [ChangeSet], wait: Int = 0) -> SyncRequest {
        SyncRequest(
            schemaVersion: 1, replica: replica, head: sets.last?.head ?? .none, outcomesMerged: 0,
            cursors: [cursor], portfolios: ["MT"], changeSets: sets.map { $0.encoded() },
            waitSeconds: wait)
    }

    func send(_ sets: [ChangeSet], wait: Int = 0) async throws -> TestHTTP.Answer {
        try await send(request(sets, wait: wait))
    }

    func send(_ request: SyncRequest) async throws -> TestHTTP.Answer {
        try await TestHTTP.send(
            "POST", url + "/v1/sync",
            TestOffice.message.merging(TestOffice.bearer(token)) { a, _ in a },
            body: request.encoded())
    }

    func get(_ target: String, _ fields: [String: String] = [:]) async throws -> TestHTTP.Answer {
        try await TestHTTP.send(
            "GET", url + target, fields.merging(TestOffice.bearer(token)) { a, _ in a })
    }
}
