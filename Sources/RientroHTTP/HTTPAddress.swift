import CRientroLinux
import Glibc

/// A numeric address and a port. No name is ever looked up: where a server listens should not
/// depend on a name service.
package struct HTTPAddress: Sendable, Equatable, CustomStringConvertible {
    /// `127.0.0.1` or `::1`, in the system's canonical spelling.
    package let host: String
    /// 0 asks the system for a free port.
    package let port: UInt16
    let isIPv6: Bool

    /// Reads `127.0.0.1:8080` or `[::1]:8080`. Throws `invalidAddress`.
    package init(_ text: String) throws(HTTPError) {
        let bytes = Array(text.utf8)
        guard let colon = bytes.lastIndex(of: ByteClass.colon) else { throw .invalidAddress(text) }
        let digits = bytes[(colon + 1)...]
        let isDecimal = digits.allSatisfy { ByteClass.decimalValue($0) != nil }
        guard (1...5).contains(digits.count), isDecimal,
            let port = UInt16(String(decoding: digits, as: UTF8.self))
        else { throw .invalidAddress(text) }
        var host = bytes[..<colon]
        let isIPv6 = host.first == 0x5B && host.last == 0x5D && host.count > 2
        if isIPv6 { host = host.dropFirst().dropLast() }
        // A NUL would end the C string early and hide what follows it.
        guard !host.contains(0),
            let canonical = Self.canonical(String(decoding: host, as: UTF8.self), isIPv6)
        else { throw .invalidAddress(text) }
        self.init(host: canonical, port: port, isIPv6: isIPv6)
    }

    private init(host: String, port: UInt16, isIPv6: Bool) {
        self.host = host
        self.port = port
        self.isIPv6 = isIPv6
    }

    /// What the system returned. Throws `invalidAddress` for another family.
    init(_ storage: sockaddr_storage) throws(HTTPError) {
        var storage = storage
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = Int32(storage.ss_family)
        let length = socklen_t(text.count)
        let port: UInt16? = withUnsafePointer(to: &storage) { pointer in
            switch family {
            case AF_INET:
                pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    var address = $0.pointee.sin_addr
                    inet_ntop(AF_INET, &address, &text, length)
                    return UInt16(bigEndian: $0.pointee.sin_port)
                }
            case AF_INET6:
                pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    var address = $0.pointee.sin6_addr
                    inet_ntop(AF_INET6, &address, &text, length)
                    return UInt16(bigEndian: $0.pointee.sin6_port)
                }
            default: nil
            }
        }
        guard let port else { throw .invalidAddress("family \(family)") }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        self.init(
            host: String(decoding: bytes, as: UTF8.self), port: port, isIPv6: family == AF_INET6)
    }

    /// As it is written in a URL.
    package var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only programs of this machine can reach it.
    package var isLoopback: Bool { isIPv6 ? host == "::1" : host.hasPrefix("127.") }

    /// Calls `body` with the address as the socket calls want it.
    func withSocketAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            inet_pton(AF_INET6, host, &address.sin6_addr)
            return Self.rebind(&address, body)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return Self.rebind(&address, body)
    }

    private static func rebind<Address>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    private static func canonical(_ text: String, _ isIPv6: Bool) -> String? {
        var storage = sockaddr_storage()
        let isValid = withUnsafeMutablePointer(to: &storage) { pointer in
            if isIPv6 {
                return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                    $0.pointee.sin6_family = sa_family_t(AF_INET6)
                    return inet_pton(AF_INET6, text, &$0.pointee.sin6_addr) == 1
                }
            }
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                $0.pointee.sin_family = sa_family_t(AF_INET)
                return inet_pton(AF_INET, text, &$0.pointee.sin_addr) == 1
            }
        }
        guard isValid else { return nil }
        return try? HTTPAddress(storage).host
    }
}
