internal import Synchronization

/// The ways to one centre by its addresses, tried in turn: the one that answered last comes first.
///
/// A request may be repeated on the next way whatever became of it on the one before: repeating any
/// message changes nothing (law 3).
final class CentreWays: Sendable {
    /// One way.
    struct Way: Sendable {
        /// The address that it leads to, as people know it.
        let address: String
        /// How to get there.
        let transport: any Transport
    }

    private let ways: [Way]
    private let first = Mutex(0)

    /// The ways in the order in which they are to be tried; at least one.
    init(_ ways: [Way]) {
        precondition(!ways.isEmpty, "a centre has an address")
        self.ways = ways
    }

    /// Tries `body` on one way after the other until one of them has contact, and gives what it
    /// gave. Throws what it throws for any other reason than that there is no contact, and
    /// `ReplicaError.noContact` with what every way said.
    func inTurn<R>(
        _ body: (Way) async throws(ReplicaError) -> R
    ) async throws(ReplicaError) -> R {
        let start = first.withLock { $0 }
        var facts: [String] = []
        for step in ways.indices {
            let index = (start + step) % ways.count
            do throws(ReplicaError) {
                let result = try await body(ways[index])
                first.withLock { $0 = index }
                return result
            } catch {
                guard case .noContact(let fact) = error else {
                    first.withLock { $0 = index }
                    throw error
                }
                facts.append(ways.count == 1 ? fact : "\(ways[index].address): \(fact)")
                // Whoever cancels wants to wait for no other.
                if Task.isCancelled { break }
            }
        }
        throw .noContact(facts.joined(separator: "; "))
    }
}
