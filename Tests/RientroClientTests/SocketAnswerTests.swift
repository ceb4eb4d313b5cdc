import Foundation
import Testing

@testable import RientroClient

/// Answers by hand, as RFC 9112 writes them.
@Suite("an answer over a socket")
struct SocketAnswerTests {
    private static let answers: [(text: String, status: Int, body: String)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\nhello", 200, "hello"),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\ncontent-length:0\r\n\r\n", 503, ""),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n",
            200, "hello"
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 200 OK\r\nContent-Length: \t5 \t \r\nA: b\r\n\r\nhello", 200, "hello"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\ncontent-length: 5 \r\n\r\nhello", 200,
            "hello"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked \t\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            200, "hello"
        ),
    ]

    private func read(
        _ pieces: [ArraySlice<UInt8>], most: Int = 100
    ) throws(TransportError) -> TransportResponse? {
        var answer = SocketAnswer(answerBytesMax: most, headBytesMax: 1_000)
        for piece in pieces {
            if let response = try answer.take(piece, isEnd: false) { return response }
        }
        return try answer.take([], isEnd: true)
    }

    @Test("a request says where it goes and how long its body is, if it has one")
    func requestHead() throws {
        let server = try #require(URL(string: "http://127.0.0.1:81/a"))
        let transport = try #require(SocketTransport(server: server))
        let post = TransportRequest(
            method: .post, path: "/v1/sync", headers: [("X-One", "1")], body: [1, 2, 3],
            timeoutSeconds: 1, answerBytesMax: 1)
        #expect(
            String(decoding: transport.head(of: post), as: UTF8.self)
                == "POST /a/v1/sync HTTP/1.1\r\nHost: 127.0.0.1:81\r\nConnection: close\r\n"
                + "X-One: 1\r\nContent-Length: 3\r\n\r\n")
        let get = TransportRequest(
            method: .get, path: "/v1/digest", timeoutSeconds: 1, answerBytesMax: 1)
        #expect(
            String(decoding: transport.head(of: get), as: UTF8.self)
                == "GET /a/v1/digest HTTP/1.1\r\nHost: 127.0.0.1:81\r\n"
                + "Connection: close\r\n\r\n")
    }

    @Test("an answer is the same wherever the line splits it", arguments: answers)
    func split(text: String, status: Int, body: String) throws {
        let bytes = Array(text.utf8)
        for place in 0...bytes.count {
            let response = try #require(try read([bytes[..<place], bytes[place...]]))
            #expect(response.status == status)
            #expect(String(decoding: response.body, as: UTF8.self) == body)
        }
        let single = try #require(try read(bytes.indices.map { bytes[$0...$0] }))
        #expect(String(decoding: single.body, as: UTF8.self) == body)
    }

    @Test("an answer that is cut anywhere is no answer", arguments: answers)
    func cut(text: String, status: Int, body: String) throws {
        let bytes = Array(text.utf8)
        // The empty line behind the last chunk may be missing: the body is whole without it.
        let whole = text.contains("chunked") ? bytes.count - 2 : bytes.count
        for place in 0..<whole {
            #expect(throws: TransportError.self, "\(place)") { try read([bytes[..<place]]) }
        }
    }

    @Test("an answer without a length goes to the end, and one that is too long is cut")
    func lengths() throws {
        let open = Array("HTTP/1.0 200 OK\r\n\r\nhello".utf8)
        #expect(try read([open[...]])?.body == Array("hello".utf8))
        let long = Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello to ".utf8)
        let response = try #require(try read([long[...]], most: 4))
        #expect(response.isCut)
        #expect(response.body == Array("hell".utf8))
    }

    @Test(
        "what is not HTTP is no answer",
        arguments: [
            "SSH-2.0-OpenSSH\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length:  \r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        ])
    func strange(text: String) {
        #expect(throws: TransportError.self) { try read([Array(text.utf8)[...]]) }
    }

    @Test("a head without an end is not kept for ever") func endless() {
        let line = Array("X: y\r\n".utf8)
        var answer = SocketAnswer(answerBytesMax: 100, headBytesMax: 1_000)
        #expect(throws: TransportError.self) {
            for _ in 0..<1_000 { _ = try answer.take(line, isEnd: false) }
        }
    }
}
