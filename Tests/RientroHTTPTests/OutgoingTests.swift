import Glibc
import Testing

@testable import RientroHTTP

/// What is still to be sent, and the socket that takes it.
@Suite("what is to be sent")
struct OutgoingTests {
    /// A connection on one end of a pair of sockets; the other end is the client's.
    private func pair() throws -> (Connection, client: Int32) {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        let state = ConnectionState(
            limits: HTTPLimits(), peer: "test", at: Moment(milliseconds: 0))
        let connection = Connection(
            token: 1, peer: "test", socket: try FileDescriptor(ends[0], of: "socketpair"),
            state: state)
        return (connection, ends[1])
    }

    @Test("what was taken is left out, also where nothing was taken")
    func consumed() {
        var bytes = OutgoingBytes(Array("hello".utf8))
        bytes.consume(0)
        #expect(bytes.count == 5)
        bytes.consume(4)
        #expect(bytes.bytes == Array("o".utf8))
        bytes.consume(1)
        #expect(bytes.count == 0)
    }

    @Test("a client whose buffer is full is waited for, and one that is gone is told from it")
    func fullAndGone() throws {
        let (connection, client) = try pair()
        connection.outgoing = OutgoingBytes([UInt8](repeating: 7, count: 4 << 20))
        let first = try #require(connection.flush())
        #expect(first > 0 && first < 4 << 20 && !connection.isWritable)
        // Somebody says that it can be written to, and it cannot.
        connection.isWritable = true
        #expect(connection.flush() == 0)
        #expect(!connection.isWritable)
        close(client)
        connection.isWritable = true
        #expect(connection.flush() == nil)
    }

    @Test("an answer of 64 KiB is sent however much is held, a larger one only where it fits")
    func smallAnswers() throws {
        let mailbox = try Mailbox(heldBytesMax: 65_537)
        func answer(_ bytes: Int) -> HTTPResponse {
            HTTPResponse(status: 200, body: [UInt8](repeating: 1, count: bytes))
        }
        for bytes in [65_537, 65_536, 65_537, 65_536] { mailbox.post(answer(bytes), to: 1) }
        #expect(
            mailbox.empty().answers.map { $0.response?.body.count }
                == [65_537, 65_536, nil, 65_536])
    }
}
