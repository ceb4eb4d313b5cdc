import Foundation
import Testing

@testable import RientroClient

/// A little server by Python's standard library, which was not written here.
private final class PythonServer: Sendable {
    let url: URL
    private let process: Process

    private static let script = """
        import http.server, sys, time
        class H(http.server.BaseHTTPRequestHandler):
            def say(self, status, body=b'', **fields):
                self.send_response(status)
                for k, v in fields.items(): self.send_header(k.replace('_', '-'), v)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def do_GET(self):
                if self.path == '/c/redirect':
                    self.say(302, Location='/c/elsewhere')
                elif self.path == '/c/big':
                    self.say(200, b'x' * 3000000)
                elif self.path == '/c/cut':
                    self.send_response(200)
                    self.send_header('Content-Length', '1000')
                    self.end_headers()
                    self.wfile.write(b'only this')
                    self.wfile.flush()
                    self.close_connection = True
                elif self.path == '/c/slow':
                    time.sleep(20)
                else:
                    self.say(404, self.path.encode(), X_Thing='Yes')
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length']))
                who = self.headers.get('Authorization', 'nobody').encode()
                self.say(200, who + b' ' + body, Set_Cookie='a=b')
            def log_message(self, *a): pass
        s = http.server.ThreadingHTTPServer(('127.0.0.1', 0), H)
        print(s.server_address[1], flush=True)
        s.serve_forever()
        """

    init() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while line.last != 0x0A {
            let byte = pipe.fileHandleForReading.readData(ofLength: 1)
            try #require(!byte.isEmpty)
            line += byte
        }
        let port = String(decoding: line.dropLast(), as: UTF8.self)
        url = try #require(URL(string: "http://127.0.0.1:\(port)/c/"))
    }

    // A child may have SIGTERM blocked, and would then outlive the tests.
    deinit { kill(process.processIdentifier, SIGKILL) }
}

@Suite("URLSession as transport", .timeLimit(.minutes(1)), .tags(.processes))
struct URLSessionTransportTests {
    private func get(
        _ path: String, most: Int = 1_000_000, seconds: Int = 10
    ) -> TransportRequest {
        TransportRequest(method: .get, path: path, timeoutSeconds: seconds, answerBytesMax: most)
    }

    @Test("carries method, path below the server's, header fields and body both ways")
    func exchange() async throws {
        let server = try PythonServer()
        let transport = try URLSessionTransport(server: server.url)
        var request = TransportRequest(
            method: .post, path: "/v1/sync", body: [65, 66], timeoutSeconds: 10,
            answerBytesMax: 100)
        request.headers = [("Authorization", "Bearer 00ff")]
        let answer = try await transport.send(request)
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "Bearer 00ff AB")
        let missing = try await transport.send(get("/v1/digest?table=1"))
        #expect(missing.status == 404 && missing.header("x-thing") == "Yes")
        #expect(String(decoding: missing.body, as: UTF8.self) == "/c/v1/digest?table=1")
    }

    @Test("follows no redirect, which could carry the token to a stranger")
    func redirect() async throws {
        let server = try PythonServer()
        let transport = try URLSessionTransport(server: server.url)
        let answer = try await transport.send(get("/redirect"))
        #expect(answer.status == 302)
    }

    @Test("takes no more of an answer than was allowed")
    func tooLong() async throws {
        let server = try PythonServer()
        let transport = try URLSessionTransport(server: server.url)
        let answer = try await transport.send(get("/big", most: 1_000))
        #expect(answer.status == 200 && answer.isCut && answer.body.count == 1_000)
        let whole = try await transport.send(get("/big", most: 3_000_000))
        #expect(!whole.isCut && whole.body.count == 3_000_000)
    }

    @Test("a cut answer, silence and nobody there are no contact", arguments: ["/cut", "/slow"])
    func noContact(path: String) async throws {
        let server = try PythonServer()
        let transport = try URLSessionTransport(server: server.url)
        await #expect(throws: TransportError.self) {
            try await transport.send(get(path, seconds: 1))
        }
        let nobody = try URLSessionTransport(
            server: try #require(URL(string: "http://127.0.0.1:1")))
        await #expect(throws: TransportError.self) { try await nobody.send(get("/")) }
    }

    @Test(
        "only http and https addresses are taken", arguments: ["ftp://a/", "file:///a", "centre"])
    func schemes(text: String) throws {
        let url = try #require(URL(string: text))
        #expect(throws: ReplicaError.self) { try URLSessionTransport(server: url) }
    }
}
