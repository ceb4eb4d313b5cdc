import Foundation
import RientroProtocol
import RientroSQLite
import RientroStore

@testable import RientroClient

/// A centre that believes everything: one portfolio, no checks, all in memory. It keeps the rule of
/// heads, the log and the chain, and can be told to misbehave.
actor MiniCentre: Transport {
    /// What happens to the next requests, the first first; then all goes well.
    enum Fault: Sendable {
        /// The request never arrives.
        case lostRequest
        /// The centre does its work; the answer is lost.
        case lostAnswer
        /// The answer is this one instead; the centre did its work.
        case instead(TransportResponse)
        /// This happens at the office while the answer is on its way.
        case meanwhile(@Sendable () async throws -> Void)
    }

    let schema: Schema
    let store: Store
    private(set) var log: [Commit] = []
    private(set) var requests: [TransportRequest] = []
    private(set) var heads: [Int64: [Hash]] = [:]
    /// The commit of the last proof in each sync request that came.
    private(set) var proofsTold: [Int64?] = []
    private var replicas: [[UInt8]: Int64] = [:]
    private var numbers: [[UInt8]: Int64] = [:]
    private var outcomes: [Int64: [Outcome]] = [:]
    private var faults: [Fault] = []
    private var judge: (@Sendable (RowChange) -> OutcomeItem?)?
    private var onDigest: (@Sendable () async throws -> Void)?
    private var snapshot: [UInt8] = []
    private var etag = "\"one\""
    /// What is added to the true time.
    var clockAhead: Int64 = 0
    var covered: Int64 = 0
    /// What a proxy before it lets through, in bytes of a body.
    private var bodyBytesMax = Int.max
    /// The word by which no request with this many change-sets is taken.
    private var turnedAway: (status: Int, code: String, sets: Int)?

    init(schema: Schema) throws {
        self.schema = schema
        let db = try Connection(path: ":memory:")
        try Store.create(on: db, schema: schema, role: .centre)
        store = try Store(db: db, schema: schema)
        for change in try Snapshot.rows(schema) { _ = try store.merge(change) }
    }

    func fail(_ faults: Fault...) { self.faults += faults }
    func setJudge(_ judge: @escaping @Sendable (RowChange) -> OutcomeItem?) { self.judge = judge }
    func setOnDigest(_ body: @escaping @Sendable () async throws -> Void) { onDigest = body }
    func setClock(ahead: Int64) { clockAhead = ahead }
    func setProxy(bodyBytesMax: Int) { self.bodyBytesMax = bodyBytesMax }
    func turnAway(_ code: String, status: Int = 429, sets: Int) {
        turnedAway = (status, code, sets)
    }
    func setCovered(_ number: Int64) { covered = number }
    func setSnapshot(_ bytes: [UInt8], etag: String) {
        snapshot = bytes
        self.etag = etag
    }
    /// Commits that no change-set brought as it was sent: everybody gets them.
    private var triedAgain: Set<Int64> = []

    func count(of path: String) -> Int { requests.count { $0.path.hasPrefix(path) } }

    /// A row of the centre's own, or of an office, in a commit of its own: of an office whose
    /// change-sets are known here, as if one of the last had been tried again.
    func write(_ changes: RowChange..., replica: Int64 = 0, merging: Bool = true) throws {
        if merging { for change in changes { _ = try store.merge(change) } }
        let content = UnitChanges.encode([
            UnitChanges(
                unit: Unit(table: 22, id: Known.account), rows: changes)
        ])
        let set = Int64(outcomes[replica]?.count ?? log.count + 1)
        append(Part(salt: salt(), content: content), replica: replica, set: set)
        triedAgain.insert(cursor().commit)
    }

    /// Changes a row behind everyone's back.
    func tamper(_ sql: String) throws { try store.db.execute(sql) }

    func integer(_ sql: String) throws -> Int64? { try store.db.integer(sql) }
    func text(_ sql: String) throws -> String? { try store.db.text(sql) }

    /// Knows a file that was not enrolled.
    func know(replica: Int64, token: [UInt8]) {
        replicas[LoginToken.hash(token).bytes] = replica
    }

    /// Knows no token any more.
    func forgetTokens() { replicas = [:] }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        requests.append(request)
        let fault = faults.isEmpty ? nil : faults.removeFirst()
        if case .lostRequest = fault { throw .noContact("the test cut the line") }
        guard request.body.count <= bodyBytesMax else { return Self.tooLarge }
        let response: TransportResponse
        do { response = try answer(request) } catch {
            throw .noContact("the test's centre failed: \(error)")
        }
        if request.path.hasPrefix("/v1/digest"), let onDigest {
            do { try await onDigest() } catch { throw .noContact("\(error)") }
        }
        switch fault {
        case .lostAnswer: throw .noContact("the test cut the line")
        case .instead(let other): return other
        case .meanwhile(let body):
            do { try await body() } catch { throw .noContact("\(error)") }
            return response
        case nil, .lostRequest: return response
        }
    }

    private func answer(_ request: TransportRequest) throws -> TransportResponse {
        let path = request.path.split(separator: "?")[0]
        if path == "/v1/enrol" { return try enrol(request.body) }
        guard let field = request.header("authorization"), field.hasPrefix("Bearer "),
            let token = Hexadecimal.bytes(field.dropFirst(7)),
            let replica = replicas[LoginToken.hash(token).bytes]
        else { return Self.problem(401, "unknown_token", "enrol again") }
        let query = URLComponents(string: request.path)?.queryItems ?? []
        switch path {
        case "/v1/sync":
            if let turnedAway,
                try SyncRequest(decoding: request.body).changeSets.count >= turnedAway.sets
            {
                return Self.problem(turnedAway.status, turnedAway.code, "later")
            }
            return Self.message(try sync(request.body, replica).encoded())
        case "/v1/renumber": return try renumber(request.body)
        case "/v1/snapshot": return piece(request)
        case "/v1/digest": return Self.message(try digest(query))
        case "/v1/rows": return Self.message(try rows(query))
        default: return Self.problem(404, "unknown_route", "")
        }
    }

    static func message(_ body: [UInt8]) -> TransportResponse {
        TransportResponse(
            status: 200, headers: ["Content-Type": "application/cbor"], body: body)
    }

    /// As nginx says it.
    private static let tooLarge = TransportResponse(
        status: 413, headers: ["content-type": "text/html"], body: Array("<h1>Too large".utf8))

    static func problem(_ status: Int, _ code: String, _ detail: String) -> TransportResponse {
        let json = #"{"status":\#(status),"title":"No","code":"\#(code)","detail":"\#(detail)"}"#
        return TransportResponse(
            status: status, headers: ["content-type": "application/problem+json"],
            body: Array(json.utf8))
    }

    private func number(for incarnation: [UInt8], hash: Hash) -> Int64 {
        let number = numbers[incarnation] ?? Int64(numbers.count + 5)
        numbers[incarnation] = number
        replicas[hash.bytes] = number
        return number
    }

    private func enrol(_ body: [UInt8]) throws -> TransportResponse {
        let request = try EnrolRequest(decoding: body)
        guard ["good", "again"].contains(request.code) else {
            return Self.problem(401, "unknown_code", "ask for a new code")
        }
        return try enrolled(number(for: request.incarnation, hash: request.tokenHash))
    }

    private func renumber(_ body: [UInt8]) throws -> TransportResponse {
        let request = try RenumberRequest(decoding: body)
        return try enrolled(number(for: request.incarnation, hash: request.tokenHash))
    }

    private func enrolled(_ number: Int64) throws -> TransportResponse {
        Self.message(
            EnrolAnswer(
                replica: number, name: "Matera", portfolios: ["P1"], schema: try schema.json(),
                centreTime: now()
            ).encoded())
    }

    private func piece(_ request: TransportRequest) -> TransportResponse {
        if let known = request.header("if-range"), known != etag {
            return TransportResponse(
                status: 200, headers: ["ETag": etag],
                body: Array(snapshot.prefix(request.answerBytesMax)),
                isCut: snapshot.count > request.answerBytesMax)
        }
        let bounds = (request.header("range") ?? "bytes=0-0").dropFirst(6).split(separator: "-")
        let first = Int(bounds[0]) ?? 0
        guard first < snapshot.count else {
            return Self.problem(416, "range", "")
        }
        let last = min(Int(bounds[1]) ?? 0, snapshot.count - 1)
        return TransportResponse(
            status: 206,
            headers: ["etag": etag, "Content-Range": "bytes \(first)-\(last)/\(snapshot.count)"],
            body: Array(snapshot[first...last]))
    }

    private func sync(_ body: [UInt8], _ replica: Int64) throws -> SyncAnswer {
        let request = try SyncRequest(decoding: body)
        proofsTold.append(request.provenCommit)
        var sent: [Outcome] = []
        for bytes in request.changeSets {
            let set = try ChangeSet(decoding: bytes)
            let own = heads[replica, default: []]
            let last = own.last ?? .zero
            if set.number == Int64(own.count) + 1, set.previous == last {
                sent.append(try apply(set))
            } else if set.number <= Int64(own.count), own[Int(set.number) - 1] == set.hash {
                var known = outcomes[replica, default: []][Int(set.number) - 1]
                known.status = .alreadyApplied
                sent.append(known)
            } else {
                let isGap = set.number > Int64(own.count) + 1
                sent.append(
                    Outcome(number: set.number, status: isGap ? .gap : .foreign, items: []))
            }
        }
        let own = heads[replica, default: []]
        let missed = outcomes[replica, default: []].filter { outcome in
            outcome.number > request.outcomesMerged
                && !sent.contains { $0.number == outcome.number }
        }
        let from = request.cursors[0]
        let isCovered =
            request.head.number <= own.count && request.head.number > 0
            && own[Int(request.head.number) - 1] == request.head.hash
        let commits = log.filter {
            $0.number > from.commit
                && !(isCovered && $0.replica == replica && $0.changeSet <= request.head.number
                    && !triedAgain.contains($0.number))
        }
        return SyncAnswer(
            replica: replica,
            centreHead: Head(number: Int64(own.count), hash: own.last ?? .zero),
            outcomes: missed + sent, from: from, commits: commits, cursor: cursor(), hasMore: false,
            portfolios: ["P1"], centreTime: now(), covered: covered)
    }

    private func apply(_ set: ChangeSet) throws -> Outcome {
        var items: [OutcomeItem] = []
        let isKnown = set.names.contains { name in
            let own = heads[name.replica, default: []]
            return name.number <= own.count && own[Int(name.number) - 1] == name.hash
        }
        if !isKnown {
            for unit in try UnitChanges.decode(set.part.content) {
                for change in unit.rows {
                    if let item = judge?(change) {
                        items.append(item)
                    } else {
                        _ = try store.merge(change)
                    }
                }
            }
            append(set.part, replica: set.replica, set: set.number)
        }
        heads[set.replica, default: []].append(set.hash)
        let outcome = Outcome(
            number: set.number, status: isKnown ? .alreadyApplied : .applied, items: items)
        outcomes[set.replica, default: []].append(outcome)
        return outcome
    }

    private func append(_ part: Part, replica: Int64, set: Int64) {
        let previous = cursor()
        let time = now()
        let chain = Commit.chainHash(
            previous: previous.chain, number: previous.commit + 1, time: time, replica: replica,
            changeSet: set, hashes: [part.hash])
        log.append(
            Commit(
                number: previous.commit + 1, time: time, replica: replica, changeSet: set,
                hashes: [part.hash], chain: chain,
                parts: [CommitPart(portfolio: "P1", part: part)]))
    }

    func cursor() -> Cursor {
        log.last.map { Cursor(epoch: Known.epoch, commit: $0.number, chain: $0.chain) }
            ?? Known.start
    }

    private func digest(_ query: [URLQueryItem]) throws -> [UInt8] {
        func field(_ name: String) -> String { query.first { $0.name == name }?.value ?? "" }
        guard let number = Int(field("table")), let layout = store.layouts[number] else {
            return DigestAnswer(
                cursor: cursor(), tables: try store.digests(portfolios: ["P1"])
            ).encoded()
        }
        let (portfolio, from, to) = (field("portfolio"), field("from"), field("to"))
        let total = try store.digest(layout, portfolio: portfolio, from: from, to: to).count
        guard total > 4 else {
            let rows = try store.rowHashes(layout, portfolio: portfolio, from: from, to: to)
            return RangeAnswer(cursor: cursor(), ranges: [], rows: rows).encoded()
        }
        let ranges = try store.ranges(
            layout, portfolio: portfolio, from: from, to: to, pieces: 3)
        return RangeAnswer(cursor: cursor(), ranges: ranges, rows: []).encoded()
    }

    private func rows(_ query: [URLQueryItem]) throws -> [UInt8] {
        let table = query.first { $0.name == "table" }?.value.flatMap { Int($0) } ?? 0
        guard let layout = store.layouts[table] else { return UnitChanges.encode([]) }
        var rows: [RowChange] = []
        for item in query where item.name == "id" {
            guard let id = item.value, let row = try store.read(layout, id: id),
                let whole = store.wholeChange(layout, id: id, row: row)
            else { continue }
            rows.append(whole)
        }
        return UnitChanges.encode([
            UnitChanges(unit: Unit(table: 22, id: Known.account), rows: rows)
        ])
    }

    private func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) + clockAhead }

    private func salt() -> [UInt8] { (0..<16).map { _ in UInt8.random(in: 0...255) } }
}
