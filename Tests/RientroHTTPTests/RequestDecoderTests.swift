import Testing

@testable import RientroHTTP

@Suite("the request decoder")
struct RequestDecoderTests {
    /// What a stream came to: requests in order, and a refusal at its end, if any.
    private struct Reading: Equatable {
        var requests: [HTTPRequest] = []
        var keepsAlive: [Bool] = []
        var refusal: HTTPRefusal?
    }

    private func read(_ pieces: [ArraySlice<UInt8>]) -> Reading {
        var decoder = RequestDecoder(limits: HTTPLimits(), peer: "127.0.0.1")
        var reading = Reading()
        for piece in pieces {
            piece.withUnsafeBufferPointer { decoder.append($0) }
            steps: while true {
                switch decoder.next() {
                case .request(let request, let keepsAlive):
                    reading.requests.append(request)
                    reading.keepsAlive.append(keepsAlive)
                case .refused(let refusal):
                    reading.refusal = refusal
                    break steps
                case .wantsContinue, .needsMore, .wantsAdmission:
                    break steps
                }
            }
        }
        return reading
    }

    /// Every way to cut long text in two takes too long; its ends and a sample of the middle
    /// remain.
    private func cuts(_ count: Int) -> [Int] {
        count <= 600
            ? Array(0...count)
            : Array(0...200) + Array(stride(from: 201, to: count - 100, by: 997))
                + Array((count - 100)...count)
    }

    private func expectSameForEverySplit(_ text: String, _ expected: Reading) {
        let bytes = Array(text.utf8)
        #expect(read([bytes[...]]) == expected)
        #expect(read(bytes.indices.map { bytes[$0...$0] }) == expected, "byte by byte")
        for cut in cuts(bytes.count) {
            let reading = read([bytes[..<cut], bytes[cut...]])
            #expect(reading == expected, "cut at \(cut)")
        }
    }

    @Test("a valid request is read the same however it is cut")
    func validRequests() throws {
        for vector in try ValidRequests.all() {
            expectSameForEverySplit(
                vector.text,
                Reading(requests: [vector.request], keepsAlive: [vector.keepsAlive]))
        }
    }

    @Test(
        "a malformed request is refused the same however it is cut",
        arguments: MalformedRequests.all)
    func malformedRequests(_ vector: MalformedRequests.Vector) throws {
        let whole = read([Array(vector.text.utf8)[...]])
        let refusal = try #require(whole.refusal)
        #expect(refusal.status == vector.status)
        expectSameForEverySplit(vector.text, Reading(refusal: refusal))
    }

    @Test("nothing is read after a refusal")
    func nothingAfterRefusal() {
        let text = "GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"
        expectSameForEverySplit(text, Reading(refusal: .badHost))
    }

    @Test("requests that follow each other are read in order, each from where the last one ended")
    func pipelined() throws {
        let vectors = try ValidRequests.all()
        let reading = read([Array(vectors.map(\.text).joined().utf8)[...]])
        #expect(reading.requests == vectors.map(\.request))
        let short = vectors.filter { $0.text.utf8.count < 200 }
        expectSameForEverySplit(
            short.prefix(4).map(\.text).joined(),
            Reading(
                requests: short.prefix(4).map(\.request),
                keepsAlive: short.prefix(4).map(\.keepsAlive)))
    }

    @Test("a body smuggled behind a length is the next request's beginning, and refused as such")
    func leftovers() {
        let text = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcdef\r\n"
        let reading = read([Array(text.utf8)[...]])
        #expect(reading.requests.map(\.body) == [Array("abc".utf8)])
        #expect(reading.refusal?.status == 400)
    }

    @Test("a body of exactly the limit is read, and one byte more is refused before it comes")
    func bodyLimit() {
        let limit = HTTPLimits.Default.bodyBytesMax
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
        let body = [UInt8](repeating: 7, count: limit)
        let reading = read([Array("\(head)\(limit)\r\n\r\n".utf8)[...], body[...]])
        #expect(reading.requests.first?.body == body)
        #expect(read([Array("\(head)\(limit + 1)\r\n\r\n".utf8)[...]]).refusal == .bodyTooLarge)
        let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n500000\r\n"
        let end = Array("\r\n0\r\n\r\n".utf8)
        #expect(read([Array(chunked.utf8)[...], body[...], end[...]]).requests.first?.body == body)
    }

    @Test("64 fields are read")
    func fieldLimit() {
        let text =
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 63) + "\r\n"
        #expect(read([Array(text.utf8)[...]]).requests.first?.fields.count == 64)
    }

    @Test("a value that is not UTF-8 is refused")
    func latin1() {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xE9, 0x0D, 0x0A, 0x0D, 0x0A]
        #expect(read([bytes[...]]).refusal == .badField)
    }

    @Test("100 Continue is wanted only where the body has not begun to come")
    func wantsContinue() {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
        func steps(_ text: String) -> RequestDecoder.Step {
            var decoder = RequestDecoder(limits: HTTPLimits(), peer: "p")
            Array(text.utf8).withUnsafeBufferPointer { decoder.append($0) }
            return decoder.next()
        }
        #expect(steps(head) == .wantsContinue)
        #expect(steps(head + "a") == .needsMore(.body))
        #expect(steps(head.replacing("1.1", with: "1.0")) == .needsMore(.body))
        #expect(
            steps(head.replacing("100-continue", with: "100")) == .refused(.unsupportedExpectation))
        #expect(steps(head.replacing(": 3", with: ": 5242881")) == .refused(.bodyTooLarge))
    }
}
