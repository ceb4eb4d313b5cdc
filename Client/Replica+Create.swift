public import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// Makes a new replica at `path`: asks the centre at `servers` for a number with the one-time
    /// `code`, fetches the snapshot, and opens the file.
    ///
    /// Cut at any point, by a lost line or a power cut, the same call again goes on where it
    /// stopped. The file appears in one step, when it is complete. Beside it stands `path.token`,
    /// the secret that says who this office is: back it up with the file, show it to nobody.
    ///
    /// - Parameters:
    ///   - servers: the addresses of the centre, which are tried in this order.
    ///   - label: what tells this file from another of the same office, such as the machine's name.
    ///   - allowsPlainHTTP: whether the token may go over plain HTTP to another machine, where
    ///     anybody on the way can read it.
    ///
    /// Throws `.fileExists` where something stands at `path`; `.badPath`, `.badAddress`,
    /// `.openAddress` before the centre is asked; `.noContact`, `.centreRefused` (a code that is
    /// wrong, used or older than 7 days), `.badAnswer`, `.diskFull`, `.file`.
    public static func create(
        at path: String, servers: [URL], code: String, label: String? = nil,
        allowsPlainHTTP: Bool = false, progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> Replica {
        let addresses = try CentreAddresses(
            servers.map(\.absoluteString), allowsPlain: allowsPlainHTTP)
        return try await create(
            at: path, addresses: addresses, code: code, label: label, progress: progress
        ) { address throws(ReplicaError) in
            try WayToCentre.transport(server: address.url)
        }
    }

    /// The same with one address.
    public static func create(
        at path: String, server: URL, code: String,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> Replica {
        try await create(at: path, servers: [server], code: code, progress: progress)
    }

    /// Makes a new replica that reaches the centre by `transport`; with the errors of
    /// `create(at:servers:code:label:allowsPlainHTTP:progress:)`.
    package static func create(
        at path: String, server: String, code: String, transport: any Transport,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> Replica {
        try await create(
            at: path, addresses: CentreAddresses(stored: server), code: code, label: nil,
            progress: progress
        ) { _ in transport }
    }

    static func create(
        at path: String, addresses: CentreAddresses, code: String, label: String?,
        progress: (@Sendable (SyncProgress) -> Void)?, transports: @escaping Transports
    ) async throws(ReplicaError) -> Replica {
        let ways = try CentreClient.ways(addresses, transports)
        let centre = CentreClient(ways: ways, progress: progress)
        let download = SnapshotDownload(path: path + ".download", centre: centre)
        // Whatever would stop it later is found before the code is spent.
        try NewFile.check(path, from: download.path)
        progress?(SyncProgress(stage: .enrolling, done: 0, total: nil))
        let tokens = TokenFile(replica: path)
        let line = try tokens.line(forCode: code, at: addresses)
        let request = EnrolRequest(
            code: code, tokenHash: LoginToken.hash(line.token), incarnation: line.incarnation,
            label: FileLabel.cut(label))
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
        try await download.complete(token: line.token, progress: progress)
        do {
            try await OwnThread.run {
                try download.adopt(
                    answer, server: addresses.text, incarnation: line.incarnation,
                    clockOffset: clock.offset(known: 0) ?? 0)
            }
        } catch {
            throw ReplicaError(error, path: path)
        }
        try PlainFile.sync(download.path)
        if PlainFile.isHeldFree(path, for: download.path) { try PlainFile.remove(path) }
        try PlainFile.move(download.path, to: path)
        try download.forget()
        try tokens.keep(only: line.incarnation)
        return try await open(at: path, transports: transports)
    }
}

/// The place of a file that is still to be made.
enum NewFile {
    /// Bytes of a name in a folder, on every file system that an office has.
    private static let nameBytesMax = 255
    /// The longest that is put behind the file's name, with room to spare:
    /// `.download.etag.new-` and a number.
    private static let suffixBytesMax = 48

    /// Throws `ReplicaError.badPath` or `ReplicaError.fileExists` where no replica can be made at
    /// the path, or its download cannot be kept at `download`.
    static func check(_ path: String, from download: String) throws(ReplicaError) {
        // What SQLite would take for something else than a file of this name.
        guard !path.isEmpty, path != ":memory:", !path.lowercased().hasPrefix("file:"),
            !path.utf8.contains(0)
        else {
            throw .badPath(path: path, fact: "it names no file; write ./ before an odd name")
        }
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard !name.isEmpty, name != ".", name != ".." else {
            throw .badPath(path: path, fact: "it names a folder")
        }
        guard name.utf8.count + suffixBytesMax <= nameBytesMax else {
            throw .badPath(
                path: path,
                fact: "the name is longer than \(nameBytesMax - suffixBytesMax) bytes")
        }
        // A journal left by another file would be replayed into the new one.
        for leftover in [path, path + "-wal", path + "-journal"]
        where try PlainFile.exists(leftover)
            && !(leftover == path && PlainFile.isHeldFree(path, for: download))
        {
            throw .fileExists(path: leftover)
        }
        try PlainFile.checkOwn(download)
    }
}

/// What tells one file of an office from another.
enum FileLabel {
    /// The label as it may travel; nil where nothing is left of it.
    static func cut(_ text: String?) -> String? {
        let plain = (text ?? "").unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        var cut = String(String.UnicodeScalarView(plain))
        while cut.utf8.count > Limits.officeNameBytesMax { cut.removeLast() }
        return cut.isEmpty ? nil : cut
    }
}
