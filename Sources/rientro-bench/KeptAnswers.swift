import RientroClient
import Synchronization

/// The real way to the centre, which keeps the bodies of the answers to syncs.
final class KeptAnswers: Transport {
    private let way: any Transport
    private let kept = Mutex<[[UInt8]]>([])

    init(_ way: any Transport) { self.way = way }

    /// The bodies so far, in order.
    var bodies: [[UInt8]] { kept.withLock { $0 } }

    /// Drops all but the first.
    func forget(after count: Int) { kept.withLock { $0.removeSubrange(count...) } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let response = try await way.send(request)
        if request.path == "/v1/sync", response.status == 200 {
            kept.withLock { $0.append(response.body) }
        }
        return response
    }
}
