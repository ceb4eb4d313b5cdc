internal import RientroHTTP
internal import RientroProtocol
internal import RientroStore

extension FrontOffice {
    /// `GET /v1/snapshot`: the file that a new replica begins with, in ranges of at most 4 MiB.
    ///
    /// A request that names a file in If-Range or If-Match gets that file as long as it is kept, so
    /// that a download goes on where it stopped though the centre has gone on meanwhile.
    func snapshot(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        try await answering(request, trace) { caller in
            try await shares.holding(.snapshot, for: caller.line) {
                try await snapshot(request, of: caller.replica)
            }
        }
    }

    private func snapshot(_ request: HTTPRequest, of replica: Int64) async throws -> HTTPResponse {
        let facts = try await readers.read { engine in
            (
                portfolios: try engine.portfolios(of: replica), last: try engine.cursor().commit,
                version: engine.store.schema.version
            )
        }
        let set = SnapshotFile.set(facts.portfolios, schemaVersion: facts.version)
        let named = request.fields["If-Range"] ?? request.fields["If-Match"]
        var range = request.fields["Range"].flatMap(ByteRange.init)
        let readers = readers
        let isInLog: @Sendable (SnapshotFile) async throws -> Bool = { file in
            let chain = try await readers.read { try $0.chain(at: file.commit) }
            return chain.map(SnapshotFile.chain) == file.chain
        }
        if let named, let file = try await shelf.file(named: named, set: set, isInLog: isInLog) {
            return try await piece(of: file, range)
        }
        if request.fields["If-Match"] != nil {
            throw Problem(
                status: 412, code: "snapshot_gone", detail: "Begin again without If-Match.")
        }
        // RFC 9110, section 13.1.5: what If-Range names is gone, so the range does not count.
        if named != nil { range = nil }
        let file = try await shelf.file(
            for: facts.portfolios, set: set, at: facts.last, isInLog: isInLog)
        return try await piece(of: file, range)
    }

    private func piece(of file: SnapshotFile, _ range: ByteRange?) async throws -> HTTPResponse {
        let (bytes, total) = try await shelf.read(file, range)
        var fields = [
            "ETag": file.entityTag, "Accept-Ranges": "bytes", "Cache-Control": "no-store",
        ]
        guard !bytes.isEmpty else {
            fields["Content-Range"] = "bytes */\(total)"
            throw Problem(
                status: 416, code: "range_not_there",
                detail: "The file has \(total) bytes; ask for it in ranges of at most"
                    + " \(Limits.snapshotRangeBytes).", fields: fields)
        }
        let type = "application/vnd.sqlite3"
        guard let range else { return .make(200, type, bytes, fields) }
        fields["Content-Range"] = "bytes \(range.first)-\(range.first + bytes.count - 1)/\(total)"
        return .make(206, type, bytes, fields)
    }
}
