/// Streams of requests, right and wrong in one thing each, and the words that they are made of.
enum HTTPSeeds {
    private static let get = "GET /a/b?c=%41&d HTTP/1.1\r\nHost: a:80\r\n"
    private static let post = "POST /v1/sync HTTP/1.1\r\nHost: [::1]\r\n"

    static let streams = [
        get + "\r\n",
        get + "\r\n" + get + "\r\n",
        "HEAD / HTTP/1.0\r\nhost:\ta \r\nConnection: keep-alive\r\n\r\n",
        "OPTIONS /? HTTP/1.1\r\nHost: a\r\nConnection: TE , Close\r\n\r\n",
        post + "Content-Length: 3\r\n\r\nabc" + get + "\r\n",
        post + "Content-Length: 003\r\nExpect: 100-Continue\r\n\r\nabc",
        post + "Content-Length: 0\r\n\r\n",
        post + "Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n" + get,
        post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
        post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        post + "Content-Length: 3, 3\r\n\r\nabc",
        post + "Content-Length : 3\r\n\r\nabc",
        post + "Content-Length: +3\r\n\r\nabc",
        post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        post + "\r\n",
        get + "Host: b\r\n\r\n",
        get + "X: y\r\n z\r\n\r\n",
        get + "X: y\rz\r\n\r\n",
        get + "X: y\n\r\n",
        get + "X: \u{E9}\r\n\r\n",
        get + "Authorization: Bearer x\r\nauthorization: Bearer y\r\n\r\n",
        get + "Content-Type: application/cbor\r\nRange: bytes=0-9\r\nIf-Range: \"a\"\r\n\r\n",
        "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\nHost: a\n\n",
        "GET /" + String(repeating: "a", count: 40) + " HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u{16}\u{03}\u{01}\u{02}",
    ].map { Array($0.utf8) }

    static let chunks = [
        "0\r\n\r\n",
        "3\r\nabc\r\nA\r\n0123456789\r\n1\r\n\n\r\n0\r\n\r\n" + get + "\r\n",
        "0000003\r\nabc\r\n0000000\r\n\r\n",
        "0b\r\nhello world\r\n0B\r\nHELLO WORLD\r\n0\r\n\r\n",
        "+3\r\nabc\r\n0\r\n\r\n",
        "3 \r\nabc\r\n0\r\n\r\n",
        "00000003\r\nabc\r\n0\r\n\r\n",
        "3;a=b\r\nabc\r\n0\r\n\r\n",
        "3\nabc\r\n0\r\n\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        "3\r\nabc\r\n0\r\nX: y\r\n\r\n",
        "40\r\n" + String(repeating: "b", count: 64) + "\r\n0\r\n\r\n",
        "3\r\nabc\r\n3e\r\n",
        "500001\r\n",
        "fffffff\r\n",
    ].map { Array($0.utf8) }

    static let words = [
        "GET / HTTP/1.1\r\n", "POST /a?b HTTP/1.1\r\n", "PUT ", "HTTP/1.0", "Host: a\r\n",
        "Content-Length: 3\r\n", "Content-Length: ", "999999999999999999", "Expect: ",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "100-continue", "\r\n",
        "\r\n\r\n", "0\r\n\r\n", "3\r\nabc\r\n", "fffffff\r\n", "%41", "\u{E9}", ": ", ",",
        "Authorization: x\r\n", "Content-Type: x\r\n", "Range: x\r\n", "If-Range: x\r\n",
    ].map { Array($0.utf8) }
}
