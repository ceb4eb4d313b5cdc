import Foundation

/// One request or answer as it stood on the line.
struct HTTPText: Sendable {
    var head: [UInt8]
    var body: [UInt8]

    var bytes: [UInt8] { head + body }
    var lines: [String] {
        String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    }
    var words: [String] { (lines.first ?? "").split(separator: " ").map(String.init) }

    /// Of an answer; 0 where there is none.
    var status: Int { words.count > 1 ? Int(words[1]) ?? 0 : 0 }
    /// Of a request, without the query.
    var path: String {
        words.count > 1 ? String(words[1].prefix { $0 != "?" }) : ""
    }

    func field(_ name: String) -> String? {
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == name.lowercased() else { continue }
            return parts[1].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    /// A request with the body; its length is said.
    static func request(
        _ method: String, _ target: String, fields: [(String, String)] = [], body: [UInt8] = []
    ) -> HTTPText {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if method != "GET" { head += "Content-Length: \(body.count)\r\n" }
        return HTTPText(head: Array((head + "\r\n").utf8), body: body)
    }
}

/// Reads messages one after the other from a connection.
struct HTTPReader {
    let socket: Socket
    private var buffer: [UInt8] = []

    init(_ socket: Socket) { self.socket = socket }

    /// The next message whole; nil where the stream ends or is silent for so long.
    ///
    /// `onHead` is called once the head is there, before the body is waited for.
    mutating func next(
        seconds: Double, hasBody: Bool = true, onHead: (HTTPText) -> Void = { _ in }
    ) -> HTTPText? {
        let deadline = Date() + seconds
        var searched = 0
        var end: Int?
        while end == nil {
            let from = max(0, searched - 3)
            end = buffer[from...].firstEndOfHead
            searched = buffer.count
            if end == nil, !more(deadline) { return nil }
        }
        guard let end else { return nil }
        var message = HTTPText(head: Array(buffer[..<end]), body: [])
        onHead(message)
        let length = hasBody ? message.field("Content-Length").flatMap(Int.init) ?? 0 : 0
        while buffer.count < end + length {
            if !more(deadline) { return nil }
        }
        message.body = Array(buffer[end..<(end + length)])
        buffer.removeFirst(end + length)
        return message
    }

    private mutating func more(_ deadline: Date) -> Bool {
        guard let piece = socket.receive(seconds: max(0, deadline.timeIntervalSinceNow)),
            !piece.isEmpty
        else { return false }
        buffer += piece
        return true
    }
}

extension ArraySlice<UInt8> {
    /// The index after the first empty line.
    fileprivate var firstEndOfHead: Int? {
        guard count >= 4 else { return nil }
        for index in startIndex...(endIndex - 4)
        where self[index] == 13 && self[index + 1] == 10 && self[index + 2] == 13
            && self[index + 3] == 10
        { return index + 4 }
        return nil
    }
}
