/// Reads one HTTP/1.1 answer from pieces (RFC 9112): a value without a socket.
struct SocketAnswer {
    private enum Length {
        case bytes(Int)
        case chunks
        case toTheEnd
    }

    private let answerBytesMax: Int
    private let headBytesMax: Int
    private var buffer: [UInt8] = []
    private var head: (response: TransportResponse, length: Length)?
    /// Bytes of the present chunk that are still to come; nil before its size.
    private var chunkLeft: Int?

    init(answerBytesMax: Int, headBytesMax: Int) {
        self.answerBytesMax = answerBytesMax
        self.headBytesMax = headBytesMax
    }

    /// Takes a piece; returns the answer when it is whole, or longer than what is taken.
    ///
    /// - Parameter isEnd: whether the other side has closed, and nothing comes any more.
    mutating func take(
        _ piece: some Sequence<UInt8>, isEnd: Bool
    ) throws(TransportError) -> TransportResponse? {
        buffer.append(contentsOf: piece)
        while head == nil {
            guard let end = endOfHead else {
                guard !isEnd, buffer.count <= headBytesMax else { throw .noContact(Self.cut) }
                return nil
            }
            let parsed = try Self.head(buffer[..<end])
            buffer.removeFirst(end)
            // 100 Continue and the like come before the answer.
            guard parsed.response.status >= 200 else { continue }
            head = parsed
            if case .bytes(let count) = parsed.length {
                buffer.reserveCapacity(min(count, answerBytesMax) + headBytesMax)
            }
        }
        guard let length = head?.length else { return nil }
        switch length {
        case .bytes(let count): return try plain(count, isEnd)
        case .toTheEnd:
            return buffer.count > answerBytesMax || isEnd ? response(buffer) : nil
        case .chunks: return try chunks(isEnd)
        }
    }

    private static let cut = "the line was cut"

    private var endOfHead: Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...(buffer.count - 4)).first {
            buffer[$0] == 13 && buffer[$0 + 1] == 10 && buffer[$0 + 2] == 13 && buffer[$0 + 3] == 10
        }.map { $0 + 4 }
    }

    private func response(_ body: [UInt8]) -> TransportResponse? {
        guard var response = head?.response else { return nil }
        response.isCut = body.count > answerBytesMax
        // As it came, not copied, where it is what was asked for: it may be megabytes.
        response.body = response.isCut ? Array(body.prefix(answerBytesMax)) : body
        return response
    }

    private func plain(_ count: Int, _ isEnd: Bool) throws(TransportError) -> TransportResponse? {
        if buffer.count >= count {
            return response(buffer.count == count ? buffer : Array(buffer[..<count]))
        }
        if buffer.count > answerBytesMax { return response(buffer) }
        if isEnd { throw .noContact(Self.cut) }
        return nil
    }

    private mutating func chunks(_ isEnd: Bool) throws(TransportError) -> TransportResponse? {
        while true {
            if let left = chunkLeft {
                guard buffer.count >= left + 2 else { break }
                head?.response.body += buffer[..<left]
                buffer.removeFirst(left + 2)
                chunkLeft = nil
            }
            guard let line = buffer.firstIndex(of: 10) else {
                guard buffer.count <= headBytesMax else { throw .noContact(Self.cut) }
                break
            }
            let digits = String(decoding: buffer[..<line], as: UTF8.self)
                .prefix { $0.isHexDigit }
            guard let size = Int(digits, radix: 16), size <= Int.max >> 8 else {
                throw .noContact("the answer is not HTTP")
            }
            buffer.removeFirst(line + 1)
            let body = head?.response.body ?? []
            if size == 0 || body.count > answerBytesMax { return response(body) }
            chunkLeft = size
        }
        if isEnd { throw .noContact(Self.cut) }
        let body = head?.response.body ?? []
        return body.count + buffer.count > answerBytesMax * 2 ? response(body + buffer) : nil
    }

    private static func head(
        _ bytes: ArraySlice<UInt8>
    ) throws(TransportError) -> (response: TransportResponse, length: Length) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), words[1].utf8.count == 3,
            let status = Int(words[1]), (100...999).contains(status)
        else { throw .noContact("the answer is not HTTP") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            // Blanks around a value are no part of it (RFC 9110, section 5.5).
            var value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            while value.last == " " || value.last == "\t" { value.removeLast() }
            let name = line[..<colon].lowercased()
            guard name != "content-length" || headers[name].map({ $0 == value }) != false else {
                throw .noContact("the answer has two lengths: a proxy may stand between")
            }
            headers[name] = String(value)
        }
        let response = TransportResponse(status: status, headers: headers, body: [])
        if response.header("Transfer-Encoding")?.lowercased() == "chunked" {
            return (response, .chunks)
        }
        if status == 204 || status == 304 { return (response, .bytes(0)) }
        guard let text = response.header("Content-Length") else { return (response, .toTheEnd) }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let count = Int(text) else {
            throw .noContact("the length of the answer is no number: a proxy may stand between")
        }
        return (response, .bytes(count))
    }
}
