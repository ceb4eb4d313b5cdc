import CRientroLinux
import Glibc

/// A listening socket.
final class Listener {
    /// What one attempt to accept came to.
    enum Outcome: ~Copyable {
        case accepted(FileDescriptor, peer: String)
        /// The backlog is empty.
        case nothing
        /// One connection failed before it was accepted; the next may be fine.
        case failed
        /// The process or the system is out of descriptors or memory: trying again at once would
        /// spin.
        case exhausted
    }

    /// The kernel cuts it to its own limit (`net.core.somaxconn`).
    private static let backlogMax: Int32 = 4_096

    let socket: FileDescriptor
    /// The address with its real port.
    let address: HTTPAddress

    /// Binds and listens. Throws `system`.
    init(_ wanted: HTTPAddress) throws(HTTPError) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let family = wanted.isIPv6 ? AF_INET6 : AF_INET
        let descriptor = try FileDescriptor(
            Glibc.socket(family, kind | Int32(SOCK_NONBLOCK.rawValue), 0), of: "socket")
        // A restarted server must not wait for connections of its predecessor to be forgotten.
        try Self.enable(SO_REUSEADDR, SOL_SOCKET, descriptor)
        if wanted.isIPv6 { try Self.enable(Int32(IPV6_V6ONLY), Int32(IPPROTO_IPV6), descriptor) }
        try Self.check(
            wanted.withSocketAddress { bind(descriptor.number, $0, $1) }, "bind")
        try Self.check(listen(descriptor.number, Self.backlogMax), "listen")
        var bound = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &bound) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor.number, $0, &length)
            }
        }
        try Self.check(result, "getsockname")
        address = try HTTPAddress(bound)
        socket = descriptor
    }

    /// Takes one connection from the backlog.
    func accept() -> Outcome {
        var peer = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = withUnsafeMutablePointer(to: &peer) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                accept4(socket.number, $0, &length, flags)
            }
        }
        if number < 0 {
            switch errno {
            case EAGAIN: return .nothing
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .failed
            }
        }
        do throws(HTTPError) {
            let descriptor = try FileDescriptor(number, of: "accept4")
            // An answer is written in one or two calls; waiting to join it with more gains nothing.
            try Self.enable(TCP_NODELAY, Int32(IPPROTO_TCP), descriptor)
            return .accepted(descriptor, peer: try HTTPAddress(peer).host)
        } catch {
            return .failed
        }
    }

    private static func enable(
        _ option: Int32, _ level: Int32, _ descriptor: borrowing FileDescriptor
    ) throws(HTTPError) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        try check(setsockopt(descriptor.number, level, option, &on, size), "setsockopt")
    }

    private static func check(_ result: Int32, _ call: String) throws(HTTPError) {
        guard result == 0 else { throw .system(call: call, errno: errno) }
    }
}
