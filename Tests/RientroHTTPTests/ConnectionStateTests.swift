import Testing

@testable import RientroHTTP

/// The state machine without a socket, with a clock that the test sets.
@Suite("the connection's state")
struct ConnectionStateTests {
    private let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
    private let request = HTTPRequest(
        method: "GET", path: "/a", fields: ConnectionStateTests.host, peer: "p")

    private static var host: HTTPFields {
        var fields = HTTPFields()
        fields.append(parsedName: "Host", value: "a")
        return fields
    }

    private func at(_ milliseconds: Int64) -> Moment { Moment(milliseconds: milliseconds) }

    private func state(_ limits: HTTPLimits = HTTPLimits()) -> ConnectionState {
        ConnectionState(limits: limits, peer: "p", at: at(0))
    }

    private func receive(
        _ text: String, _ state: inout ConnectionState, at milliseconds: Int64
    ) -> ConnectionState.Action {
        Array(text.utf8).withUnsafeBufferPointer { state.received($0, at: at(milliseconds)) }
    }

    private func status(_ action: ConnectionState.Action) -> String {
        switch action {
        case .send(let bytes), .refuse(_, let bytes):
            String(String(decoding: bytes.bytes, as: UTF8.self).prefix(12))
        default: "\(action)"
        }
    }

    @Test("a request is handled, answered, and the next one waited for")
    func ordinary() {
        var state = state()
        #expect(state.wantsInput)
        #expect(receive(get, &state, at: 5) == .handle(request))
        #expect(!state.wantsInput)
        #expect(state.deadline == nil)
        let action = state.answered(HTTPResponse(status: 200), at: at(90_000))
        #expect(
            action
                == .send(OutgoingBytes(Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8))))
        #expect(state.sent(38, remaining: 0, at: at(90_000)) == .receive)
        #expect(state.phase == .idle(since: at(90_000)))
        #expect(state.deadline == at(120_000))
        #expect(state.deadlinePassed(at: at(119_999)) == .wait)
        #expect(state.deadlinePassed(at: at(120_000)) == .close)
    }

    @Test("a second request that came with the first waits for its turn")
    func pipelined() {
        var state = state()
        #expect(receive(get + get, &state, at: 0) == .handle(request))
        _ = state.answered(HTTPResponse(status: 200), at: at(1))
        #expect(state.sent(10, remaining: 28, at: at(1)) == .wait)
        #expect(state.sent(28, remaining: 0, at: at(2)) == .handle(request))
    }

    @Test("a head has ten seconds from its first byte, however many pieces it comes in")
    func headDeadline() {
        var state = state()
        #expect(state.deadline == at(30_000))
        for second in 20..<30 {
            #expect(receive("G", &state, at: Int64(second) * 1_000) == .receive)
            #expect(state.deadline == at(30_000))
        }
        #expect(state.deadlinePassed(at: at(29_999)) == .wait)
        #expect(status(state.deadlinePassed(at: at(30_000))) == "HTTP/1.1 408")
    }

    @Test("a second head has its ten seconds from the end of the first answer")
    func secondHeadDeadline() {
        var state = state()
        _ = receive(get + "GET", &state, at: 1_000)
        _ = state.answered(HTTPResponse(status: 200), at: at(60_000))
        #expect(state.sent(38, remaining: 0, at: at(61_000)) == .receive)
        #expect(state.deadline == at(71_000))
    }

    @Test("a body has ten seconds, and one more for each KiB that has come")
    func bodyDeadline() {
        var state = state()
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
        #expect(receive(head, &state, at: 1_000) == .receive)
        #expect(state.deadline == at(11_000))
        #expect(receive(String(repeating: "x", count: 2_048), &state, at: 10_000) == .receive)
        #expect(state.deadline == at(13_000))
        #expect(status(state.deadlinePassed(at: at(13_000))) == "HTTP/1.1 408")
    }

    @Test("zeros that pad a chunk's framing buy no time")
    func framingBuysNoTime() {
        var state = state()
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        _ = receive(head, &state, at: 0)
        _ = receive("0000001\r\nx\r\n000000", &state, at: 9_000)
        #expect(state.deadline == at(10_000))
    }

    @Test("an answer has thirty seconds after each progress, and has to keep a rate besides")
    func sendingDeadline() {
        var state = state()
        _ = receive(get, &state, at: 0)
        _ = state.answered(HTTPResponse(status: 200, body: [1, 2, 3]), at: at(0))
        #expect(state.deadline == at(30_000))
        #expect(state.sent(1_024, remaining: 9_000, at: at(500)) == .wait)
        #expect(state.deadline == at(30_500))
        #expect(state.sent(1, remaining: 8_999, at: at(29_000)) == .wait)
        #expect(state.deadline == at(31_000))
        #expect(state.deadlinePassed(at: at(31_000)) == .close)
    }

    @Test("after the last answer the client's end is waited for, and what comes is thrown away")
    func lingering() {
        var state = state()
        #expect(receive("GET / HTTP/1.1\r\n\r\n" + get, &state, at: 0) != .receive)
        #expect(state.sent(99, remaining: 0, at: at(10)) == .endOutput)
        #expect(receive(get, &state, at: 20) == .receive)
        #expect(state.deadline == at(2_010))
        #expect(state.inputEnded(at: at(30)) == .close)
    }

    @Test("thrown away is at most as much as a body")
    func lingeringBytes() {
        var limits = HTTPLimits()
        limits.bodyBytesMax = 100
        var state = state(limits)
        _ = receive("GET / HTTP/1.1\r\n\r\n", &state, at: 0)
        _ = state.sent(99, remaining: 0, at: at(10))
        #expect(receive(String(repeating: "x", count: 100), &state, at: 20) == .receive)
        #expect(receive("x", &state, at: 20) == .close)
    }

    @Test("the client's end closes an idle connection and refuses half a request")
    func inputEnded() {
        var idle = state()
        #expect(idle.inputEnded(at: at(1)) == .close)
        var half = state()
        _ = receive("GET", &half, at: 0)
        #expect(status(half.inputEnded(at: at(1))) == "HTTP/1.1 400")
        #expect(half.sent(99, remaining: 0, at: at(1)) == .close)
    }

    @Test("100 Continue is sent once, and the body's deadline goes on")
    func interim() {
        var state = state()
        let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"
        #expect(status(receive(head, &state, at: 0)) == "HTTP/1.1 100")
        #expect(state.sent(25, remaining: 0, at: at(100)) == .receive)
        #expect(state.deadline == at(10_000))
        #expect(status(receive("x", &state, at: 200)).hasPrefix("handle"))
    }

    @Test("the answer to a request says close when the server is stopping")
    func stopping() {
        var running = state()
        _ = receive(get + get, &running, at: 0)
        #expect(running.stop() == .wait)
        guard case .send(let bytes) = running.answered(HTTPResponse(status: 204), at: at(1)) else {
            Issue.record("an answer is sent")
            return
        }
        #expect(
            String(decoding: bytes.bytes, as: UTF8.self)
                == "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        // The second request is not begun.
        #expect(running.sent(bytes.count, remaining: 0, at: at(1)) == .endOutput)
        var idle = state()
        #expect(idle.stop() == .close)
    }

    @Test("an answer to a connection that is gone changes nothing")
    func late() {
        var state = state()
        _ = receive(get, &state, at: 0)
        #expect(state.broken() == .close)
        #expect(state.answered(HTTPResponse(status: 200), at: at(1)) == .wait)
        #expect(state.deadline == nil)
    }

    @Test("a client that takes nothing of its answer buys no time, however often it is tried")
    func takesNothing() {
        var state = state()
        _ = receive(get, &state, at: 0)
        _ = state.answered(HTTPResponse(status: 200), at: at(1_000))
        #expect(state.sent(10, remaining: 28, at: at(1_000)) == .wait)
        #expect(state.deadline == at(31_000))
        for second in 3..<31 {
            #expect(state.sent(0, remaining: 28, at: at(Int64(second) * 1_000)) == .wait)
        }
        #expect(state.deadline == at(31_000))
        #expect(state.deadlinePassed(at: at(30_999)) == .wait)
        #expect(state.deadlinePassed(at: at(31_000)) == .close)
    }

    @Test("limits as long as the clock lasts do not overflow")
    func endless() {
        var limits = HTTPLimits()
        limits.headMilliseconds = .max
        limits.bodyGraceMilliseconds = .max
        limits.idleMilliseconds = .max
        limits.writeStallMilliseconds = .max
        var state = state(limits)
        #expect(state.deadline == at(.max))
        _ = receive("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx", &state, at: 7)
        #expect(state.deadline == at(.max))
        _ = receive("x", &state, at: 8)
        _ = state.answered(HTTPResponse(status: 200), at: at(9))
        _ = state.sent(9, remaining: 9, at: at(9))
        #expect(state.deadline == at(.max))
    }
}
