import Testing

@testable import RientroHTTP

@Suite("an answer on the wire")
struct ResponseEncoderTests {
    private func text(
        _ response: HTTPResponse, closes: Bool = false, sendsBody: Bool = true
    ) -> String {
        String(
            decoding: OutgoingBytes(response, closes: closes, sendsBody: sendsBody).bytes,
            as: UTF8.self)
    }

    @Test("has the length that its body has, whatever the handler says")
    func length() throws {
        var fields = HTTPFields()
        try fields.set("content-length", "99")
        try fields.set("Transfer-encoding", "chunked")
        try fields.set("Connection", "keep-alive")
        try fields.set("X", "y")
        let response = HTTPResponse(status: 206, fields: fields, body: Array("abc".utf8))
        #expect(
            text(response)
                == "HTTP/1.1 206 Partial Content\r\nX: y\r\nContent-Length: 3\r\n\r\nabc")
        #expect(
            text(response, closes: true, sendsBody: false)
                == "HTTP/1.1 206 Partial Content\r\nX: y\r\nContent-Length: 3\r\n"
                + "Connection: close\r\n\r\n")
    }

    @Test("has no body and no length where the status forbids them", arguments: [204, 304])
    func noBody(_ status: Int) {
        let sent = text(HTTPResponse(status: status, body: [65]))
        #expect(sent.hasSuffix("\r\n\r\n"))
        #expect(!sent.contains("Length"))
    }

    @Test(
        "is 500 where the handler gave a status that cannot end a request",
        arguments: [-1, 0, 100, 600, 1_000])
    func badStatus(_ status: Int) {
        #expect(text(HTTPResponse(status: status)).hasPrefix("HTTP/1.1 500 "))
    }

    @Test("keeps its bytes in order when it is sent in pieces of any size")
    func pieces() {
        let body = (0..<40_000).map { UInt8(truncatingIfNeeded: $0) }
        var outgoing = OutgoingBytes(ResponseEncoder.interimContinue)
        outgoing.append(
            OutgoingBytes(HTTPResponse(status: 200, body: body), closes: false, sendsBody: true))
        let head = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 40000\r\n\r\n"
        var sent: [UInt8] = []
        while outgoing.count > 0 {
            let count = outgoing.withNextPiece { piece, _ in
                let count = min(piece.count, 7)
                sent.append(contentsOf: piece.prefix(count))
                return count
            }
            outgoing.consume(count)
        }
        #expect(sent == Array(head.utf8) + body)
    }
}
