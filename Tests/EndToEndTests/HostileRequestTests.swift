import Foundation
import Testing

/// The real server against requests that were made to confuse it.
@Suite("hostile requests", .ownThreads, .timeLimit(.minutes(10)))
struct HostileRequestTests {
    @Test("no malformed request is served: each gets its status, and the connection ends")
    func malformed() throws {
        let folder = try Folder()
        let centre = folder("centre")
        try folder.run(Programs.centre, ["init", centre]).expect(0)
        let server = try ServerProcess(centre, in: folder)
        #expect(HostileRequests.measured.count >= 15)
        #expect(HostileRequests.more.count >= 20)
        for request in HostileRequests.measured + HostileRequests.more {
            let socket = try Socket(port: server.port)
            socket.send(Array(request.text.utf8))
            guard let bytes = socket.receiveToEnd(seconds: 15) else {
                Issue.record("\(request.name): the connection stays open")
                continue
            }
            let answer = HTTPText(head: bytes, body: [])
            #expect(
                answer.status == request.status,
                "\(request.name): \(String(decoding: bytes.prefix(300), as: UTF8.self))")
            let first = String(decoding: bytes, as: UTF8.self).components(separatedBy: "HTTP/1.1 ")
            #expect(first.count == 2, "\(request.name): more than one answer")
        }
        #expect(try server.ask(.request("GET", "/healthz")).status == 200)
        #expect(try server.stop() == .exit(0))
    }

    @Test("what a malformed request carries behind it is never served")
    func smuggled() throws {
        let folder = try Folder()
        let centre = folder("centre")
        try folder.run(Programs.centre, ["init", centre]).expect(0)
        let server = try ServerProcess(centre, in: folder)
        let inner = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        let outer =
            "POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Length: \(inner.utf8.count)\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner
        let socket = try Socket(port: server.port)
        socket.send(Array(outer.utf8))
        let bytes = try #require(socket.receiveToEnd(seconds: 15), "the connection stays open")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("HTTP/1.1 400 "))
        #expect(!text.contains("200 OK"), "\(text)")
        #expect(try server.metrics().keys.allSatisfy { !$0.contains("healthz") })
    }

    @Test("a header sent one byte a second is cut off, and others are served meanwhile")
    func slow() throws {
        let folder = try Folder()
        let centre = folder("centre")
        try folder.run(Programs.centre, ["init", centre]).expect(0)
        let server = try ServerProcess(centre, in: folder)
        let socket = try Socket(port: server.port)
        let begin = Date()
        var ended = false
        for byte in Array("GET /healthz HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8) {
            let isSent = socket.send([byte])
            if !isSent {
                ended = true
                break
            }
            if let heard = socket.receive(seconds: 1) {
                #expect(!String(decoding: heard, as: UTF8.self).contains(" 200 "))
                ended = true
                break
            }
            #expect(try server.ask(.request("GET", "/healthz")).status == 200)
        }
        #expect(ended, "still listening after \(Date().timeIntervalSince(begin)) s")
        // The limit is 10 s; the rest is a machine that has much to do.
        #expect(Date().timeIntervalSince(begin) < 25)
    }
}
