/// Writes answers (RFC 9112, section 4).
enum ResponseEncoder {
    /// `100 Continue`, whole.
    static let interimContinue = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// Room for a status line and a few fields, so that most heads are written without growing.
    private static let headBytesUsual = 256

    /// The head of an answer. The length is the server's to say, so that it is always right.
    static func head(_ response: HTTPResponse, closes: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        let status = checkedStatus(response.status)
        // A small body is put behind its head by the caller, without growing again.
        let bodyRoom = response.body.count <= OutgoingBytes.joinedBytesMax ? response.body.count : 0
        bytes.reserveCapacity(headBytesUsual + bodyRoom)
        bytes.append(contentsOf: "HTTP/1.1 ".utf8)
        append(status, to: &bytes)
        bytes.append(ByteClass.space)
        bytes.append(contentsOf: reasonPhrase(status).utf8)
        endLine(&bytes)
        for field in response.fields.list where !isOurs(field.name) {
            bytes.append(contentsOf: field.name.utf8)
            bytes.append(ByteClass.colon)
            bytes.append(ByteClass.space)
            bytes.append(contentsOf: field.value.utf8)
            endLine(&bytes)
        }
        if hasBody(status) {
            bytes.append(contentsOf: "Content-Length: ".utf8)
            append(response.body.count, to: &bytes)
            endLine(&bytes)
        }
        if closes {
            bytes.append(contentsOf: "Connection: close\r\n".utf8)
        }
        endLine(&bytes)
        return bytes
    }

    /// Whether an answer of this status may have a body at all (RFC 9110, section 6.4.1).
    static func hasBody(_ status: Int) -> Bool { status != 204 && status != 304 }

    /// The status itself if it can end a request, else 500: the handler is wrong, not the client.
    static func checkedStatus(_ status: Int) -> Int { (200...599).contains(status) ? status : 500 }

    /// The words of the status line. They carry no meaning (RFC 9112, section 4), so those that
    /// this server never sends are left empty.
    private static func reasonPhrase(_ status: Int) -> StaticString {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 303: "See Other"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 411: "Length Required"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 417: "Expectation Failed"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        case 507: "Insufficient Storage"
        default: ""
        }
    }

    private static func isOurs(_ name: String) -> Bool {
        switch name.utf8.count {
        case 10: ByteClass.isSameText(name, "Connection")
        case 14: ByteClass.isSameText(name, "Content-Length")
        case 17: ByteClass.isSameText(name, "Transfer-Encoding")
        default: false
        }
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        precondition(number >= 0, "only counts and statuses are written")
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(0x30 + number % 10))
    }

    private static func endLine(_ bytes: inout [UInt8]) {
        bytes.append(ByteClass.carriageReturn)
        bytes.append(ByteClass.lineFeed)
    }
}

extension StaticString {
    /// The text as bytes; these literals are all ASCII.
    fileprivate var utf8: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}
