import CRientroLinux
import Glibc

/// Whether new connections are taken. While they are not, the listener is not watched, and what
/// comes waits in the kernel's backlog.
enum Acceptance: Equatable {
    case open
    /// As many connections are open as may be, all busy; tried again when one closes, and at this
    /// moment, when one may have become idle.
    case full(until: Moment)
    /// Descriptors or memory ran out; tried again at this moment.
    case exhausted(until: Moment)
    /// The server is stopping.
    case ended

    /// When to try again by the clock.
    var retryAt: Moment? {
        switch self {
        case .full(let moment), .exhausted(let moment): moment
        case .open, .ended: nil
        }
    }
}

extension EventLoop {
    /// Connections taken in one turn, so that a flood of them leaves time for those that are open.
    private static let acceptsPerTurnMax = 64
    /// Pause after `accept` found no descriptors: the loop must not spin, nor be long in
    /// recovering.
    private static let exhaustedMilliseconds: Int64 = 100

    /// Takes what waits in the backlog.
    func acceptWaiting() {
        guard let listener, acceptance == .open else { return }
        for turn in 0..<Self.acceptsPerTurnMax {
            if connections.count >= limits.connectionsMax {
                // The listener is readable, so one waits; whether more do is told again.
                if turn > 0 { return }
                guard !closeIdlest() else { continue }
                tell(of: .connections)
                pauseAccepting(.full(until: now + Self.exhaustedMilliseconds))
                return
            }
            switch listener.accept() {
            case .accepted(let socket, let peer): admit(socket, peer)
            case .failed: continue
            case .nothing:
                tell(of: nil)
                return
            case .exhausted:
                tell(of: .descriptors)
                pauseAccepting(.exhausted(until: now + Self.exhaustedMilliseconds))
                return
            }
        }
    }

    /// Opens the door again if the reason for closing it is gone.
    func resumeAccepting() {
        switch acceptance {
        case .open, .ended: return
        case .full(let moment):
            guard connections.count < limits.connectionsMax || moment <= now else { return }
        case .exhausted(let moment): guard moment <= now else { return }
        }
        guard let listener else { return }
        do throws(HTTPError) {
            try poller.watchInput(listener.socket.number, token: Self.listenerToken)
            acceptance = .open
        } catch {
            acceptance = .exhausted(until: now + Self.exhaustedMilliseconds)
        }
    }

    /// Closes the connection that has been without a request longest, so that those who hold
    /// connections and ask nothing keep nobody out; false where none has been for long enough.
    private func closeIdlest() -> Bool {
        var oldest: (since: Moment, connection: Connection)?
        for token in connections.tokens {
            guard let connection = connections[token], let since = connection.state.idleSince,
                since + limits.givesWayMilliseconds <= now, oldest.map({ since < $0.since }) ?? true
            else { continue }
            oldest = (since, connection)
        }
        guard let oldest else { return false }
        close(oldest.connection)
        return true
    }

    /// Tells of a shortage once, however often it is met, until nobody waits any more.
    private func tell(of news: HTTPShortage?) {
        guard shortage != news else { return }
        shortage = news
        onShortage(news)
    }

    private func pauseAccepting(_ reason: Acceptance) {
        guard let listener else { return }
        // Forgetting a descriptor that is watched cannot fail; if it did, accepting would go on.
        guard (try? poller.forget(listener.socket.number)) != nil else { return }
        acceptance = reason
    }

    private func admit(_ socket: consuming FileDescriptor, _ peer: String) {
        if let limit = limits.connectionsPerPeerMax, connections.count(ofPeer: peer) >= limit {
            turnAway(socket)
            return
        }
        let token = connections.reserveToken()
        do throws(HTTPError) {
            try poller.watchConnection(socket.number, token: token)
        } catch {
            connections.release(token)
            return
        }
        let connection = Connection(
            token: token, peer: peer, socket: socket,
            state: ConnectionState(limits: limits, peer: peer, asks: asks, at: now))
        connections.insert(connection)
        // The request is often there already.
        perform(.receive, connection)
    }

    /// Answers without reading, as far as one call goes: nothing is spent on those who take too
    /// much.
    private func turnAway(_ socket: consuming FileDescriptor) {
        let refusal = HTTPRefusal.tooManyConnections
        onRefusal(refusal.status, refusal)
        let bytes = ResponseEncoder.head(HTTPResponse(status: refusal.status), closes: true)
        _ = send(socket.number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
