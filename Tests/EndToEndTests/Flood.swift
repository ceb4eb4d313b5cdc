import Foundation
import Glibc

/// Connections that are opened and then left alone.
final class Flood {
    private(set) var sockets: [Socket] = []

    /// Opens so many, each beginning with these bytes.
    init(_ count: Int, port: Int, saying bytes: [UInt8] = []) throws {
        try Self.allow(descriptors: count + 256)
        for _ in 0..<count {
            let socket = try Socket(port: port)
            if !bytes.isEmpty { socket.send(bytes) }
            sockets.append(socket)
        }
    }

    /// How many the server has not closed by now.
    func openCount() -> Int {
        sockets.count { socket in
            var poll = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
            // Nothing to read: still open. Else what comes first is the end.
            guard Glibc.poll(&poll, 1, 0) > 0 else { return true }
            var byte: UInt8 = 0
            return recv(socket.descriptor, &byte, 1, Int32(MSG_PEEK)) > 0
        }
    }

    /// Closes so many of them.
    func close(_ count: Int) { sockets.removeFirst(min(count, sockets.count)) }

    /// The tests may open as many descriptors as this, or the flood is not one.
    private static func allow(descriptors: Int) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur < rlim_t(descriptors) else { return }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(descriptors))
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
            limit.rlim_cur >= rlim_t(descriptors)
        else { throw Failure("the tests may not open \(descriptors) descriptors") }
    }
}
