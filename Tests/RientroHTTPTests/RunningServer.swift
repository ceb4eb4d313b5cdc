import Synchronization

@testable import RientroHTTP

/// What a server refused, in order.
final class Refusals: Sendable {
    private let list = Mutex<[HTTPRefusal]>([])
    var all: [HTTPRefusal] { list.withLock { $0 } }
    func append(_ refusal: HTTPRefusal) { list.withLock { $0.append(refusal) } }
}

/// A condition that tasks wait for without holding a thread.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { !$0.isOpen } }
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isOpen = state.withLock {
                if !$0.isOpen { $0.waiting.append(continuation) }
                return $0.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// Answers with what it was asked: method, target and body.
func echo(_ request: HTTPRequest) async -> HTTPResponse {
    let query = request.query.map { "?" + $0 } ?? ""
    return HTTPResponse(
        status: 200, body: Array("\(request.method) \(request.path)\(query) ".utf8) + request.body)
}

/// Runs a test against a server on a free port, and stops it.
func withServer<R>(
    limits: HTTPLimits = HTTPLimits(), refusals: Refusals = Refusals(),
    admission: (@Sendable (HTTPRequest) async -> HTTPAdmission)? = nil,
    handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse = echo,
    _ body: (HTTPServer, UInt16) async throws -> R
) async throws -> R {
    let server = HTTPServer(
        listen: try HTTPAddress("127.0.0.1:0"), limits: limits,
        onRefusal: { status, refusal in
            precondition(status == refusal.status, "the status belongs to the reason")
            refusals.append(refusal)
        }, admission: admission, handler: handler)
    let address = try server.start()
    do {
        let result = try await body(server, address.port)
        await server.stop(graceSeconds: 0)
        return result
    } catch {
        await server.stop(graceSeconds: 0)
        throw error
    }
}
