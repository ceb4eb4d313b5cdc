import RientroClient
import Synchronization

/// The real way to the centre, which keeps the bodies of the answers to syncs, and how long the
/// client waited for them.
final class KeptAnswers: Transport {
    private let way: any Transport
    private let kept = Mutex<[[UInt8]]>([])
    private let waited = Mutex(Duration.zero)

    init(_ way: any Transport) { self.way = way }

    /// The bodies so far, in order.
    var bodies: [[UInt8]] { kept.withLock { $0 } }

    /// From sending to the end of the answer, for all of them together, in seconds.
    var waitedSeconds: Double {
        let (seconds, attoseconds) = waited.withLock { $0 }.components
        return Double(seconds) + Double(attoseconds) / 1e18
    }

    /// Drops all but the first.
    func forget(after count: Int) { kept.withLock { $0.removeSubrange(count...) } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
        let clock = ContinuousClock()
        let start = clock.now
        let response = try await way.send(request)
        waited.withLock { $0 += clock.now - start }
        if request.path == "/v1/sync", response.status == 200 {
            kept.withLock { $0.append(response.body) }
        }
        return response
    }
}
