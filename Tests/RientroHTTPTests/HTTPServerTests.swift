import Glibc
import RientroHTTP
import Testing

@Suite("the server", .timeLimit(.minutes(2)))
struct HTTPServerTests {
    private let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("a malformed request gets its status and a closed connection, through a socket")
    func malformed() async throws {
        let refusals = Refusals()
        try await withServer(refusals: refusals) { _, port in
            for vector in MalformedRequests.all {
                let (response, rest) = await onThread { () -> (RawResponse?, [UInt8]?) in
                    let client = RawClient(port: port)
                    // What follows must never be read as a request.
                    client.send(vector.text + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
                    return (client.readResponse(), client.readToEnd())
                }
                #expect(response?.status == vector.status, "\(vector.name)")
                #expect(response?.fields["connection"] == "close", "\(vector.name)")
                #expect(rest == [], "\(vector.name): closed, and nothing else said")
            }
        }
        #expect(refusals.all.map(\.status) == MalformedRequests.all.map(\.status))
    }

    @Test("a connection serves one request after another")
    func keepAlive() async throws {
        try await withServer { _, port in
            let bodies = await onThread {
                let client = RawClient(port: port)
                return (0..<5).map { number in
                    client.send("POST /\(number) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx")
                    return client.readResponse()?.body
                }
            }
            #expect(bodies == (0..<5).map { "POST /\($0) x" })
        }
    }

    @Test("requests sent together are answered one by one and in order")
    func pipelined() async throws {
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            // The first takes longer than the second.
            if request.path == "/slow" { try? await Task.sleep(for: .milliseconds(100)) }
            return await echo(request)
        }
        try await withServer(handler: handler) { _, port in
            let bodies = await onThread {
                let client = RawClient(port: port)
                client.send(
                    "GET /slow HTTP/1.1\r\nHost: a\r\n\r\nGET /fast HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return [client.readResponse(), client.readResponse(), client.readResponse()]
                    .map { $0?.body } + [client.readToEnd().map { "\($0.count)" }]
            }
            #expect(bodies == ["GET /slow ", "GET /fast ", "GET /last ", "0"])
        }
    }

    @Test(
        "HTTP/1.0, Connection: close and a connection's last request are closed after the answer"
    )
    func closing() async throws {
        var limits = HTTPLimits()
        limits.requestsPerConnectionMax = 2
        try await withServer(limits: limits) { _, port in
            for first in ["", get] {
                let requests =
                    first.isEmpty
                    ? [
                        "GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n",
                        "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    ] : [get]
                for request in requests {
                    let (response, rest) = await onThread { () -> (RawResponse?, [UInt8]?) in
                        let client = RawClient(port: port)
                        client.send(first)
                        if !first.isEmpty { _ = client.readResponse() }
                        client.send(request)
                        return (client.readResponse(), client.readToEnd())
                    }
                    #expect(response?.body == "GET /a ")
                    #expect(response?.fields["connection"] == "close")
                    #expect(rest == [])
                }
            }
        }
    }

    @Test("HEAD is answered with the length of the body and without it")
    func head() async throws {
        try await withServer { _, port in
            let answers = await onThread {
                let client = RawClient(port: port)
                client.send("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n")
                let head = client.readResponse(hasBody: false)
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
                return [head, client.readResponse()]
            }
            #expect(answers[0]?.fields["content-length"] == "10")
            #expect(answers[1]?.body == "GET /a ")
        }
    }

    @Test("a client that has ended its side still gets its answer")
    func halfClosed() async throws {
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            try? await Task.sleep(for: .milliseconds(100))
            return HTTPResponse(status: Task.isCancelled ? 500 : 200, body: Array("done".utf8))
        }
        try await withServer(handler: handler) { _, port in
            let (response, rest) = await onThread { [get] in
                let client = RawClient(port: port)
                client.send(get)
                client.endOutput()
                return (client.readResponse(), client.readToEnd())
            }
            #expect(response?.status == 200)
            #expect(rest == [])
        }
    }

    @Test("a request cut off by the client's end gets 400")
    func cutOff() async throws {
        try await withServer { _, port in
            for text in ["GET / HT", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc"] {
                let response = await onThread {
                    let client = RawClient(port: port)
                    client.send(text)
                    client.endOutput()
                    return client.readResponse()
                }
                #expect(response?.status == 400)
            }
        }
    }

    @Test("a handler is cancelled when the client resets the connection")
    func cancelled() async throws {
        let began = Gate()
        let cancelled = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            began.open()
            do {
                try await Task.sleep(for: .seconds(50))
            } catch {
                cancelled.open()
            }
            return HTTPResponse(status: 200)
        }
        try await withServer(handler: handler) { _, port in
            let text = get
            await onThread {
                let client = RawClient(port: port)
                client.send(text)
                // The handler begins on the server's thread, which needs nothing of ours.
                while began.isClosed { usleep(1_000) }
                client.resetOnClose()
            }
            await cancelled.wait()
        }
    }

    @Test("two hundred long polls wait without a thread each, and are all answered")
    func longPolls() async throws {
        let gate = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            await gate.wait()
            return await echo(request)
        }
        try await withServer(handler: handler) { _, port in
            let answered = await onThread { [get] in
                let clients = (0..<200).map { _ in RawClient(port: port) }
                for client in clients { client.send(get) }
                while gate.waitingCount < clients.count { usleep(1_000) }
                gate.open()
                return clients.filter { $0.readResponse()?.body == "GET /a " }.count
            }
            #expect(answered == 200)
        }
    }

    /// In a process of its own, whose pool it blocks for good.
    @Test("a handler that does not suspend is answered though Swift's pool is busy")
    func inline() async {
        await #expect(processExitsWith: .success) {
            let server = HTTPServer(listen: try HTTPAddress("127.0.0.1:0"), handler: echo)
            let port = try server.start().port
            await onThread {
                for _ in 0..<64 { Task.detached { while true { usleep(100_000) } } }
                usleep(100_000)
                let client = RawClient(port: port)
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
                exit(client.readResponse()?.body == "GET /a " ? EXIT_SUCCESS : EXIT_FAILURE)
            }
        }
    }

    @Test("a body of 5 MiB and an answer of 20 MiB pass whole")
    func large() async throws {
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            HTTPResponse(
                status: 200, body: request.body + request.body + request.body + request.body)
        }
        try await withServer(handler: handler) { _, port in
            let isWhole = await onThread {
                let body = String(repeating: "0123456789abcdef", count: (5 << 20) / 16)
                let client = RawClient(port: port)
                client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(5 << 20)\r\n\r\n" + body)
                return client.readResponse()?.body == body + body + body + body
            }
            #expect(isWhole)
        }
    }

    @Test("a client that sends a body above the limit without waiting still reads why not")
    func tooLarge() async throws {
        try await withServer { _, port in
            let length = 6 << 20
            let head = "POST / HTTP/1.1\r\nHost: a\r\n"
            for framing in [
                "Content-Length: \(length)\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n600000\r\n",
            ] {
                let response = await onThread {
                    let client = RawClient(port: port)
                    client.send(head + framing)
                    client.send(String(repeating: "x", count: 4 << 20))
                    return client.readResponse()
                }
                #expect(response?.status == 413)
                #expect(response?.body == "body_too_large\n")
            }
        }
    }

    @Test("a server starts once, and a port that is taken is an error")
    func starting() async throws {
        try await withServer { server, port in
            #expect(throws: HTTPError.alreadyStarted) { try server.start() }
            let second = HTTPServer(listen: try HTTPAddress("127.0.0.1:\(port)"), handler: echo)
            #expect(throws: HTTPError.system(call: "bind", errno: EADDRINUSE)) {
                try second.start()
            }
            await server.stop(graceSeconds: 0)
            #expect(try second.start().port == port, "the port has become free")
            await second.stop(graceSeconds: 0)
        }
        let stopped = HTTPServer(listen: try HTTPAddress("127.0.0.1:0"), handler: echo)
        await stopped.stop(graceSeconds: 1)
        #expect(throws: HTTPError.alreadyStarted) { try stopped.start() }
    }
}
