import RientroHTTP
import Testing

/// Requests that must be served, each with what the handler has to see; written by hand.
enum ValidRequests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var request: HTTPRequest
        var keepsAlive: Bool
        var testDescription: String { name }
    }

    private static func vector(
        _ name: String, _ text: String, _ method: String, _ path: String, query: String? = nil,
        fields: [(String, String)] = [("Host", "a")], body: String = "", keepsAlive: Bool = true
    ) throws -> Vector {
        var list = HTTPFields()
        for (name, value) in fields { try list.add(name, value) }
        return Vector(
            name: name, text: text,
            request: HTTPRequest(
                method: method, path: path, query: query, fields: list, body: Array(body.utf8)),
            keepsAlive: keepsAlive)
    }

    static func all() throws -> [Vector] {
        try withoutBody() + withLength() + withChunks()
    }

    static func withoutBody() throws -> [Vector] {
        [
            try vector("smallest", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/"),
            try vector("HEAD", "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n", "HEAD", "/x"),
            try vector(
                "unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", "BREW", "/pot"),
            try vector(
                "query with a question mark", "GET /a/b?c=d&e=%C3%A9?f HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET", "/a/b", query: "c=d&e=%C3%A9?f"),
            try vector("empty query", "GET /? HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", query: ""),
            try vector(
                "path is not decoded", "GET /a%2Fb//../c HTTP/1.1\r\nHost: a\r\n\r\n", "GET",
                "/a%2Fb//../c"),
            try vector(
                "HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n", "GET",
                "/",
                fields: [("Host", "a"), ("Connection", "keep-alive")], keepsAlive: false),
            try vector(
                "Connection: close among others",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: TE , Close\r\n\r\n", "GET", "/",
                fields: [("Host", "a"), ("Connection", "TE , Close")], keepsAlive: false),
            try vector(
                "Connection: closed is not close",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n", "GET", "/",
                fields: [("Host", "a"), ("Connection", "closed")]),
            try vector(
                "spaces and tabs around values",
                "GET / HTTP/1.1\r\nhOST:\t[::1]:80 \t\r\nX:\r\nY:  a \t b  \r\n\r\n", "GET", "/",
                fields: [("hOST", "[::1]:80"), ("X", ""), ("Y", "a \t b")]),
            try vector(
                "UTF-8 in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: é\r\n\r\n", "GET", "/",
                fields: [("Host", "a"), ("X", "é")]),
            try vector(
                "Expect without a body",
                "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", "GET", "/",
                fields: [("Host", "a"), ("Expect", "100-continue")]),
            try vector(
                "target of 2,048 bytes",
                "GET /" + String(repeating: "a", count: 2_047) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET", "/" + String(repeating: "a", count: 2_047)),
            try vector(
                "head of 16,384 bytes",
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 16_352)
                    + "\r\n\r\n", "GET", "/",
                fields: [("Host", "a"), ("X", String(repeating: "y", count: 16_352))]),
        ]
    }

    static func withLength() throws -> [Vector] {
        [
            try vector(
                "length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab\r\nc", "POST",
                "/", fields: [("Host", "a"), ("Content-Length", "5")], body: "ab\r\nc"),
            try vector(
                "length zero", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", "POST",
                "/", fields: [("Host", "a"), ("Content-Length", "0")]),
            try vector(
                "length with zeros before it",
                "PUT / HTTP/1.1\r\nHost: a\r\ncontent-length: 003\r\n\r\nabc", "PUT", "/",
                fields: [("Host", "a"), ("content-length", "003")], body: "abc"),
            try vector(
                "GET with a body", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", "GET",
                "/", fields: [("Host", "a"), ("Content-Length", "1")], body: "x"),
            try vector(
                "Expect with a body",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                    + "Expect: 100-Continue\r\n\r\nabc",
                "POST", "/",
                fields: [("Host", "a"), ("Content-Length", "3"), ("Expect", "100-Continue")],
                body: "abc"),
        ]
    }

    static func withChunks() throws -> [Vector] {
        let head = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        let fields = [("Host", "a"), ("Transfer-Encoding", "Chunked")]
        return [
            try vector(
                "three chunks", head + "3\r\nabc\r\nA\r\n0123456789\r\n1\r\n\n\r\n0\r\n\r\n",
                "POST",
                "/", fields: fields, body: "abc0123456789\n"),
            try vector(
                "chunk extensions, which are read over",
                head + "3;a=b\r\nabc\r\n3 \t; c=\"0\u{E8}\";d\r\ndef\r\n0;last\r\n\r\n", "POST",
                "/",
                fields: fields, body: "abcdef"),
            try vector(
                "chunk extensions of 1,024 bytes together",
                head + "3;\(String(repeating: "a", count: 511))\r\nabc\r\n"
                    + "0;\(String(repeating: "a", count: 511))\r\n\r\n", "POST", "/",
                fields: fields, body: "abc"),
            try vector("no chunk", head + "0\r\n\r\n", "POST", "/", fields: fields),
            try vector(
                "zeros before sizes", head + "0000003\r\nabc\r\n0000000\r\n\r\n", "POST", "/",
                fields: fields, body: "abc"),
            try vector(
                "both cases of digits",
                head + "0b\r\nhello world\r\n0B\r\nHELLO WORLD\r\n0\r\n\r\n",
                "POST", "/", fields: fields, body: "hello worldHELLO WORLD"),
        ]
    }
}
