public import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// Makes a new replica at `path`: asks the centre at `server` for a number with the one-time
    /// `code`, fetches the snapshot, and opens the file.
    ///
    /// Cut at any point, by a lost line or a power cut, the same call again goes on where it
    /// stopped. The file appears in one step, when it is complete. Beside it stands `path.token`,
    /// the secret that says who this office is: back it up with the file, show it to nobody.
    ///
    /// Throws `.fileExists` where something stands at `path`, `.noContact`, `.centreRefused` (a
    /// code that is wrong, used or older than 7 days), `.badAnswer`, `.diskFull`, `.file`.
    public static func create(
        at path: String, server: URL, code: String,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> Replica {
        let transport = try WayToCentre.transport(server: server)
        return try await create(
            at: path, server: server.absoluteString, code: code, transport: transport,
            progress: progress)
    }

    /// Makes a new replica that reaches the centre by `transport`; with the errors of
    /// `create(at:server:code:progress:)`.
    package static func create(
        at path: String, server: String, code: String, transport: any Transport,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> Replica {
        // A journal left by another file would be replayed into the new one.
        for leftover in [path, path + "-wal", path + "-journal"]
        where PlainFile.exists(leftover) {
            throw .fileExists(path: leftover)
        }
        progress?(SyncProgress(stage: .enrolling, done: 0, total: nil))
        let tokens = TokenFile(replica: path)
        let line = try tokens.line(forCode: code)
        let centre = CentreClient(transport: transport)
        let request = EnrolRequest(
            code: code, tokenHash: LoginToken.hash(line.token), incarnation: line.incarnation)
        let reply = try await centre.post("/v1/enrol", request.encoded(), token: nil)
        let answer: EnrolAnswer
        do {
            answer = try EnrolAnswer(decoding: reply.body)
        } catch {
            throw ReplicaError(error, path: path)
        }
        let clock = ClockReading(
            centreTime: answer.centreTime, received: ClockReading.now(),
            roundTrip: reply.roundTrip)
        let download = SnapshotDownload(path: path + ".download", centre: centre)
        try await download.complete(token: line.token, progress: progress)
        do {
            try await OwnThread.run {
                try download.adopt(
                    answer, server: server, incarnation: line.incarnation,
                    clockOffset: clock.offset(known: 0) ?? 0)
            }
        } catch {
            throw ReplicaError(error, path: path)
        }
        try PlainFile.sync(download.path)
        try PlainFile.move(download.path, to: path)
        try download.forget()
        try tokens.keep(only: line.incarnation)
        return try await open(at: path, transport: transport)
    }
}
