import RientroClient
import Terminal

/// `rientro sync`: what was written here goes up, what others wrote comes down.
enum SyncCommand {
    /// The protocol's longest wait, in seconds.
    private static let waitSecondsMax = 50

    static let declaration = Command(
        "sync", "Sends what was written here and brings what the others wrote",
        discussion: """
            Without a line nothing is lost: it ends with 4, and what waits goes with the next \
            sync. It ends with 3 where the centre refused something of this sync, or something was \
            set aside here (`rientro rejected`), where a conflict waits for somebody's choice \
            (`rientro conflicts`), where this file does not take what the centre has, and where a \
            proxy lets nothing through that is as large as what waits.
            """,
        arguments: [Session.replica],
        options: [
            .flag("dry-run", "Say what would be sent, and send nothing"),
            .value(
                "wait", "SECONDS", "Wait for news so long if there is none, up to 50 seconds"),
        ])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let wait = try session.integer("wait", in: 0...waitSecondsMax) ?? 0
        if session.parsed.flag("dry-run"), session.parsed.value("wait") != nil {
            throw .usage(session.parsed.usageError(.contradiction("dry-run", "wait")))
        }
        let office = try await session.open()
        if session.parsed.flag("dry-run") { return try await preview(office, session) }
        let steps = SyncSteps(session.output)
        let refused = try await office.status().refused
        var report = SyncReport()
        do throws(ReplicaError) {
            try await office.replica.sync(wait: wait, into: &report, progress: steps.report)
            steps.finish()
        } catch {
            steps.finish()
            await Self.sayRefused(since: refused, office, session)
            await SyncNews.tell(report, office, session)
            throw await Self.failure(error, office)
        }
        let status = try await office.status()
        for line in SyncSummary.lines(report, status) { session.output.say(line) }
        let news = await SyncNews.tell(report, office, session)
        session.output.json(SyncSummary.json(report, status, news: news))
        return report.needsAttention || news == nil ? .partly : .done
    }

    /// Says what was set aside before the sync failed: no later one would.
    private static func sayRefused(
        since before: Int, _ office: Office, _ session: Session
    ) async {
        guard let now = try? await office.status().refused, now > before else { return }
        session.output.complain(
            "ATTENTION: \(SyncSummary.count(now - before, "write")) set aside here, in no list and"
                + " no sum; see `rientro rejected`.")
    }

    /// The library's error; without contact, with how much waits.
    static func failure(_ error: ReplicaError, _ office: Office) async -> OfficeError {
        guard case .noContact(let fact) = error else { return .replica(error) }
        do throws(OfficeError) {
            return .noContact(fact: fact, waiting: .rows(try await office.status().onTheWay))
        } catch {
            return .replica(.noContact(fact))
        }
    }

    private static func preview(
        _ office: Office, _ session: Session
    ) async throws(OfficeError) -> ExitCode {
        let preview: SyncPreview
        do { preview = try await office.replica.preview() } catch { throw .replica(error) }
        let rows = preview.rowsByTable.values.reduce(0, +)
        if rows == 0 && preview.changeSets == 0 {
            session.output.say("Nothing waits to be sent.")
        } else {
            session.output.say(
                "\(SyncSummary.count(rows, "row")) would be sent in"
                    + " \(SyncSummary.count(preview.changeSets, "change-set")),"
                    + " \(SyncSummary.count(preview.bytes, "byte")):"
                    + " \(SyncSummary.tables(preview.rowsByTable)).")
        }
        if preview.setAside > 0 {
            session.output.say(
                "\(SyncSummary.count(preview.setAside, "row")) cannot travel and would be set"
                    + " aside; `rientro rejected` would show why.")
        }
        session.output.json([
            "dry_run": true, "rows": .count(rows), "change_sets": .count(preview.changeSets),
            "bytes": .count(preview.bytes), "set_aside": .count(preview.setAside),
            "rows_by_table": SyncSummary.json(preview.rowsByTable),
        ])
        return .done
    }
}
