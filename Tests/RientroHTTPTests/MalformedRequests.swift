import Testing

/// Requests that must never be served, and the status each gets. The first part is the table of
/// hostile requests against which other servers were measured; every one was written by hand.
enum MalformedRequests {
    struct Vector: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var status: Int
        var testDescription: String { name }

        init(_ status: Int, _ name: String, _ text: String) {
            self.status = status
            self.name = name
            self.text = text
        }
    }

    static let all = lengths + codings + chunks + fields + lines + sizes

    static let lengths = [
        Vector(
            400, "two different Content-Length",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        Vector(
            400, "two equal Content-Length",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\ncontent-length: 3\r\n\r\nabc"),
        Vector(
            400, "a list as Content-Length",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc"),
        Vector(
            400, "Content-Length with a plus",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"),
        Vector(
            400, "Content-Length with a minus",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc"),
        Vector(
            400, "Content-Length in hexadecimal",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc"),
        Vector(
            400, "Content-Length without digits",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"),
        Vector(
            400, "Content-Length beyond 64 bits",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551619\r\n\r\nabc"),
        Vector(
            400, "Content-Length with a space inside",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 3\r\n\r\nabc"),
        Vector(
            413, "Content-Length above the limit",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5242881\r\n\r\n"),
        Vector(
            413, "Content-Length of 18 nines",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999999999\r\n\r\n"),
        Vector(411, "POST without a length", "POST / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(411, "PUT without a length", "PUT / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(411, "PATCH without a length", "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n"),
    ]

    static let codings = [
        Vector(
            400, "Content-Length and Transfer-Encoding",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\n"),
        Vector(
            501, "gzip, chunked",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        Vector(
            501, "chunked twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
        Vector(
            501, "two Transfer-Encoding fields",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Vector(
            501, "identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n"),
        Vector(
            501, "chunked with a parameter",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n"),
        Vector(
            400, "chunked behind a vertical tab",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u{0B}chunked\r\n\r\n0\r\n\r\n"),
        Vector(501, "no coding", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n"),
        Vector(
            501, "chunked in HTTP/1.0",
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    private static func chunked(_ status: Int, _ name: String, _ body: String) -> Vector {
        Vector(
            status, name,
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    }

    static let chunks = [
        chunked(400, "chunk size +3", "+3\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size -1", "-1\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size 0x3", "0x3\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size behind a space", " 3\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size before a space", "3 \r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size and a second one", "3 3\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size that is no digit", "g\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size left out", "\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size of eight digits", "00000003\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size beyond 64 bits", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk extension before any size", ";a=b\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk extension ended by LF", "3;a=b\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk extension with CR and another byte", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk extension with a null", "3;a\0b\r\nabc\r\n0\r\n\r\n"),
        chunked(
            400, "chunk extension of 1,025 bytes",
            "3;\(String(repeating: "a", count: 1_024))\r\nabc\r\n0\r\n\r\n"),
        chunked(
            400, "chunk extensions of 1,025 bytes together",
            "3;\(String(repeating: "a", count: 511))\r\nabc\r\n"
                + "0;\(String(repeating: "a", count: 512))\r\n\r\n"),
        chunked(400, "chunk size line ended by LF", "3\nabc\r\n0\r\n\r\n"),
        chunked(400, "chunk size line ended by CR and another byte", "3\rXabc\r\n0\r\n\r\n"),
        chunked(400, "chunk longer than its size", "3\r\nabcd\r\n0\r\n\r\n"),
        chunked(400, "chunk without CR", "3\r\nabc\n0\r\n\r\n"),
        chunked(400, "chunk with CR and another byte", "3\r\nabc\rX0\r\n\r\n"),
        chunked(400, "trailer", "3\r\nabc\r\n0\r\nX: y\r\n\r\n"),
        chunked(400, "last chunk with CR and another byte", "3\r\nabc\r\n0\r\n\rX"),
        chunked(413, "one chunk above the limit", "500001\r\n"),
        chunked(413, "chunks that exceed the limit together", "3\r\nabc\r\n4ffffe\r\n"),
    ]

    static let fields = [
        Vector(400, "no Host", "GET / HTTP/1.1\r\n\r\n"),
        Vector(400, "no Host in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n"),
        Vector(400, "two Host", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        Vector(400, "empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
        Vector(400, "a list as Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
        Vector(400, "Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
        Vector(400, "Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
        Vector(
            400, "space before the colon",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc"),
        Vector(400, "folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n"),
        Vector(400, "folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
        Vector(400, "line ended by LF", "GET / HTTP/1.1\nHost: a\n\n"),
        Vector(400, "field line ended by LF", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"),
        Vector(400, "empty line without CR", "GET / HTTP/1.1\r\nHost: a\r\n\n"),
        Vector(400, "bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n"),
        Vector(400, "CR before CRLF", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\r\n\r\n"),
        Vector(400, "NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n"),
        Vector(400, "DEL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: y\u{7F}\r\n\r\n"),
        Vector(400, "NUL in a name", "GET / HTTP/1.1\r\nHost: a\r\nX\0: y\r\n\r\n"),
        Vector(400, "field line without colon", "GET / HTTP/1.1\r\nHost: a\r\nXy\r\n\r\n"),
        Vector(400, "field without a name", "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n"),
        Vector(400, "name that is no token", "GET / HTTP/1.1\r\nHost: a\r\nX(y): z\r\n\r\n"),
        Vector(400, "name beyond ASCII", "GET / HTTP/1.1\r\nHost: a\r\nXé: z\r\n\r\n"),
        Vector(
            400, "two Authorization",
            "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\n"
                + "authorization: Bearer y\r\n\r\n"
        ),
        Vector(
            417, "Expect of something else",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 200-ok\r\n\r\nabc"),
        Vector(417, "empty Expect", "GET / HTTP/1.1\r\nHost: a\r\nExpect:\r\n\r\n"),
    ]

    static let lines = [
        Vector(505, "HTTP/9.9", "GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
        Vector(505, "HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
        Vector(505, "HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
        Vector(505, "HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
        Vector(505, "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Vector(400, "HTTP/0.9 without a version", "GET /\r\n"),
        Vector(400, "version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "version of three digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
        Vector(400, "version without a point", "GET / HTTP/1-1\r\nHost: a\r\n\r\n"),
        Vector(400, "another protocol", "GET / ICAP/1.0\r\nHost: a\r\n\r\n"),
        Vector(400, "two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "two spaces after the target", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
        Vector(400, "space before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "tab after the method", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "no method", " / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "method that is no token", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(
            400, "method of 33 letters",
            String(repeating: "M", count: 33) + " / HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "method without end", String(repeating: "M", count: 9_000)),
        Vector(400, "absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "authority form", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "half a percent sign", "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "percent sign without hexadecimal", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "bare CR in the target", "GET /\rX HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "target beyond ASCII", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(400, "the beginning of TLS", "\u{16}\u{03}\u{01}\u{02}"),
    ]

    static let sizes = [
        Vector(
            414, "target of 2,049 bytes",
            "GET /" + String(repeating: "a", count: 2_048) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        Vector(414, "target without end", "GET /" + String(repeating: "a", count: 9_000)),
        Vector(
            431, "65 fields",
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 64) + "\r\n"),
        Vector(
            431, "field of 100 KB",
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 100_000)
                + "\r\n\r\n"),
        Vector(
            431, "head of 16,385 bytes",
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "y", count: 16_353)
                + "\r\n\r\n"),
    ]
}
