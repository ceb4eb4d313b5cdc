public import Foundation
internal import RientroProtocol

extension Replica {
    /// Goes on under a new number, got with a one-time code that the centre made for this office
    /// once more, because the token beside the file was lost or revoked.
    ///
    /// Nothing is lost: what waits here, and what the centre has not confirmed for good, is sealed
    /// again under the new number and goes with the next sync. Cut at any point, the same call
    /// again goes on where it stopped.
    ///
    /// - Parameters:
    ///   - servers: the addresses of the centre; empty: those that the file has now.
    ///   - label: what tells this file from another of the same office, such as the machine's name.
    ///   - allowsPlainHTTP: whether the code and the token may go over plain HTTP to another
    ///     machine, where anybody on the way can read them.
    ///
    /// Throws `.centreRefused` (403: the code is wrong, used, too old, or of another office),
    /// `.noContact`, `.badAnswer`, `.badAddress`, `.openAddress`, `.readOnly`, `.file`, `.busy`,
    /// `.diskFull`, `.damaged`.
    public func enrol(
        code: String, servers: [URL] = [], label: String? = nil, allowsPlainHTTP: Bool = false,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) {
        await beginSync()
        defer { endSync() }
        guard engine.canWrite else { throw .readOnly(path: path) }
        let addresses = try addresses(servers, allowsPlain: allowsPlainHTTP)
        let tokens = TokenFile(replica: path)
        let line = try tokens.line(forCode: code, at: addresses)
        progress?(SyncProgress(stage: .enrolling, done: 0, total: nil))
        // After a power cut the file may have the number of this code already: then it only asks
        // for the same answer again.
        let before: Int64? = try typed {
            try engine.incarnation() == line.incarnation ? nil : engine.replica()
        }
        let request = EnrolRequest(
            code: code, tokenHash: LoginToken.hash(line.token), incarnation: line.incarnation,
            replica: before, label: FileLabel.cut(label))
        let reply = try await client(addresses, progress).post(
            "/v1/enrol", request.encoded(), token: nil)
        try typed {
            try engine.adoptEnrolment(
                try EnrolAnswer(decoding: reply.body), incarnation: line.incarnation,
                server: addresses.text)
        }
        try tokens.keep(only: line.incarnation)
    }

    /// Gives the file a name of its own, which tells it from another of the same office; the centre
    /// shows it from the next sync on. An empty one takes it away.
    ///
    /// Throws `.readOnly`, `.busy`, `.diskFull`, `.damaged`.
    public func rename(_ label: String) throws(ReplicaError) {
        try typed { try engine.setLabel(FileLabel.cut(label)) }
    }

    /// Those that were given, or those of the token, or those of the file. What stands in the file
    /// alone may come from anybody: it is not allowed to be plain HTTP to another machine.
    private func addresses(
        _ servers: [URL], allowsPlain: Bool
    ) throws(ReplicaError) -> CentreAddresses {
        guard servers.isEmpty else {
            return try CentreAddresses(servers.map(\.absoluteString), allowsPlain: allowsPlain)
        }
        let (server, own) = try typed { (try engine.server(), try engine.incarnation()) }
        let stored = try CentreAddresses(stored: server)
        do throws(ReplicaError) {
            _ = try TokenFile(replica: path).token(of: own, for: stored)
            return stored
        } catch {
            // No token to compare with: then it is only the file that says so.
            guard case .noToken = error else { throw error }
            return try CentreAddresses(stored.list.map(\.text), allowsPlain: allowsPlain)
        }
    }
}
