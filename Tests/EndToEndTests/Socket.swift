import Foundation
import Glibc

/// A TCP connection on loopback that sends and reads exactly what it is told.
final class Socket {
    let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Connects to a port of this machine.
    ///
    /// - Parameter windowBytes: how much may come before it is read; what the kernel thinks, unless
    ///   told.
    init(port: Int, windowBytes: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw Failure("no socket: errno \(errno)") }
        if var window = windowBytes {
            let size = socklen_t(MemoryLayout<Int32>.size)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &window, size)
        }
        var address = Self.address(port)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure("no connection to \(port): errno \(errno)") }
    }

    /// Hangs up first: a program started meanwhile may have inherited the descriptor.
    deinit {
        hangUp()
        close(descriptor)
    }

    static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// Listens on a free port of loopback, and gives it.
    static func listen(_ descriptor: Int32) throws -> Int {
        var address = Socket.address(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                Glibc.bind(descriptor, place, size) == 0 && Glibc.listen(descriptor, 256) == 0
                    && getsockname(descriptor, place, &size) == 0
            }
        }
        guard isBound else { throw Failure("no port: errno \(errno)") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// A port that is free at this moment, for programs that must be told one.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return try listen(descriptor)
    }

    /// Sends all; false where the other side is gone.
    @discardableResult
    func send(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Some bytes; empty at the end of the stream; nil where none came in time.
    func receive(seconds: Double, most: Int = 64 << 10) -> [UInt8]? {
        var poll = pollfd(descriptor: descriptor)
        guard Glibc.poll(&poll, 1, Int32(seconds * 1_000)) > 0 else { return nil }
        var piece = [UInt8](repeating: 0, count: most)
        let count = recv(descriptor, &piece, piece.count, 0)
        return count > 0 ? Array(piece.prefix(count)) : []
    }

    /// All until the other side closes; nil where it does not in time.
    func receiveToEnd(seconds: Double) -> [UInt8]? {
        let deadline = Date() + seconds
        var all: [UInt8] = []
        while true {
            guard let piece = receive(seconds: max(0, deadline.timeIntervalSinceNow)) else {
                return nil
            }
            if piece.isEmpty { return all }
            all += piece
        }
    }

    /// Says that nothing more will be sent.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Ends the connection in both directions, also for a thread that reads from it.
    func hangUp() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}

extension pollfd {
    fileprivate init(descriptor: Int32) {
        self.init(fd: descriptor, events: Int16(POLLIN), revents: 0)
    }
}
