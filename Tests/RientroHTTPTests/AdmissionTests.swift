import Glibc
import Synchronization
import Testing

@testable import RientroHTTP

/// What a large body needs before a byte of it is read.
@Suite("admission of bodies", .serialized, .timeLimit(.minutes(2)))
struct AdmissionTests {
    private final class Lease: HTTPLease {
        static let count = Mutex(0)
        init() { Self.count.withLock { $0 += 1 } }
        deinit { Self.count.withLock { $0 -= 1 } }
    }

    private static func decoder(asking asks: Bool = true) -> RequestDecoder {
        RequestDecoder(limits: HTTPLimits(), peer: "p", asks: asks)
    }

    private static func feed(_ text: String, to decoder: inout RequestDecoder) {
        Array(text.utf8).withUnsafeBufferPointer { decoder.append($0) }
    }

    private static func head(length: Int, _ more: String = "") -> String {
        "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    @Test(
        "a body of 16 KiB is taken unasked, one of a byte more is not, and without one who asks all"
    )
    func threshold() {
        var small = Self.decoder()
        Self.feed(Self.head(length: 16_384), to: &small)
        #expect(small.next() == .needsMore(.body))
        var large = Self.decoder()
        Self.feed(Self.head(length: 16_385) + "abc", to: &large)
        guard case .wantsAdmission(let request) = large.next() else {
            Issue.record("a large body was not asked about")
            return
        }
        #expect(request.body.isEmpty)
        #expect(request.path == "/a")
        #expect(large.bodyByteCount == 0)
        #expect(large.next() == .needsMore(.body))
        large.admit(bodyBytesMax: 1 << 20)
        #expect(large.next() == .needsMore(.body))
        #expect(large.bodyByteCount == 3)
        Self.feed(String(repeating: "x", count: 16_382), to: &large)
        guard case .request(let whole, _) = large.next() else {
            Issue.record("the admitted body did not come to its end")
            return
        }
        #expect(whole.body.count == 16_385)
        var unasked = Self.decoder(asking: false)
        Self.feed(Self.head(length: 16_385), to: &unasked)
        #expect(unasked.next() == .needsMore(.body))
    }

    @Test("chunks are asked about before the first, and hold to what was admitted")
    func chunks() {
        let head = "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        for (body, fits) in [("4\r\nabcd\r\n0\r\n\r\n", true), ("5\r\nabcde\r\n0\r\n\r\n", false)] {
            var decoder = Self.decoder()
            Self.feed(head + body, to: &decoder)
            guard case .wantsAdmission = decoder.next() else {
                Issue.record("chunks were not asked about")
                return
            }
            decoder.admit(bodyBytesMax: 4)
            let step = decoder.next()
            if fits, case .request = step { continue }
            #expect(!fits && step == .refused(.bodyTooLarge), "\(step)")
        }
    }

    @Test("a length over what was admitted is 413, one of just as much is taken")
    func lengthAboveAdmitted() {
        for (most, refused) in [(20_000, false), (19_999, true)] {
            var decoder = Self.decoder()
            Self.feed(Self.head(length: 20_000), to: &decoder)
            _ = decoder.next()
            decoder.admit(bodyBytesMax: most)
            #expect(decoder.next() == (refused ? .refused(.bodyTooLarge) : .needsMore(.body)))
        }
    }

    @Test("nobody is asked to go on before the body is admitted, and then once")
    func expectation() {
        var decoder = Self.decoder()
        Self.feed(Self.head(length: 20_000, "Expect: 100-continue\r\n"), to: &decoder)
        guard case .wantsAdmission = decoder.next() else {
            Issue.record("not asked")
            return
        }
        decoder.admit(bodyBytesMax: 20_000)
        #expect(decoder.next() == .wantsContinue)
        #expect(decoder.next() == .needsMore(.body))
    }

    @Test("a refused body gets its answer at the head, holds nothing, and ends the connection")
    func refused() async throws {
        let handled = Mutex(0)
        try await withServer(
            admission: { request in
                #expect(request.body.isEmpty)
                return .answer(HTTPResponse(status: 401, body: Array("who?".utf8)))
            },
            handler: { request in
                handled.withLock { $0 += 1 }
                return await echo(request)
            }
        ) { _, port in
            let (status, rest, small) = await onThread { () -> (Int?, [UInt8]?, Int?) in
                let client = RawClient(port: port)
                client.send(Self.head(length: 5 << 20))
                let status = client.readResponse()?.status
                let rest = client.readToEnd()
                let other = RawClient(port: port)
                other.send(Self.head(length: 3) + "abc")
                return (status, rest, other.readResponse()?.status)
            }
            #expect(status == 401)
            #expect(rest == [])
            #expect(small == 200)
        }
        #expect(handled.withLock { $0 } == 1)
    }

    @Test("a lease lasts until the answer, or until the connection is gone")
    func leases() async throws {
        let gate = Gate()
        try await withServer(
            admission: { _ in .body(bytesMax: 5 << 20, lease: Lease()) },
            handler: { request in
                if request.path == "/a" { await gate.wait() }
                return await echo(request)
            }
        ) { _, port in
            await onThread {
                let client = RawClient(port: port)
                client.send(Self.head(length: 20_000) + String(repeating: "x", count: 20_000))
                while gate.waitingCount == 0 { usleep(1_000) }
                #expect(Lease.count.withLock { $0 } == 1)
                gate.open()
                #expect(client.readResponse()?.status == 200)
                while Lease.count.withLock({ $0 }) > 0 { usleep(1_000) }
                do {
                    let broken = RawClient(port: port)
                    broken.send(Self.head(length: 20_000) + "x")
                    while Lease.count.withLock({ $0 }) == 0 { usleep(1_000) }
                    broken.resetOnClose()
                }
                while Lease.count.withLock({ $0 }) > 0 { usleep(1_000) }
            }
        }
    }

    @Test("what an answer holds is given back when the client has taken it, or is gone")
    func answerLeases() async throws {
        try await withServer(handler: { _ in
            var response = HTTPResponse(status: 200, body: Array(repeating: 1, count: 8 << 20))
            response.lease = Lease()
            return response
        }) { _, port in
            await onThread {
                let request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
                let taker = RawClient(port: port)
                taker.send(request)
                usleep(200_000)
                #expect(Lease.count.withLock { $0 } == 1, "the answer is on its way")
                #expect(taker.readResponse()?.body.count == 8 << 20)
                while Lease.count.withLock({ $0 }) > 0 { usleep(1_000) }
                do {
                    let gone = RawClient(port: port)
                    gone.send(request)
                    while Lease.count.withLock({ $0 }) == 0 { usleep(1_000) }
                    gone.resetOnClose()
                }
                while Lease.count.withLock({ $0 }) > 0 { usleep(1_000) }
            }
        }
    }

    @Test("a HEAD that is refused at its first line is answered without a body")
    func headRefused() async throws {
        try await withServer { _, port in
            let answers = await onThread { () -> [(Int?, [UInt8]?)] in
                [
                    "HEAD /\(String(repeating: "a", count: 3_000)) HTTP/1.1\r\n",
                    "HEAD /a HTTP/3.0\r\n", "HEAD a HTTP/1.1\r\n",
                ]
                .map { line in
                    let client = RawClient(port: port)
                    client.send(line + "Host: a\r\n\r\n")
                    let all = client.readToEnd() ?? []
                    let text = String(decoding: all, as: UTF8.self)
                    let body = text.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first
                    return (Int(text.dropFirst(9).prefix(3)), body.map { Array($0.utf8) })
                }
            }
            #expect(answers.map(\.0) == [414, 505, 400])
            #expect(answers.allSatisfy { $0.1 == nil || $0.1 == [] }, "\(answers)")
        }
    }
}
