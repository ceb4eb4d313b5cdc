internal import RientroProtocol
internal import RientroSQLite

/// The snapshot on its way from the centre into a file beside the replica, in pieces, so that a cut
/// line costs one piece and the memory holds one piece.
///
/// `REPLICA.download` is what came so far; `REPLICA.download.etag` says of which snapshot (its
/// ETag) and how long that is. A piece is asked for with `If-Range` (RFC 9110, section 13.1.5): if
/// the snapshot is another by now, the centre says so by answering 200, and the download begins
/// anew.
struct SnapshotDownload: Sendable {
    /// The file that is being filled.
    let path: String
    /// Where it comes from.
    let centre: CentreClient

    private var notePath: String { path + ".etag" }

    /// How often a download may begin anew, because the centre makes new snapshots faster than
    /// this line fetches them.
    private static let beginningsMax = 5
    /// The note of a download, in bytes: an ETag and a number.
    private static let noteBytesMax = 4 << 10
    /// The longest snapshot that is believed, in bytes: the largest firms of the trade need 93 GiB
    /// at the centre.
    static let snapshotBytesMax: Int64 = 1 << 40

    private struct Note {
        var etag: String
        var total: Int64
    }

    /// Fetches what is missing.
    func complete(
        token: [UInt8], progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        var beginnings = 0
        while true {
            let note = try readNote()
            let size = note == nil ? 0 : PlainFile.size(path) ?? 0
            if let note {
                progress?(SyncProgress(stage: .downloading, done: size, total: note.total))
                // Longer: it was adopted before, and has got tables of its own since.
                if size >= note.total { return }
            }
            let isGoingOn = try await fetch(from: size, of: note, token: token)
            if !isGoingOn {
                beginnings += 1
                guard beginnings < Self.beginningsMax else {
                    throw .badAnswer("the snapshot changed \(beginnings) times while it came")
                }
            }
        }
    }

    /// Fetches one piece; false where the download has to begin anew.
    private func fetch(
        from offset: Int64, of note: Note?, token: [UInt8]
    ) async throws(ReplicaError) -> Bool {
        let last = offset + Int64(Limits.snapshotRangeBytes) - 1
        var headers = [(name: "Range", value: "bytes=\(offset)-\(last)")]
        if let note { headers.append((name: "If-Range", value: note.etag)) }
        let response = try await centre.raw(
            "/v1/snapshot", headers: headers, token: token,
            answerBytesMax: Limits.snapshotRangeBytes)
        switch response.status {
        case 206:
            return try take(response, at: offset, of: note)
        case 200 where note != nil:
            try forget()
            return false
        case 200:
            // The centre sends whole what is not larger than a piece.
            guard !response.isCut, !response.body.isEmpty,
                let etag = response.header("etag")
            else { throw .badAnswer("the snapshot does not come in ranges") }
            return try keep(
                response.body, at: 0, Note(etag: etag, total: Int64(response.body.count)))
        case 416 where note != nil:
            try forget()
            return false
        default:
            throw CentreClient.refusal(response)
        }
    }

    private func take(
        _ response: TransportResponse, at offset: Int64, of note: Note?
    ) throws(ReplicaError) -> Bool {
        guard let range = ContentRange(response.header("content-range") ?? ""),
            range.first == offset, !response.isCut,
            range.last - range.first + 1 == Int64(response.body.count)
        else { throw .badAnswer("the range of the snapshot is another than the one asked for") }
        guard range.total <= Self.snapshotBytesMax else {
            throw .badAnswer("a snapshot of \(range.total) bytes is none")
        }
        guard let etag = response.header("etag") ?? note?.etag, !etag.contains("\n") else {
            throw .badAnswer("the snapshot has no ETag")
        }
        if let note, note.etag != etag || note.total != range.total {
            try forget()
            return false
        }
        return try keep(response.body, at: offset, Note(etag: etag, total: range.total))
    }

    private func keep(
        _ bytes: [UInt8], at offset: Int64, _ note: Note
    ) throws(ReplicaError) -> Bool {
        try PlainFile.append(bytes, to: path, from: offset)
        if offset == 0 {
            try PlainFile.write(Array("\(note.etag)\n\(note.total)\n".utf8), to: notePath)
        }
        return true
    }

    private func readNote() throws(ReplicaError) -> Note? {
        guard let bytes = try PlainFile.read(notePath, bytesMax: Self.noteBytesMax) else {
            return nil
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard lines.count == 2, let total = Int64(lines[1]),
            (1...Self.snapshotBytesMax).contains(total)
        else { return nil }
        return Note(etag: String(lines[0]), total: total)
    }

    /// Gives the complete file its identity, unless an earlier try has done so. A file that is
    /// damaged is thrown away, so that the next try fetches it again.
    func adopt(
        _ answer: EnrolAnswer, server: String, incarnation: [UInt8], clockOffset: Int64
    ) throws {
        do {
            let db = try Connection(path: path, mode: .readWrite)
            try ReplicaEngine.refuseNewer(db)
            // Opening has rolled back what a power cut left half done.
            let own = try db.first("SELECT incarnation FROM me") { $0.blob(0) }
            guard own != incarnation else { return }
            guard own == nil else {
                throw ReplicaError.notAReplica(path: path, fact: "it has another identity")
            }
        } catch let error where ReplicaError(error, path: path).meansBadFile {
            try forget()
            throw error
        }
        do {
            try ReplicaEngine.adoptSnapshot(
                at: path, answer: answer, server: server, incarnation: incarnation,
                clockOffset: clockOffset)
        } catch let error where ReplicaError(error, path: path).meansBadFile {
            try forget()
            throw error
        }
    }

    /// Removes what is here of the download.
    func forget() throws(ReplicaError) {
        try PlainFile.remove(notePath)
        for suffix in ["", "-journal", "-wal", "-shm"] { try PlainFile.remove(path + suffix) }
    }
}

extension ReplicaError {
    /// Whether the file itself is to blame, and fetching it again may help.
    fileprivate var meansBadFile: Bool {
        switch self {
        case .notAReplica, .damaged: true
        case .database(let code, _): code == 1
        default: false
        }
    }
}

/// The field Content-Range of a 206 answer: `bytes 0-1023/4096` (RFC 9110, section 14.4).
struct ContentRange: Equatable {
    var first: Int64
    var last: Int64
    var total: Int64

    /// The range; nil where the text is not one with a known total, or contradicts itself.
    init?(_ text: String) {
        guard text.hasPrefix("bytes ") else { return nil }
        let halves = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, let total = Int64(halves[1]) else { return nil }
        let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Int64(bounds[0]), let last = Int64(bounds[1]),
            first >= 0, first <= last, last < total
        else { return nil }
        self.first = first
        self.last = last
        self.total = total
    }
}
