import RientroHTTP
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("what one line of succession may have under way", .timeLimit(.minutes(2)))
struct LineSharesTests {
    /// As many places as a line may have.
    private func all(
        _ kind: LineShares.Kind, of line: Int64, _ shares: LineShares
    ) throws -> [LineShares.Lease] {
        try (0..<kind.most).map { _ in try shares.take(kind, for: line) }
    }

    /// A file that is a copy of an office's goes on under the number after it.
    private func renumbered(_ office: TestPush, _ centre: TestCentre) throws -> [UInt8] {
        let token: [UInt8] = Array(repeating: 9, count: 32)
        let request = RenumberRequest(
            replica: office.replica, head: .none, tokenHash: LoginToken.hash(token),
            incarnation: Array(repeating: 9, count: 16))
        let engine = try centre.centre.engine()
        _ = try engine.db.transaction {
            try engine.renumber(request, authenticated: office.replica, now: centre.clock.now())
        }
        return token
    }

    private func head(_ token: [UInt8], path: String = "/v1/sync") throws -> HTTPRequest {
        var fields = HTTPFields()
        for (name, value) in TestOffice.message.merging(
            TestOffice.bearer(token), uniquingKeysWith: { a, _ in a })
        {
            try fields.set(name, value)
        }
        return HTTPRequest(method: "POST", path: path, fields: fields)
    }

    @Test(
        "a line has as many places of a kind as its limit, and each that is given back is free",
        arguments: LineShares.Kind.allCases)
    func places(kind: LineShares.Kind) throws {
        let shares = LineShares(metrics: Metrics())
        var held = try all(kind, of: 1, shares)
        #expect(shares.count(kind, of: 1) == kind.most)
        #expect(throws: Problem.tooMuch(kind)) { try shares.take(kind, for: 1) }
        // Neither another line nor another kind has less for it.
        #expect(try all(kind, of: 2, shares).count == kind.most)
        for other in LineShares.Kind.allCases where other != kind {
            #expect(try all(other, of: 1, shares).count == other.most)
        }
        held.removeLast()
        held.append(try shares.take(kind, for: 1))
        #expect(throws: Problem.self) { try shares.take(kind, for: 1) }
        held = []
        #expect(shares.count(kind, of: 1) == 0)
    }

    @Test("a request that fails gives its place back")
    func failure() async throws {
        struct Fault: Error {}
        let shares = LineShares(metrics: Metrics())
        for _ in 0...LineShares.Kind.digest.most {
            await #expect(throws: Fault.self) {
                try await shares.holding(.digest, for: 1) {
                    #expect(shares.count(.digest, of: 1) == 1)
                    throw Fault()
                }
            }
        }
        #expect(shares.count(.digest, of: 1) == 0)
    }

    @Test("over each bound an office gets 429 with Retry-After, and another office its answer")
    func refused() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let shares = centre.server.office.shares
        for (kind, target) in [
            (LineShares.Kind.digest, "/v1/digest"), (.digest, "/v1/rows?table=10&id=MT"),
            (.snapshot, "/v1/snapshot"), (.request, "/v1/digest"), (.request, "/v1/snapshot"),
        ] {
            let held = try all(kind, of: a.replica, shares)
            let reply = try await a.get(target)
            #expect(reply.status == 429, "\(target)")
            #expect(reply.code == "too_many_\(kind.rawValue)")
            #expect(reply.fields["retry-after"] == "\(ServerLimits.retryAfterSeconds)")
            #expect(try await b.get(target).status == 200, "\(target)")
            withExtendedLifetime(held) {}
        }
        #expect(try await a.get("/v1/digest").status == 200)
        await centre.stop()
    }

    @Test("over the bound of long polls 429 comes at once; who does not wait is answered")
    func longPolls() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let shares = centre.server.office.shares
        var held = try all(.longPoll, of: a.replica, shares)
        let reply = try await a.send([], wait: 50)
        #expect(reply.status == 429)
        #expect(reply.code == "too_many_long_polls")
        #expect(reply.fields["retry-after"] == "\(ServerLimits.retryAfterSeconds)")
        #expect(try await a.send([]).status == 200)
        #expect(try await b.send([], wait: 1).status == 200)
        held.removeLast()
        async let waiting = a.send([], wait: 50)
        while shares.count(.longPoll, of: a.replica) < LineShares.Kind.longPoll.most {
            try await Task.sleep(for: .milliseconds(5))
        }
        // While it waits it has no place among the requests that are answered.
        #expect(shares.count(.request, of: a.replica) == 0)
        _ = try await b.send([b.changeSet(1, note: TestRow.own(1))])
        #expect(try await waiting.status == 200)
        // The place is free once the answer has gone.
        while shares.count(.longPoll, of: a.replica) == LineShares.Kind.longPoll.most {
            try await Task.sleep(for: .milliseconds(5))
        }
        let text = try await TestHTTP.send("GET", centre.url + "/metrics")
        #expect(
            String(decoding: text.body, as: UTF8.self)
                .contains("rientro_too_much_total{bound=\"long_polls\"} 1\n"))
        await centre.stop()
    }

    @Test("a push needs a place like every request, and changes nothing without one")
    func pushes() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let held = try all(.request, of: a.replica, centre.server.office.shares)
        let set = a.changeSet(1, note: TestRow.own(1))
        let reply = try await a.send([set])
        #expect(reply.status == 429)
        #expect(reply.code == "too_many_requests")
        #expect(try centre.centre.engine().db.integer("SELECT count(*) FROM note") == 0)
        withExtendedLifetime(held) {}
        await centre.stop()
    }

    @Test("numbers that come from renumbering have the places of their line together")
    func succession() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let token = try renumbered(a, centre)
        let engine = try centre.centre.engine()
        let next = try engine.authenticate(tokenHash: LoginToken.hash(token))
        #expect(next != a.replica)
        #expect(try engine.root(ofLine: next) == a.replica)
        #expect(try engine.root(ofLine: a.replica) == a.replica)
        #expect(try engine.root(ofLine: b.replica) == b.replica)
        var held = try all(.digest, of: a.replica, centre.server.office.shares)
        let digest = centre.url + "/v1/digest"
        #expect(try await TestHTTP.send("GET", digest, TestOffice.bearer(token)).status == 429)
        #expect(try await b.get("/v1/digest").status == 200)
        held = []
        #expect(held.isEmpty)
        #expect(try await TestHTTP.send("GET", digest, TestOffice.bearer(token)).status == 200)
        await centre.stop()
    }

    @Test("a large body is taken only of an office that is known, and of a line only some at once")
    func bodies() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        let routes = centre.server.routes
        let unknown = await routes.admit(try head(Array(repeating: 3, count: 32)))
        guard case .answer(let response) = unknown else {
            Issue.record("the body of somebody unknown is taken")
            return
        }
        #expect(response.status == 401)
        let next = try renumbered(a, centre)
        var leases: [any HTTPLease] = []
        for index in 0..<ServerLimits.bodiesPerLineMax {
            // Both numbers of the line fill the same places.
            guard
                case .body(let most, let lease?) = await routes.admit(
                    try head(index % 2 == 0 ? a.token : next))
            else {
                Issue.record("body \(index) is not taken")
                continue
            }
            #expect(most == HTTPLimits.Default.bodyBytesMax)
            leases.append(lease)
        }
        guard case .answer(let tooMany) = await routes.admit(try head(a.token)) else {
            Issue.record("one line has more bodies under way than it may")
            return
        }
        #expect(tooMany.status == 429)
        #expect(tooMany.fields["Retry-After"] == "\(ServerLimits.retryAfterSeconds)")
        guard case .body(_, .some) = await routes.admit(try head(b.token)) else {
            Issue.record("another office has to wait for it")
            return
        }
        leases.removeLast()
        guard case .body(_, .some) = await routes.admit(try head(next)) else {
            Issue.record("a place that was given back is not free")
            return
        }
        await centre.stop()
    }

    @Test(
        "a large body is taken nowhere else, and a sync of another type is refused at its head",
        arguments: ["/v1/enrol", "/v1/renumber", "/v1/digest", "/healthz", "/nowhere"])
    func elsewhere(path: String) async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        guard
            case .body(let most, nil) = await centre.server.routes.admit(
                try head(a.token, path: path))
        else {
            Issue.record("\(path) takes a large body")
            return
        }
        #expect(most == HTTPLimits.Default.unaskedBodyBytesMax)
        var fields = HTTPFields()
        try fields.set("Content-Type", "text/plain")
        let other = HTTPRequest(method: "POST", path: "/v1/sync", fields: fields)
        guard case .answer(let response) = await centre.server.routes.admit(other) else {
            Issue.record("a body of another type is taken")
            return
        }
        #expect(response.status == 415)
        await centre.stop()
    }

    @Test("five megabytes of somebody unknown are answered 401, and those of an office are read")
    func overTheLine() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let body = [UInt8](repeating: 0, count: 5 << 20)
        for (token, status) in [(Array(repeating: 3, count: 32), 401), (a.token, 400)] {
            let fields = TestOffice.message.merging(TestOffice.bearer(token)) { a, _ in a }
            let reply = try await TestHTTP.send(
                "POST", centre.url + "/v1/sync", fields, body: body)
            #expect(reply.status == status)
        }
        for kind in [LineShares.Kind.body, .request] {
            while centre.server.office.shares.count(kind, of: a.replica) > 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
        await centre.stop()
    }
}
