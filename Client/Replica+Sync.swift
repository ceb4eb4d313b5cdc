internal import RientroProtocol
internal import RientroStore

extension Replica {
    /// Sends what was written here and brings what the others wrote: requests and answers until
    /// nothing is left to do; ordinarily one. Where the way to the centre takes no large request,
    /// change-sets go one by one, and if not even one goes through, what others wrote comes all the
    /// same (`SyncReport.unsent`).
    ///
    /// A sync that fails at any point has lost nothing: what was merged stays merged, the rest goes
    /// with the next sync. It retries nothing by itself. A file that is found to be a copy, or was
    /// put back from a backup, goes on under a new number, with all its rows.
    ///
    /// - Parameters:
    ///   - wait: how many seconds the centre may wait if there is nothing to send and nothing to
    ///     bring (0 to 50): a loop of such syncs brings what others write at once.
    ///   - progress: told how far it has come.
    ///
    /// Throws `.noContact`, `.centreRefused` (401: the token was revoked; 409: the centre was put
    /// back, its detail says what to do; 426: this program is too old), `.badAnswer`,
    /// `.answerForAnother`, `.cannotMend`, `.noToken`, `.busy`, `.diskFull`, `.damaged`.
    public func sync(
        wait: Int = 0, progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) -> SyncReport {
        var report = SyncReport()
        try await sync(wait: wait, into: &report, progress: progress)
        return report
    }

    /// The same; where it throws, `report` says what it had done until then, such as the rows that
    /// had come.
    public func sync(
        wait: Int = 0, into report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)? = nil
    ) async throws(ReplicaError) {
        await beginSync()
        defer { endSync() }
        try await exchangeAll(wait: wait, report: &report, progress: progress)
        try await repairSuspects(report: &report, progress: progress)
        try typed { try conclude(&report) }
    }

    /// Notes what waits for somebody after a sync.
    func conclude(_ report: inout SyncReport) throws {
        report.conflictsOpen = try conflictCount()
        report.setAside = engine.setAside()
        report.parked = try engine.store.parkedRowCount()
        if report.parked == 0 { report.parkedFact = nil }
    }

    /// Requests and answers until nothing is left to do.
    func exchangeAll(
        wait: Int, report: inout SyncReport, progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        var course = SyncCourse(
            wait: wait, renumbered: report.renumbered, load: report.load)
        defer { (report.renumbered, report.load) = (course.renumbered, course.load) }
        // What the centre did not take; what the others wrote is fetched before it is said.
        var refused: ReplicaError?
        var hasDrawn = false
        while true {
            switch try typed({ try course.next(engine) }) {
            case .done:
                if let refused { throw refused }
                return
            case .renumber(let incarnation):
                progress?(SyncProgress(stage: .renumbering, done: 0, total: nil))
                do throws(ReplicaError) {
                    try await renumber(
                        incarnation, on: &course, report: &report, progress: progress)
                } catch {
                    // Once: two in a row are no chance.
                    guard case .centreRefused(409, "hash_taken", _) = error, !hasDrawn else {
                        throw error
                    }
                    hasDrawn = true
                    try typed { try engine.drawIncarnation(insteadOf: incarnation) }
                }
            case .exchange(let request):
                progress?(SyncProgress(stage: .syncing, done: Int64(report.commits), total: nil))
                try await exchange(
                    request, on: &course, report: &report, refused: &refused, progress: progress)
            }
        }
    }

    /// One request and its answer.
    private func exchange(
        _ request: SyncRequest, on course: inout SyncCourse, report: inout SyncReport,
        refused: inout ReplicaError?, progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        let (centre, token) = try reach(progress)
        let body = request.encoded()
        report.requests += 1
        report.bytesUp += body.count
        let reply: CentreClient.Answer
        do throws(ReplicaError) {
            reply = try await noting {
                () async throws(ReplicaError) in
                try await centre.post(
                    "/v1/sync", body, token: token, waitSeconds: request.waitSeconds)
            }
        } catch {
            let isTooLarge = error == .requestTooLarge(bytes: body.count)
            guard isTooLarge || Self.isOfSending(error), course.tooLarge(request) else {
                throw error
            }
            if course.load == .none {
                try noteUnsent(bytes: body.count, in: &report)
                if !isTooLarge { refused = error }
            }
            return
        }
        report.changeSetsSent += request.changeSets.count
        if let first = request.changeSets.first.flatMap({ try? ChangeSet(decoding: $0) }) {
            report.rowsSent += try typed {
                try engine.rows(from: first.number, count: request.changeSets.count)
            }
        }
        let received = ClockReading.now()
        report.bytesDown += reply.body.count
        defer { report.clockOffsetMilliseconds = course.clockOffsetMilliseconds }
        let merged = try typed {
            try course.merge(
                reply.body, received: received, roundTrip: reply.roundTrip, into: engine)
        }
        add(merged, to: &report)
        note(.sync, numbers: Set(merged.rows.keys))
    }

    /// Whether the centre takes nothing more for the time being, for lack of room or of people who
    /// look at it: what comes in does not wait for that.
    private static func isOfSending(_ error: ReplicaError) -> Bool {
        guard case .centreRefused(let status, let code, _) = error else { return false }
        return switch (status, code) {
        case (429, "too_many_refused"), (429, "too_many_conflicts"), (503, "disk_full"): true
        default: false
        }
    }

    private func noteUnsent(
        bytes: Int, in report: inout SyncReport
    ) throws(ReplicaError) {
        let waiting = try typed { try engine.unacknowledged() }
        report.unsent = SyncReport.Unsent(
            changeSets: Int(waiting.count), rows: Int(waiting.rows), requestBytes: bytes)
    }

    private func add(_ merged: MergeReport, to report: inout SyncReport) {
        report.acknowledged += Int(merged.acknowledged)
        report.commits += merged.commits
        report.refusals += merged.refusals
        report.corrections += merged.corrections
        let room = SyncReport.receivedMax - report.received.count
        report.received += merged.received.prefix(room).map { row in
            SyncReport.ReceivedRow(
                table: engine.store.layouts[row.table]?.table.name ?? "\(row.table)", id: row.id)
        }
        report.parkedFact = merged.parkedFact ?? report.parkedFact
        for (number, count) in merged.rows {
            let name = engine.store.layouts[number]?.table.name ?? "\(number)"
            report.rowsReceivedByTable[name, default: 0] += count
        }
    }

    /// Asks for a new number and goes on under it. The new token is in its file before the centre
    /// is asked, and the old one leaves it only afterwards.
    private func renumber(
        _ incarnation: [UInt8], on course: inout SyncCourse, report: inout SyncReport,
        progress: (@Sendable (SyncProgress) -> Void)?
    ) async throws(ReplicaError) {
        let tokens = TokenFile(replica: path)
        let (centre, current) = try reach(progress)
        let addresses = try CentreAddresses(stored: typed { try engine.server() })
        let fresh = try tokens.tokenMade(for: incarnation, at: addresses)
        let request = try typed {
            try engine.renumberRequest(
                incarnation: incarnation, tokenHash: LoginToken.hash(fresh))
        }
        report.requests += 1
        let body = request.encoded()
        report.bytesUp += body.count
        let reply = try await noting {
            () async throws(ReplicaError) in
            try await centre.post("/v1/renumber", body, token: current)
        }
        report.bytesDown += reply.body.count
        let own = try typed {
            try course.adopt(reply.body, incarnation: incarnation, into: engine)
            return try engine.incarnation()
        }
        try tokens.keep(only: own)
    }

    /// Asks the centre, and notes in the file whether it knew the token.
    private func noting<R>(
        _ ask: () async throws(ReplicaError) -> R
    ) async throws(ReplicaError) -> R {
        let result: R
        do {
            result = try await ask()
        } catch {
            if case .centreRefused(401, _, _) = error {
                try typed { try engine.note(tokenIsRefused: true) }
            }
            throw error
        }
        try typed { try engine.note(tokenIsRefused: false) }
        return result
    }
}
