package import Foundation
internal import Synchronization

#if canImport(FoundationNetworking)
    internal import FoundationNetworking
#endif

/// HTTP by URLSession, since offices sit behind TLS and proxies: it takes the system's trusted
/// certificates and, on Linux, the variables HTTP_PROXY and HTTPS_PROXY.
///
/// Nothing is cached, no cookie is kept, and no redirect is followed.
package final class URLSessionTransport: Transport {
    private let base: String
    private let session: URLSession
    private let exchanges: Exchanges

    /// The way to the centre at `server`, an `http` or `https` address whose path, if it has one,
    /// comes before every route. Throws `ReplicaError.noContact` for any other.
    package init(server: URL) throws(ReplicaError) {
        guard let scheme = server.scheme?.lowercased(), ["http", "https"].contains(scheme),
            server.host != nil
        else {
            throw .noContact("\(server.absoluteString) is not an http or https address")
        }
        var base = server.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        self.base = base
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        exchanges = Exchanges()
        session = URLSession(configuration: configuration, delegate: exchanges, delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    /// Sends one request and waits for its answer, whatever its status: an answer longer than the
    /// request takes comes cut. Throws `TransportError.noContact` where there was none.
    package func send(
        _ request: TransportRequest
    ) async throws(TransportError) -> TransportResponse {
        guard let url = URL(string: base + request.path) else {
            throw .noContact("\(base + request.path) is not an address")
        }
        var wire = URLRequest(url: url)
        wire.httpMethod = request.method.rawValue
        wire.timeoutInterval = TimeInterval(request.timeoutSeconds)
        for (name, value) in request.headers { wire.setValue(value, forHTTPHeaderField: name) }
        if request.method == .post { wire.httpBody = Data(request.body) }
        let task = session.dataTask(with: wire)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                exchanges.begin(task, answerBytesMax: request.answerBytesMax, continuation)
                task.resume()
            }
        } onCancel: {
            task.cancel()
        }
        return try result.get()
    }
}

/// The exchanges of one session that are under way.
private final class Exchanges: NSObject, URLSessionDataDelegate, Sendable {
    typealias Result = Swift.Result<TransportResponse, TransportError>

    private struct Exchange {
        let answerBytesMax: Int
        let continuation: CheckedContinuation<Result, Never>
        var response: TransportResponse?
    }

    private let open = Mutex<[Int: Exchange]>([:])

    func begin(
        _ task: URLSessionTask, answerBytesMax: Int,
        _ continuation: CheckedContinuation<Result, Never>
    ) {
        open.withLock {
            $0[task.taskIdentifier] = Exchange(
                answerBytesMax: answerBytesMax, continuation: continuation)
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        take(response, of: dataTask)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = open.withLock { open -> Bool in
            guard var exchange = open.removeValue(forKey: dataTask.taskIdentifier) else {
                return false
            }
            let room = exchange.answerBytesMax - (exchange.response?.body.count ?? 0)
            exchange.response?.body.append(contentsOf: data.prefix(max(room, 0)))
            if data.count > room { exchange.response?.isCut = true }
            open[dataTask.taskIdentifier] = exchange
            return data.count > room
        }
        // A data task has no back-pressure: what is too long is not taken at all.
        if isTooLong { dataTask.cancel() }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
    ) {
        if let response = task.response { take(response, of: task) }
        guard let exchange = open.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else {
            return
        }
        if let response = exchange.response, error == nil || response.isCut {
            exchange.continuation.resume(returning: .success(response))
        } else {
            let fact = error.map(Self.fact) ?? "the answer is not HTTP"
            exchange.continuation.resume(returning: .failure(.noContact(fact)))
        }
    }

    private func take(_ response: URLResponse, of task: URLSessionTask) {
        guard let http = response as? HTTPURLResponse else { return }
        var headers: [String: String] = [:]
        for (name, value) in http.allHeaderFields { headers["\(name)"] = "\(value)" }
        // URLSession asks for packed answers by itself, and has unpacked this one.
        for name in headers.keys where name.lowercased() == "content-encoding" {
            headers[name] = nil
        }
        let head = TransportResponse(status: http.statusCode, headers: headers, body: [])
        open.withLock {
            if $0[task.taskIdentifier]?.response == nil {
                $0[task.taskIdentifier]?.response = head
            }
        }
    }

    /// What URLSession reports, in words. On Linux every cut line and TLS failure is -1.
    private static func fact(_ error: any Error) -> String {
        let error = error as NSError
        let text = error.localizedDescription
        return switch error.code {
        case NSURLErrorTimedOut: "no answer in time"
        case NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed: "the name cannot be resolved"
        case NSURLErrorCannotConnectToHost: "nobody answers there"
        case NSURLErrorNotConnectedToInternet: "there is no network"
        case NSURLErrorNetworkConnectionLost: "the line was cut"
        case NSURLErrorCancelled: "the request was cancelled"
        default: "the line or its encryption failed (\(error.code): \(text))"
        }
    }
}
