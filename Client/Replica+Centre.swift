public import Foundation
internal import RientroProtocol
internal import RientroSQLite

extension Replica {
    /// Says where the centre is from now on: its addresses, which every sync tries in this order.
    ///
    /// The token may be sent to these and no others. Where there is no token the file alone is
    /// changed, and the next thing to do is `enrol`. The centre is not asked.
    ///
    /// - Parameter allowsPlainHTTP: whether the token may go over plain HTTP to another machine,
    ///   where anybody on the way can read it.
    ///
    /// Throws `.badAddress`, `.openAddress`, `.readOnly`, `.file`, `.busy`, `.diskFull`.
    public func moveCentre(
        to servers: [URL], allowsPlainHTTP: Bool = false
    ) throws(ReplicaError) {
        let addresses = try CentreAddresses(
            servers.map(\.absoluteString), allowsPlain: allowsPlainHTTP)
        let own = try typed { try engine.incarnation() }
        // The file comes first: a power cut between the two leaves them different, which a sync
        // says, and this puts right.
        try typed { try engine.setServer(addresses.text) }
        do throws(ReplicaError) {
            try TokenFile(replica: path).bind(own, to: addresses)
        } catch {
            guard case .noToken = error else { throw error }
        }
    }

    /// What is needed to ask the centre something: the way there, and the token, which is sent only
    /// where it belongs.
    ///
    /// Throws `.noToken`, `.otherAddress`, `.badAddress`, `.file`.
    func reach(
        _ progress: (@Sendable (SyncProgress) -> Void)?
    ) throws(ReplicaError) -> (centre: CentreClient, token: [UInt8]) {
        let (server, incarnation) = try typed { (try engine.server(), try engine.incarnation()) }
        let addresses = try CentreAddresses(stored: server)
        let token = try TokenFile(replica: path).token(of: incarnation, for: addresses)
        return (try client(addresses, progress), token)
    }

    /// The centre at these addresses.
    func client(
        _ addresses: CentreAddresses, _ progress: (@Sendable (SyncProgress) -> Void)?
    ) throws(ReplicaError) -> CentreClient {
        let ways: CentreWays
        if let known, known.addresses == addresses {
            ways = known.ways
        } else {
            ways = try CentreClient.ways(addresses, transports)
            known = (addresses, ways)
        }
        return CentreClient(ways: ways, progress: progress)
    }
}

extension CentreClient {
    /// The ways to the addresses.
    static func ways(
        _ addresses: CentreAddresses, _ transports: Transports
    ) throws(ReplicaError) -> CentreWays {
        var ways: [CentreWays.Way] = []
        for address in addresses.list {
            ways.append(
                CentreWays.Way(address: address.text, transport: try transports(address)))
        }
        return CentreWays(ways)
    }

    /// The client that tells `progress` whom it asks.
    init(ways: CentreWays, progress: (@Sendable (SyncProgress) -> Void)?) {
        self.init(ways: ways)
        if let progress { onAsk = { progress(SyncProgress(asked: $0)) } }
    }
}

extension ReplicaEngine {
    /// Writes where the centre is.
    func setServer(_ text: String) throws {
        _ = try db.transaction { try db.run("UPDATE office SET server = ?", .text(text)) }
    }
}
