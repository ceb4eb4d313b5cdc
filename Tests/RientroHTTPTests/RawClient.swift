import Glibc

/// Runs blocking code on a thread of its own: a blocked thread of Swift's small pool would keep the
/// other tests, and the handlers under test, from running.
func onThread<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
        let box = Unmanaged.passRetained(Work { continuation.resume(returning: body()) })
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        precondition(result == 0, "a test has its threads")
        pthread_detach(thread)
    }
}

private final class Work {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
}

/// An answer as it stood on the wire, read by code that shares nothing with the server's.
struct RawResponse: Equatable, Sendable {
    var status: Int
    var fields: [String: String]
    var body: String
}

/// A blocking TCP client that sends exactly what it is told. Nothing waits longer than 10 s.
final class RawClient {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// The server has ended or reset the connection.
    private(set) var isAtEnd = false

    /// `receiveBytes` asks for a receive buffer of about that size.
    init(port: UInt16, receiveBytes: Int32? = nil, isConnecting: Bool = true) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiveBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBytes, 4)
        }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        isConnected = isConnecting && connect(port: port)
    }

    private(set) var isConnected = false

    /// Connects to this machine; false if nobody listens.
    func connect(port: UInt16) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    deinit { close(descriptor) }

    /// Sends all of it; false if the connection is broken.
    @discardableResult
    func send(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Ends our side only.
    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes the next `close` a reset, as a client's crash with unread data is.
    func resetOnClose() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }

    /// Whether there is something to read, or the end, within so many milliseconds.
    func isReadable(within milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return !buffer.isEmpty || Glibc.poll(&poll, 1, milliseconds) > 0
    }

    /// Reads one answer; nil if the connection ends or nothing comes. `hasBody` is false for HEAD.
    func readResponse(hasBody: Bool = true) -> RawResponse? {
        guard let head = readHead() else { return nil }
        let lines = head.split(separator: "\r\n").map(String.init)
        let start = lines.first?.split(separator: " ").map(String.init) ?? []
        guard start.count >= 2, start[0] == "HTTP/1.1", let status = Int(start[1]) else {
            return nil
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { return nil }
            fields[line[..<colon].lowercased()] = String(
                line[line.index(after: colon)...].drop { $0 == " " })
        }
        let length = hasBody ? Int(fields["content-length"] ?? "0") ?? 0 : 0
        while buffer.count < length { guard fill() else { return nil } }
        let body = String(decoding: buffer.prefix(length), as: UTF8.self)
        buffer.removeFirst(length)
        return RawResponse(status: status, fields: fields, body: body)
    }

    /// All that comes until the end; nil if the end does not come.
    func readToEnd() -> [UInt8]? {
        while fill() {}
        defer { buffer = [] }
        return isAtEnd ? buffer : nil
    }

    private func readHead() -> String? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = buffer.firstRange(of: end) {
                let head = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
                buffer.removeSubrange(..<range.upperBound)
                return head
            }
            guard fill() else { return nil }
        }
    }

    private func fill() -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &piece, piece.count, 0)
        if count > 0 {
            buffer += piece.prefix(count)
            return true
        }
        if count == 0 || errno == ECONNRESET { isAtEnd = true }
        return false
    }
}
