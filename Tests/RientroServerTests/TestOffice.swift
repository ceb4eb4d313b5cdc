import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

/// An office with a real replica that talks to a test's centre over HTTP.
///
/// Its engine is opened for each call, so that it can be used from any task of its test.
final class TestOffice: Sendable {
    let url: String
    let path: String
    let token: [UInt8]
    let replica: Int64
    private let folder: TestFolder

    init(_ centre: TestCentre, code: String) async throws {
        folder = try TestFolder()
        url = centre.url
        path = folder.path + "/office.sqlite"
        token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let incarnation = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let request = EnrolRequest(
            code: code, tokenHash: LoginToken.hash(token), incarnation: incarnation)
        let enrolled = try await TestHTTP.send(
            "POST", url + "/v1/enrol", Self.message, body: request.encoded())
        try #require(enrolled.status == 200)
        let answer = try EnrolAnswer(decoding: enrolled.body)
        replica = answer.replica
        let file = try await Self.download(url, token)
        try Data(file).write(to: URL(fileURLWithPath: path))
        try ReplicaEngine.adoptSnapshot(
            at: path, answer: answer, server: url, incarnation: incarnation, clockOffset: 0)
    }

    private init(url: String, path: String, token: [UInt8], replica: Int64, folder: TestFolder) {
        self.url = url
        self.path = path
        self.token = token
        self.replica = replica
        self.folder = folder
    }

    /// A second office with the same file and token.
    func copied() throws -> TestOffice {
        let other = try TestFolder()
        let target = other.path + "/office.sqlite"
        try write("VACUUM INTO '\(target)'")
        return TestOffice(url: url, path: target, token: token, replica: replica, folder: other)
    }

    /// The same file under the new number that it asks for.
    func renumbered() async throws -> TestOffice {
        let incarnation = try #require(try engine().mending())
        let next = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let request = try engine().renumberRequest(
            incarnation: incarnation, tokenHash: LoginToken.hash(next))
        let reply = try await TestHTTP.send(
            "POST", url + "/v1/renumber", Self.message.merging(bearer) { a, _ in a },
            body: request.encoded())
        try #require(reply.status == 200)
        let answer = try EnrolAnswer(decoding: reply.body)
        try engine().adopt(answer, incarnation: incarnation)
        return TestOffice(
            url: url, path: path, token: next, replica: answer.replica, folder: folder)
    }

    static let message = ["Content-Type": "application/cbor"]

    var bearer: [String: String] { Self.bearer(token) }

    static func bearer(_ token: [UInt8]) -> [String: String] {
        let hex = token.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return ["Authorization": "Bearer \(hex)"]
    }

    private static func download(_ url: String, _ token: [UInt8]) async throws -> [UInt8] {
        var file: [UInt8] = []
        var tag: String?
        while true {
            let end = file.count + Limits.snapshotRangeBytes - 1
            var fields = ["Range": "bytes=\(file.count)-\(end)"]
            fields["If-Range"] = tag
            let piece = try await TestHTTP.send(
                "GET", url + "/v1/snapshot", fields.merging(bearer(token)) { a, _ in a })
            try #require(piece.status == 206)
            tag = piece.fields["etag"]
            file += piece.body
            let total = piece.fields["content-range"]?.split(separator: "/").last
            if file.count == total.flatMap({ Int($0) }) { return file }
        }
    }

    func engine() throws -> ReplicaEngine { try ReplicaEngine(path: path) }

    /// Writes as any program would.
    func write(_ sql: String) throws {
        try Connection(path: path, mode: .readWrite).execute(sql)
    }

    func note(_ id: String? = nil, on account: String, _ text: String = "called") throws {
        let columns = id == nil ? "" : "id, "
        let value = id.map { "'\($0)', " } ?? ""
        try write(
            "INSERT INTO note(\(columns)account_id, text) VALUES (\(value)'\(account)', '\(text)')")
    }

    func count(_ table: String) throws -> Int64 {
        try Connection(path: path, mode: .readOnly).integer("SELECT count(*) FROM \(table)") ?? 0
    }

    func text(_ sql: String) throws -> String? {
        try Connection(path: path, mode: .readOnly).text(sql)
    }

    func send(_ request: SyncRequest) async throws -> TestHTTP.Answer {
        try await TestHTTP.send(
            "POST", url + "/v1/sync", Self.message.merging(bearer) { a, _ in a },
            body: request.encoded())
    }

    /// One exchange; the answer that was merged.
    @discardableResult
    func exchange(wait seconds: Int = 0) async throws -> SyncAnswer {
        let reply = try await send(try engine().request(waitSeconds: seconds))
        try #require(reply.status == 200)
        let answer = try SyncAnswer(decoding: reply.body)
        _ = try engine().merge(answer, clockOffset: nil)
        return answer
    }

    /// Exchanges until nothing is left to do.
    func sync() async throws {
        for _ in 0..<100 {
            let reply = try await send(try engine().request())
            try #require(reply.status == 200)
            let answer = try SyncAnswer(decoding: reply.body)
            guard try engine().merge(answer, clockOffset: nil).isUnfinished else { return }
        }
        Issue.record("the sync does not come to an end")
    }

    func get(_ target: String) async throws -> TestHTTP.Answer {
        try await TestHTTP.send("GET", url + target, bearer)
    }
}
