import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

@Suite("the routes", .timeLimit(.minutes(2)))
struct RoutesTests {
    @Test("what is not there is 404, a wrong method 405 with what is allowed, a wrong type 415")
    func table() async throws {
        let centre = try TestCentre()
        let missing = try await TestHTTP.send("GET", centre.url + "/v2/sync")
        #expect(missing.status == 404)
        #expect(missing.fields["content-type"] == "application/problem+json")
        let method = try await TestHTTP.send("GET", centre.url + "/v1/sync")
        #expect(method.status == 405)
        #expect(method.fields["allow"] == "POST")
        let put = try await TestHTTP.send("PUT", centre.url + "/v1/digest", body: [1])
        #expect(put.fields["allow"] == "GET, HEAD")
        let type = try await TestHTTP.send(
            "POST", centre.url + "/v1/sync", ["Content-Type": "text/plain"], body: [1])
        #expect(type.status == 415)
        #expect(try await TestHTTP.send("HEAD", centre.url + "/healthz").status == 200)
        await centre.stop()
    }

    @Test("without a known token everything of an office is 401")
    func tokens() async throws {
        let centre = try TestCentre()
        for target in ["/v1/digest", "/v1/snapshot", "/v1/rows?table=22&id=MT"] {
            let none = try await TestHTTP.send("GET", centre.url + target)
            #expect(none.status == 401)
            #expect(none.fields["www-authenticate"] == "Bearer")
            for token in ["Bearer 00", "Basic " + String(repeating: "0", count: 64)] {
                let bad = try await TestHTTP.send(
                    "GET", centre.url + target, ["Authorization": token])
                #expect(bad.status == 401)
            }
            let unknown = TestOffice.bearer(Array(repeating: 1, count: 32))
            #expect(try await TestHTTP.send("GET", centre.url + target, unknown).status == 401)
        }
        await centre.stop()
    }

    @Test("a request for another number than the token's is refused, and nothing is applied")
    func anotherNumber() async throws {
        let centre = try TestCentre()
        let (a, b) = (try TestPush(centre, "MT"), try TestPush(centre, "MT"))
        var request = a.request([a.changeSet(1, note: TestRow.own(1))])
        request.replica = b.replica
        let reply = try await a.send(request)
        #expect(reply.status == 403)
        #expect(reply.code == "not_its_token")
        #expect(try centre.centre.engine().db.integer("SELECT count(*) FROM note") == 0)
        await centre.stop()
    }

    @Test("another centre's cursor, and one that this centre has lost, are 409 and apply nothing")
    func histories() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        var request = a.request([a.changeSet(1, note: TestRow.own(1))])
        request.cursors = [Cursor(epoch: Array(repeating: 9, count: 16), commit: 1, chain: .zero)]
        #expect(try await a.send(request).code == "unknown_epoch")
        request.cursors = [Cursor(epoch: a.cursor.epoch, commit: 99, chain: a.cursor.chain)]
        let lost = try await a.send(request)
        #expect(lost.status == 409)
        #expect(lost.code == "centre_was_put_back")
        #expect(String(decoding: lost.body, as: UTF8.self).contains("its newest file again"))
        #expect(try centre.centre.engine().db.integer("SELECT count(*) FROM note") == 0)
        await centre.stop()
    }

    @Test("a message of another version is 426, one that cannot be read 400")
    func messages() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let fields = TestOffice.message.merging(TestOffice.bearer(a.token)) { a, _ in a }
        // A map whose key 0, the version, is 2 or 1; nothing follows.
        for (body, status) in [([0xa1, 0x00, 0x02], 426), ([0xa1, 0x00, 0x01], 400), ([], 400)] {
            let reply = try await TestHTTP.send(
                "POST", centre.url + "/v1/sync", fields, body: body.map { UInt8($0) })
            #expect(reply.status == status)
        }
        await centre.stop()
    }

    @Test("after ten wrong codes within a minute even a right one of that source waits, alone")
    func wrongCodes() async throws {
        let centre = try TestCentre()
        let codes = [try centre.add(["MT"]).code, try centre.add(["MT"]).code]
        func enrol(_ code: String, _ source: String) async throws -> TestHTTP.Answer {
            let mark = UInt8(code == codes[0] ? 1 : 2)
            let request = EnrolRequest(
                code: code, tokenHash: LoginToken.hash([mark]),
                incarnation: Array(repeating: mark, count: 16))
            // As nginx tells it, from this machine.
            let fields = TestOffice.message.merging(["X-Forwarded-For": source]) { a, _ in a }
            return try await TestHTTP.send(
                "POST", centre.url + "/v1/enrol", fields, body: request.encoded())
        }
        for _ in 0..<10 {
            let reply = try await enrol("WRONG", "192.0.2.1")
            #expect(reply.status == 403)
            #expect(reply.code == "bad_code")
        }
        let late = try await enrol(codes[0], "192.0.2.1")
        #expect(late.status == 429)
        #expect(late.code == "too_many_codes")
        let seconds = try #require(late.fields["retry-after"].flatMap { Int($0) })
        #expect((1...60).contains(seconds))
        #expect(try centre.centre.engine().replicas().allSatisfy { $0.enrolledAt == nil })
        #expect(try await enrol(codes[1], "192.0.2.2").status == 200)
        await centre.stop()
    }

    @Test("a copy gets a number of its own, the same one when it asks again")
    func renumber() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let request = RenumberRequest(
            replica: a.replica, head: .none, tokenHash: LoginToken.hash([5]),
            incarnation: Array(repeating: 5, count: 16))
        var numbers: [Int64] = []
        for _ in 0..<2 {
            let reply = try await TestHTTP.send(
                "POST", centre.url + "/v1/renumber",
                TestOffice.message.merging(TestOffice.bearer(a.token)) { a, _ in a },
                body: request.encoded())
            numbers.append(try EnrolAnswer(decoding: reply.body).replica)
        }
        #expect(numbers == [a.replica + 1, a.replica + 1])
        await centre.stop()
    }

    @Test("the log says who by number, and never a token, a name or a text")
    func logged() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        _ = try await a.send([a.changeSet(1, note: TestRow.own(1))])
        _ = try await TestHTTP.send("GET", centre.url + "/nowhere?surname=Rossi")
        await centre.stop()
        let lines = centre.log.all
        let hex = a.token.map { String($0, radix: 16) }.joined()
        #expect(
            lines.contains { $0.contains("route=/v1/sync status=200") && $0.contains("replica=1") })
        #expect(lines.contains { $0.contains("route=other status=404") })
        #expect(
            !lines.contains { $0.contains("Rossi") || $0.contains("called") || $0.contains(hex) })
    }

    @Test("the metrics count requests by route and status")
    func metrics() async throws {
        let centre = try TestCentre()
        _ = try await TestHTTP.send("GET", centre.url + "/healthz")
        _ = try await TestHTTP.send("GET", centre.url + "/healthz")
        #expect(
            try await centre.metric(
                "rientro_http_requests_total{route=\"/healthz\",status=\"200\"}") == 2)
        #expect(try await centre.metric("rientro_last_commit") == 1)
        #expect(try await centre.metric("rientro_replicas") == 0)
        // Of three refusals two are closed.
        try centre.centre.connect(.readWrite).execute(
            """
            INSERT INTO quarantine(
              replica, n, tab, row, register, reason, detail, content, refused_at, closed_at)
            SELECT 1, value, 1, 'r', 0, 'bad_value', '', x'', 0, nullif(value, 1)
            FROM json_each('[1, 2, 3]')
            """)
        #expect(try await centre.metric("rientro_quarantine_open") == 1)
        let health = try await TestHTTP.send("GET", centre.url + "/healthz")
        #expect(String(decoding: health.body, as: UTF8.self) == "ok\n")
        await centre.stop()
    }
}
