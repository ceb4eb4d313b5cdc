internal import Dispatch
package import Foundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// HTTP without TLS over a socket of our own, one connection for each request.
///
/// For `http` addresses only. URLSession on Linux ends the whole program
/// (`Transfer completed, but there's no response`) where a plain connection is closed in the middle
/// of an answer's head, which is what a bad line does; under TLS that is an error like any other.
package final class SocketTransport: Transport {
    private let host: String
    private let port: String
    private let base: String

    /// The way to `server`; nil where it is no `http` address, or where the environment names a
    /// proxy for such addresses, which URLSession knows how to ask.
    package init?(server: URL) {
        guard server.scheme?.lowercased() == "http", let host = server.host, !host.isEmpty else {
            return nil
        }
        let environment = ProcessInfo.processInfo.environment
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host)
        let proxy = environment["http_proxy"] ?? environment["HTTP_PROXY"] ?? ""
        guard isLocal || proxy.isEmpty else { return nil }
        self.host = host
        port = String(server.port ?? 80)
        var base = server.path
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
    }

    /// Sends one request on a connection of its own. Throws `.noContact` where the answer is cut.
    package func send(
        _ request: TransportRequest
    ) async throws(TransportError) -> TransportResponse {
        let head = self.head(of: request)
        let line = SocketLine()
        let result: Result<TransportResponse, TransportError> =
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    // Off Swift's shared threads: this one waits as long as the centre does.
                    DispatchQueue.global().async { [host, port] in
                        continuation.resume(
                            returning: Result { () throws(TransportError) in
                                try line.connect(
                                    host: host, port: port, seconds: request.timeoutSeconds)
                                defer { line.hangUp() }
                                try line.send(head + request.body)
                                return try line.receive(answerBytesMax: request.answerBytesMax)
                            })
                    }
                }
            } onCancel: {
                line.hangUp()
            }
        return try result.get()
    }

    /// The lines before the body; for the tests, too.
    func head(of request: TransportRequest) -> [UInt8] {
        let name = host.contains(":") ? "[\(host)]" : host
        var lines = [
            "\(request.method.rawValue) \(base)\(request.path) HTTP/1.1", "Host: \(name):\(port)",
            "Connection: close",
        ]
        lines += request.headers.map { "\($0.name): \($0.value)" }
        if request.method == .post { lines.append("Content-Length: \(request.body.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}

/// The way that fits an address: a socket of our own for plain HTTP, URLSession for all else.
enum WayToCentre {
    /// Throws `ReplicaError.noContact` for an address that is neither `http` nor `https`.
    static func transport(server: URL) throws(ReplicaError) -> any Transport {
        if let plain = SocketTransport(server: server) { return plain }
        return try URLSessionTransport(server: server)
    }
}
