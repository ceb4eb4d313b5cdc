import Glibc
import RientroHTTP
import Testing

@Suite("the server's limits", .timeLimit(.minutes(2)))
struct ServerLimitsTests {
    private let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("a header sent one byte at a time is cut off")
    func slowHead() async throws {
        var limits = HTTPLimits()
        limits.headMilliseconds = 300
        try await withServer(limits: limits) { _, port in
            let (sent, response, rest) = await onThread { () -> (Int, RawResponse?, [UInt8]?) in
                let client = RawClient(port: port)
                client.send("GET /a HTTP/1.1\r\nHost: a\r\nX: ")
                var sent = 0
                while sent < 500 && !client.isReadable(within: 50) {
                    client.send("y")
                    sent += 1
                }
                return (sent, client.readResponse(), client.readToEnd())
            }
            // 500 bytes take 25 s: a timer that begins again with each byte would never end it.
            #expect(sent < 500)
            #expect(response?.status == 408)
            #expect(rest == [])
        }
    }

    @Test("a body that comes too slowly is cut off")
    func slowBody() async throws {
        var limits = HTTPLimits()
        limits.bodyGraceMilliseconds = 300
        let refusals = Refusals()
        try await withServer(limits: limits, refusals: refusals) { _, port in
            let (sent, response) = await onThread { () -> (Int, RawResponse?) in
                let client = RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
                var sent = 0
                while sent < 500 && !client.isReadable(within: 50) {
                    client.send("y")
                    sent += 1
                }
                return (sent, client.readResponse())
            }
            #expect(sent < 500)
            #expect(response?.status == 408)
        }
        #expect(refusals.all == [.bodyTooSlow])
    }

    @Test("a connection without a request is closed without a word, before and after one")
    func idle() async throws {
        var limits = HTTPLimits()
        limits.idleMilliseconds = 200
        try await withServer(limits: limits) { _, port in
            let (fresh, status, used) = await onThread { [get] in
                let fresh = RawClient(port: port).readToEnd()
                let client = RawClient(port: port)
                client.send(get)
                return (fresh, client.readResponse()?.status, client.readToEnd())
            }
            #expect(fresh == [])
            #expect(status == 200)
            #expect(used == [])
        }
    }

    @Test("a client that does not take its answer is cut off")
    func stalledWrite() async throws {
        var limits = HTTPLimits()
        limits.writeStallMilliseconds = 300
        let size = 32 << 20
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 65, count: size))
        }
        try await withServer(limits: limits, handler: handler) { server, port in
            let count = await onThread { [get] in
                let client = RawClient(port: port, receiveBytes: 8 << 10)
                client.send(get)
                usleep(1_500_000)
                return client.readToEnd()?.count
            }
            let taken = try #require(count)
            #expect(taken < size)
        }
    }

    @Test("at the limit of connections the next waits in the backlog until one closes")
    func connectionLimit() async throws {
        var limits = HTTPLimits()
        limits.connectionsMax = 2
        limits.givesWayMilliseconds = 60_000
        try await withServer(limits: limits) { _, port in
            let (first, early, late) = await onThread { [get] in
                var open = [RawClient(port: port), RawClient(port: port)]
                var first: [Int?] = []
                for client in open {
                    client.send(get)
                    first.append(client.readResponse()?.status)
                }
                let third = RawClient(port: port)
                third.send(get)
                let early = third.isReadable(within: 300)
                open.removeLast()
                return (first, early, third.readResponse()?.status)
            }
            #expect(first == [200, 200])
            #expect(!early)
            #expect(late == 200)
        }
    }

    @Test(
        "at the limit the connection that has asked nothing longest gives way, and no busy one does"
    )
    func givesWay() async throws {
        var limits = HTTPLimits()
        limits.connectionsMax = 3
        limits.givesWayMilliseconds = 200
        let gate = Gate()
        try await withServer(
            limits: limits,
            handler: { request in
                if request.path == "/slow" { await gate.wait() }
                return HTTPResponse(status: 200)
            }
        ) { _, port in
            let (last, ends) = await onThread { [get] in
                let busy = RawClient(port: port)
                busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
                while gate.waitingCount < 1 { usleep(1_000) }
                let older = RawClient(port: port)
                usleep(50_000)
                let younger = RawClient(port: port)
                younger.send("GET /half")
                usleep(50_000)
                let last = RawClient(port: port)
                last.send(get)
                let status = last.readResponse()?.status
                let closed = older.readToEnd()
                let isOpen = !younger.isReadable(within: 10)
                gate.open()
                return (status, [closed == [], isOpen, busy.readResponse()?.status == 200])
            }
            #expect(last == 200)
            #expect(
                ends == [true, true, true], "the older closed, the younger open, the busy served")
        }
    }

    @Test("one address may hold so many connections, where that is wanted")
    func peerLimit() async throws {
        var limits = HTTPLimits()
        limits.connectionsPerPeerMax = 1
        let refusals = Refusals()
        try await withServer(limits: limits, refusals: refusals) { _, port in
            let statuses = await onThread { [get] in
                let first = RawClient(port: port)
                first.send(get)
                let one = first.readResponse()?.status
                return [one, RawClient(port: port).readResponse()?.status]
            }
            #expect(statuses == [200, 503])
        }
        #expect(refusals.all == [.tooManyConnections])
    }

    @Test("bodies that hold too much memory together get 503, and those that are whole are served")
    func memoryLimit() async throws {
        var limits = HTTPLimits()
        limits.bodyBytesMax = 1_000
        limits.heldBytesMax = 1_500
        let gate = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            await gate.wait()
            return HTTPResponse(status: 200)
        }
        let refusals = Refusals()
        try await withServer(limits: limits, refusals: refusals, handler: handler) { _, port in
            let statuses = await onThread {
                let head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
                let body = String(repeating: "x", count: 999)
                let whole = RawClient(port: port)
                whole.send(head + body + "x")
                while gate.waitingCount < 1 { usleep(1_000) }
                let half = RawClient(port: port)
                half.send(head + body)
                let refused = half.readResponse()?.status
                gate.open()
                let served = whole.readResponse()?.status
                // What the first two held has been given back.
                let last = RawClient(port: port)
                last.send(head + body + "x")
                return [refused, served, last.readResponse()?.status]
            }
            #expect(statuses == [503, 200, 200])
        }
        #expect(refusals.all == [.tooManyBytes])
    }

    @Test("answers that nobody takes hold no more memory than the limit, and small ones still go")
    func answersHeld() async throws {
        var limits = HTTPLimits()
        // Two of the large answers, without what the kernel takes of them.
        limits.heldBytesMax = 17 << 20
        let refusals = Refusals()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            let count = request.path == "/large" ? 8 << 20 : 1_000
            return HTTPResponse(status: 200, body: [UInt8](repeating: 120, count: count))
        }
        try await withServer(limits: limits, refusals: refusals, handler: handler) { _, port in
            let statuses = await onThread { () -> [Int?] in
                let large = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n"
                let small = "GET /small HTTP/1.1\r\nHost: a\r\n\r\n"
                var idle = (0..<2).map { _ in RawClient(port: port, receiveBytes: 4_096) }
                for client in idle {
                    client.send(large)
                    guard client.isReadable(within: 5_000) else { return [] }
                }
                let refused = RawClient(port: port)
                refused.send(large)
                let other = RawClient(port: port)
                other.send(small)
                let before = [refused.readResponse()?.status, other.readResponse()?.status]
                idle = []
                // Until their ends are noticed.
                for _ in 0..<50 {
                    let last = RawClient(port: port)
                    last.send(large)
                    let status = last.readResponse()?.status
                    if status != 503 { return before + [status] }
                    usleep(100_000)
                }
                return before
            }
            #expect(statuses == [503, 200, 200])
        }
        #expect(Set(refusals.all) == [.tooManyBytes])
    }

    /// In a process of its own, since the limit of descriptors is the process's.
    @Test(
        "without descriptors the server neither spins nor dies, and serves again once it can"
    )
    func noDescriptors() async {
        await #expect(processExitsWith: .success) {
            let server = HTTPServer(listen: try HTTPAddress("127.0.0.1:0"), handler: echo)
            let port = try server.start().port
            let isRight = await onThread { () -> Bool in
                let request = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
                let waiting = (0..<4).map { _ in RawClient(port: port) }
                guard waiting.allSatisfy({ $0.send(request) && $0.readResponse() != nil }) else {
                    return false
                }
                let last = RawClient(port: port, isConnecting: false)
                var old = rlimit()
                getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &old)
                // One, not none: poll(2) refuses to wait for more descriptors than there may be.
                var none = rlimit(rlim_cur: 1, rlim_max: old.rlim_max)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &none)
                guard last.connect(port: port), last.send(request) else { return false }
                let before = clock()
                let isAnswered = last.isReadable(within: 1_000)
                let spent = Double(clock() - before) / Double(CLOCKS_PER_SEC)
                // A loop that spins spends the whole second.
                guard !isAnswered, spent < 0.5 else { return false }
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &old)
                return last.readResponse()?.status == 200
            }
            exit(isRight ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }
}
