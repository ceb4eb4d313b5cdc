import Testing

/// Requests that no server may serve, with the status that each gets.
enum HostileRequests {
    struct Request: Sendable, CustomTestStringConvertible {
        let status: Int
        let name: String
        let text: String
        var testDescription: String { name }

        init(_ status: Int, _ name: String, _ text: String) {
            self.status = status
            self.name = name
            self.text = text
        }

        /// A POST of three bytes with one more field line, whatever stands in it.
        static func post(_ status: Int, _ name: String, _ fields: String) -> Request {
            Request(
                status, name,
                "POST /v1/sync HTTP/1.1\r\nHost: a\r\n\(fields)\r\nContent-Type: application/cbor"
                    + "\r\n\r\nabc")
        }

        /// A chunked POST with this body, to a path where a small one is taken of anybody.
        static func chunks(_ status: Int, _ name: String, _ body: String) -> Request {
            Request(
                status, name,
                "POST /v1/enrol HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        }

        /// A GET with this between the request line and the end.
        static func get(_ status: Int, _ name: String, _ fields: String) -> Request {
            Request(status, name, "GET /healthz HTTP/1.1\r\n\(fields)\r\n\r\n")
        }
    }

    /// Those that some servers in use were seen to accept, or to refuse for good reason.
    static let measured: [Request] = [
        .post(400, "two different lengths", "Content-Length: 3\r\nContent-Length: 4"),
        .post(400, "a length with a plus", "Content-Length: +3"),
        .post(
            400, "a length and a coding", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
        .post(400, "a space before the colon", "Content-Length : 3"),
        .get(400, "a folded line", "Host: a\r\nX: y\r\n z"),
        Request(400, "lines ended by LF alone", "GET /healthz HTTP/1.1\nHost: a\n\n"),
        .get(400, "a bare CR in a value", "Host: a\r\nX: y\rz"),
        .get(400, "a NUL in a value", "Host: a\r\nX: y\0z"),
        .post(501, "gzip, then chunked", "Transfer-Encoding: gzip, chunked"),
        .chunks(400, "a chunk size with a plus", "+3\r\nabc\r\n0\r\n\r\n"),
        Request(400, "no Host", "GET /healthz HTTP/1.1\r\n\r\n"),
        Request(505, "HTTP/9.9", "GET /healthz HTTP/9.9\r\nHost: a\r\n\r\n"),
        .get(400, "a field line without a colon", "Host: a\r\nAccept"),
        Request(400, "two spaces in the request line", "GET  /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        .get(431, "a field of 100 KB", "Host: a\r\nX: " + String(repeating: "y", count: 100_000)),
    ]

    /// Twenty and some more of our own.
    static let more: [Request] = [
        .post(400, "two equal lengths", "Content-Length: 3\r\nContent-Length: 3"),
        .post(400, "a list of lengths", "Content-Length: 3,3"),
        .post(400, "a negative length", "Content-Length: -3"),
        .post(400, "a length beyond 64 bits", "Content-Length: 18446744073709551619"),
        .post(413, "a length over 5 MiB", "Content-Length: 5242881"),
        .post(411, "a POST without a length", "X: y"),
        .post(501, "chunked twice", "Transfer-Encoding: chunked, chunked"),
        .post(417, "an expectation nobody meets", "Content-Length: 3\r\nExpect: 102-later"),
        .chunks(400, "a bare LF in a chunk extension", "3;a=b\nabc\r\n0\r\n\r\n"),
        .chunks(400, "a trailer", "3\r\nabc\r\n0\r\nX: y\r\n\r\n"),
        .chunks(400, "a chunk longer than it says", "2\r\nabc\r\n0\r\n\r\n"),
        .chunks(413, "a chunk over 5 MiB", "500001\r\n"),
        .chunks(413, "a chunk over what is taken of anybody", "4001\r\n"),
        .get(400, "two Hosts", "Host: a\r\nHost: b"),
        .get(400, "an empty Host", "Host:"),
        .get(400, "a Host with a path", "Host: a/b"),
        .get(400, "a name that is no token", "Host: a\r\nX(y): z"),
        .get(400, "a field without a name", "Host: a\r\n: z"),
        .get(400, "two tokens", "Host: a\r\nAuthorization: Bearer x\r\nAuthorization: Bearer y"),
        .get(
            431, "a thousand fields",
            "Host: a\r\n" + String(repeating: "X: y\r\n", count: 1_000) + "Z: z"),
        Request(
            414, "a target of 9,000 bytes",
            "GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a target with a fragment", "GET /healthz#a HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a target without a slash", "GET healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a whole URL as target", "GET http://a/healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "no version", "GET /healthz\r\nHost: a\r\n\r\n"),
        Request(505, "HTTP/2.0", "GET /healthz HTTP/2.0\r\nHost: a\r\n\r\n"),
        Request(400, "http in small letters", "GET /healthz http/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a method that is no token", "G(T /healthz HTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a tab in the request line", "GET\t/healthz\tHTTP/1.1\r\nHost: a\r\n\r\n"),
        Request(400, "a beginning of TLS", "\u{16}\u{03}\u{01}\u{02}\0\u{01}\0\u{01}\r\n\r\n"),
    ]
}
