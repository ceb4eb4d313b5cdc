import Glibc
import RientroHTTP
import Testing

@Suite("stopping", .timeLimit(.minutes(2)))
struct ServerStopTests {
    private let get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("waits for a running request, closes idle connections, and takes no new one")
    func graceful() async throws {
        let gate = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
            if request.path == "/a" { await gate.wait() }
            return await echo(request)
        }
        try await withServer(handler: handler) { server, port in
            async let running = onThread { [get] in
                let client = RawClient(port: port)
                client.send(get)
                return (client.readResponse(), client.readToEnd())
            }
            async let idle = onThread {
                let client = RawClient(port: port)
                client.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n")
                let status = client.readResponse()?.status
                return (status, client.readToEnd())
            }
            await onThread { while gate.waitingCount < 1 { usleep(1_000) } }
            async let stopped: Void = server.stop(graceSeconds: 60)
            let (status, rest) = await idle
            #expect(status == 200)
            #expect(rest == [])
            #expect(await onThread { RawClient(port: port).isConnected } == false)
            gate.open()
            let (response, end) = await running
            #expect(response?.body == "GET /a ")
            #expect(response?.fields["connection"] == "close")
            #expect(end == [])
            await stopped
        }
    }

    @Test("lets a request that has begun to come be finished and answered")
    func halfReceived() async throws {
        let refusals = Refusals()
        try await withServer(refusals: refusals) { server, port in
            let began = Gate()
            let stopping = Gate()
            async let response = onThread {
                let client = RawClient(port: port)
                client.send(
                    "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                        + "Expect: 100-continue\r\n\r\n"
                )
                // The interim answer shows that the head has been read.
                let interim = client.readResponse()?.status
                client.send("x")
                began.open()
                while stopping.isClosed || RawClient(port: port).isConnected { usleep(1_000) }
                client.send("y")
                return (interim, client.readResponse())
            }
            await began.wait()
            stopping.open()
            await server.stop(graceSeconds: 60)
            let (interim, final) = await response
            #expect(interim == 100)
            #expect(final?.body == "POST /a xy")
            #expect(final?.fields["connection"] == "close")
        }
        #expect(refusals.all == [])
    }

    @Test("cancels what still runs when the grace is over")
    func graceOver() async throws {
        let cancelled = Gate()
        let began = Gate()
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            began.open()
            do {
                try await Task.sleep(for: .seconds(50))
            } catch {
                cancelled.open()
            }
            return HTTPResponse(status: 200)
        }
        try await withServer(handler: handler) { server, port in
            async let rest = onThread { [get] in
                let client = RawClient(port: port)
                client.send(get)
                return client.readToEnd()
            }
            await began.wait()
            await server.stop(graceSeconds: 0)
            await cancelled.wait()
            #expect(await rest == [])
        }
    }

    @Test("may be asked for twice at once")
    func twice() async throws {
        try await withServer { server, _ in
            async let one: Void = server.stop(graceSeconds: 60)
            async let other: Void = server.stop(graceSeconds: 60)
            _ = await (one, other)
            await server.stop(graceSeconds: 60)
        }
    }
}
