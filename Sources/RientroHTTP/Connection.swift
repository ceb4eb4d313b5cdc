import CRientroLinux
import Glibc

/// A connection's socket beside its state: the part of the shell that reads and writes. Only the
/// event loop's thread touches it.
final class Connection {
    /// What a read came to.
    enum Input { case bytes(Int), end, nothing, failed }

    let token: UInt64
    let peer: String
    let socket: FileDescriptor
    var state: ConnectionState
    var outgoing = OutgoingBytes()
    /// What this connection adds to the loop's account of memory.
    var heldBytes = 0
    /// The handler that runs for it, to be cancelled if the client goes.
    var handler: Task<Void, Never>?
    /// What the admission of the present request's body holds; given back with its answer.
    var lease: (any HTTPLease)?
    /// What the answer on its way holds; given back when the client has taken it.
    var outgoingLease: (any HTTPLease)?
    /// With edge-triggered readiness only a call that found nothing makes these false.
    var isReadable = true
    var isWritable = true
    /// The client's end is on its way to us, so a short read is not the last.
    var isEndAnnounced = false

    init(token: UInt64, peer: String, socket: consuming FileDescriptor, state: ConnectionState) {
        self.token = token
        self.peer = peer
        self.socket = socket
        self.state = state
    }

    /// Reads once. A read that does not fill the buffer has emptied the socket (epoll(7)).
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Input {
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            if count < buffer.count && !isEndAnnounced { isReadable = false }
            return .bytes(count)
        }
        if count == 0 {
            isReadable = false
            return .end
        }
        if errno == EINTR { return .nothing }
        isReadable = false
        return errno == EAGAIN ? .nothing : .failed
    }

    /// Sends as much as goes; returns how much that was, or nil if the connection is broken.
    func flush() -> Int? {
        var total = 0
        while outgoing.count > 0 && isWritable {
            let (sent, wanted) = outgoing.withNextPiece { piece, moreFollows in
                let more = moreFollows ? Int32(MSG_MORE) : 0
                // Writing to a connection that was reset must be an error, not a signal.
                let flags = Int32(MSG_NOSIGNAL) | more
                return (send(socket.number, piece.baseAddress, piece.count, flags), piece.count)
            }
            if sent < 0 {
                if errno == EINTR { continue }
                guard errno == EAGAIN else { return nil }
                isWritable = false
            } else {
                outgoing.consume(sent)
                total += sent
                if sent < wanted { isWritable = false }
            }
        }
        return total
    }

    /// Ends our side of the stream; the client reads an orderly end after the answer.
    func endOutput() { shutdown(socket.number, Int32(SHUT_WR)) }
}
