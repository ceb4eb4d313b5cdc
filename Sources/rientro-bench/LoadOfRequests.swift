import Dispatch
import Glibc

/// Many clients on one thread: each has a connection of its own and one request that was made
/// before. All are sent at the same moment, and the time to the end of each answer is taken.
final class LoadOfRequests {
    /// One client.
    final class Client {
        let request: [UInt8]
        fileprivate(set) var answer: [UInt8] = []
        /// From the common beginning to the end of the answer.
        fileprivate(set) var seconds = 0.0
        fileprivate var sent = 0
        fileprivate var isOver = false
        fileprivate let socket: Int32

        fileprivate init(_ request: [UInt8], port: UInt16) throws {
            self.request = request
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
            let size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(socket, $0, size)
                }
            }
            guard result == 0, fcntl(socket, F_SETFL, O_NONBLOCK) == 0 else {
                throw BenchError.unexpected("no connection to the centre")
            }
        }

        deinit { close(socket) }

        /// The body of the answer. Throws where the status is not 200.
        func body() throws -> [UInt8] {
            let end = Array("\r\n\r\n".utf8)
            guard answer.starts(with: Array("HTTP/1.1 200 ".utf8)),
                let head = answer.indices.first(where: { answer[$0...].starts(with: end) })
            else {
                let line = answer.prefix { $0 != 13 }
                throw BenchError.unexpected(
                    "the centre said \(String(decoding: line, as: UTF8.self))")
            }
            return Array(answer[(head + end.count)...])
        }
    }

    private(set) var clients: [Client] = []
    /// From the beginning to the end of the last answer.
    private(set) var seconds = 0.0
    private var buffer = [UInt8](repeating: 0, count: 256 << 10)

    /// How long nothing may happen, in milliseconds.
    private static let silenceMilliseconds: Int32 = 60_000

    /// Connects one client for each request.
    init(_ requests: [[UInt8]], port: UInt16) throws {
        for request in requests { clients.append(try Client(request, port: port)) }
    }

    /// Sends all, and returns when every answer is there: the centre closes then, as the requests
    /// ask it to.
    func run() throws {
        let start = DispatchTime.now().uptimeNanoseconds
        var open = clients
        while !open.isEmpty {
            var polls = open.map { client in
                let isSending = client.sent < client.request.count
                return pollfd(
                    fd: client.socket, events: Int16(isSending ? POLLOUT | POLLIN : POLLIN),
                    revents: 0)
            }
            guard poll(&polls, nfds_t(polls.count), Self.silenceMilliseconds) > 0 else {
                throw BenchError.unexpected("the centre was silent for a minute")
            }
            for (client, ready) in zip(open, polls) where ready.revents != 0 {
                if Int32(ready.revents) & POLLOUT != 0 { send(client) }
                if Int32(ready.revents) & ~POLLOUT != 0 { try receive(client) }
                guard client.isOver else { continue }
                seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
                client.seconds = seconds
            }
            open.removeAll { $0.isOver }
        }
    }

    private func send(_ client: Client) {
        let count = client.request.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[client.sent...])
            return Glibc.send(client.socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        }
        client.sent += max(0, count)
    }

    private func receive(_ client: Client) throws {
        let count = recv(client.socket, &buffer, buffer.count, 0)
        if count > 0 { client.answer += buffer[..<count] }
        if count == 0 { client.isOver = true }
        guard count >= 0 || errno == EAGAIN || errno == EINTR else {
            throw BenchError.unexpected("the centre cut a connection")
        }
    }
}
