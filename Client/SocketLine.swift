internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One TCP connection that carries one request and its answer.
///
/// Used by one thread; `hangUp` may come from any, and makes the others' waiting end.
final class SocketLine: Sendable {
    /// The bytes of a head: more than the centre and any proxy before it say.
    private static let headBytesMax = 64 << 10
    /// What is read at once: a mebibyte of answer in few calls, and it fits into a core's cache.
    private static let pieceBytes = 256 << 10

    private struct State {
        var descriptor: Int32 = -1
        var isOver = false
    }

    private let state = Mutex(State())

    /// Connects to the first address of the host that answers.
    ///
    /// - Parameter seconds: how long each step may be silent.
    func connect(host: String, port: String, seconds: Int) throws(TransportError) {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &list) == 0 else {
            throw .noContact("the name cannot be resolved")
        }
        defer { freeaddrinfo(list) }
        var next = list
        while let address = next?.pointee {
            if open(address, seconds: seconds) { return }
            next = address.ai_next
        }
        throw .noContact(isOver ? "the request was cancelled" : "nobody answers there")
    }

    private var isOver: Bool { state.withLock { $0.isOver } }
    private var descriptor: Int32 { state.withLock { $0.descriptor } }

    private func open(_ address: addrinfo, seconds: Int) -> Bool {
        let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
        guard descriptor >= 0 else { return false }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var patience = timeval()
        patience.tv_sec = .init(max(1, seconds))
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
        let isOver = state.withLock { state -> Bool in
            if !state.isOver { state.descriptor = descriptor }
            return state.isOver
        }
        if !isOver, systemConnect(descriptor, address.ai_addr, address.ai_addrlen) == 0 {
            return true
        }
        state.withLock { $0.descriptor = -1 }
        close(descriptor)
        return false
    }

    /// Sends all.
    func send(_ bytes: [UInt8]) throws(TransportError) {
        var sent = 0
        while sent < bytes.count {
            let descriptor = descriptor
            let count = bytes.withUnsafeBytes { bytes -> Int in
                guard let start = bytes.baseAddress else { return -1 }
                return systemSend(descriptor, start + sent, bytes.count - sent)
            }
            // A centre that refuses a request while it comes says why and closes: that counts.
            guard count > 0 else { return }
            sent += count
        }
    }

    /// The answer; no contact where it is cut anywhere.
    func receive(answerBytesMax: Int) throws(TransportError) -> TransportResponse {
        var reader = SocketAnswer(answerBytesMax: answerBytesMax, headBytesMax: Self.headBytesMax)
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count < 0 {
                if errno == EINTR { continue }
                let isSilent = errno == EAGAIN || errno == EWOULDBLOCK
                throw .noContact(isSilent ? "no answer in time" : "the line was cut")
            }
            if isOver { throw .noContact("the request was cancelled") }
            if let response = try reader.take(piece[..<count], isEnd: count == 0) {
                return response
            }
        }
    }

    /// Ends the connection; a second time does nothing.
    func hangUp() {
        state.withLock { state in
            state.isOver = true
            guard state.descriptor >= 0 else { return }
            shutdown(state.descriptor, Int32(SHUT_RDWR))
        }
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        if descriptor >= 0 { close(descriptor) }
    }
}

private func systemConnect(
    _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>?, _ size: socklen_t
) -> Int32 {
    connect(descriptor, address, size)
}

/// Without the signal that a closed connection sends by default, and that ends a program.
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
    #else
        Darwin.send(descriptor, bytes, count, 0)
    #endif
}
