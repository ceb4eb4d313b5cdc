import RientroClient
import Terminal

/// `rientro verify`: "in sync" as a checked statement.
enum VerifyCommand {
    /// So many differing rows are shown to people; all that were found are in the JSON.
    private static let shownMax = 50

    static let declaration = Command(
        "verify", "Syncs, then proves that centre and office hold the same",
        discussion: """
            Digests over every row are compared at the same commit. It ends with 0 when they are \
            equal, with 1 when rows differ, which it names, and with 3 when rows are still on \
            their way, so that nothing can be proven yet, or when something was refused or set \
            aside on the way (`rientro rejected`).

            With --repair what differs is mended: what this office may write is sent to the centre \
            as if written now, and everything else is put back as the centre has it.
            """,
        arguments: [Session.replica],
        options: [.flag("repair", "Mend what differs")])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let office = try await session.open()
        let steps = SyncSteps(session.output)
        var sync = SyncReport()
        let report: VerifyReport
        do throws(ReplicaError) {
            report = try await office.replica.verify(
                repair: session.parsed.flag("repair"), into: &sync, progress: steps.report)
            steps.finish()
        } catch {
            steps.finish()
            await SyncNews.tell(sync, office, session)
            throw await SyncCommand.failure(error, office)
        }
        say(report, session)
        let warnings = SyncSummary.notTaken(sync)
        for line in warnings { session.output.say(line) }
        let news = await SyncNews.tell(sync, office, session)
        session.output.json(json(report, sync, news))
        if report.isProven { return warnings.isEmpty && news != nil ? .done : .partly }
        return isUndecided(report) ? .partly : .failed
    }

    private static func isUndecided(_ report: VerifyReport) -> Bool {
        (report.onTheWay > 0 || report.hasMoved) && report.differences.isEmpty
            && report.differencesMore == 0
    }

    private static func say(_ report: VerifyReport, _ session: Session) {
        if report.rowsRepaired > 0 {
            session.output.say("\(SyncSummary.count(report.rowsRepaired, "row")) mended.")
        }
        if report.isProven {
            session.output.say(
                "Proven: centre and office hold the same at commit \(report.commit),"
                    + " \(SyncSummary.count(Int(clamping: report.rowsCompared), "row")) compared.")
            return
        }
        if isUndecided(report) {
            let why =
                report.onTheWay > 0
                ? "\(SyncSummary.count(report.onTheWay, "row")) on the way to the centre"
                : "the centre moved on each time while the rows were compared"
            session.output.say(
                "Not proven: \(why). Run `rientro verify` again when fewer are writing.")
            return
        }
        let count = report.differences.count + report.differencesMore
        session.output.say(
            "Not the same at commit \(report.commit):"
                + " \(SyncSummary.count(count, "row")) differ\(count == 1 ? "s" : "").")
        var table = TextTable([.text("table"), .text("portfolio"), .id("id"), .text("what")])
        for difference in report.differences.prefix(shownMax) {
            table.add([
                difference.table, difference.portfolio, difference.id, words(difference.kind),
            ])
        }
        if table.rowCount > 0 { session.output.say(table) }
        if count > table.rowCount { session.output.say("and \(count - table.rowCount) more") }
        session.output.say(
            "Keep a copy of the file as it is; then `rientro verify --repair` mends it.")
    }

    private static func words(_ kind: VerifyReport.Difference.Kind) -> String {
        switch kind {
        case .missingHere: "missing here"
        case .unknownAtCentre: "unknown at the centre"
        case .different: "not the same"
        }
    }

    private static func json(
        _ report: VerifyReport, _ sync: SyncReport, _ news: SyncNews?
    ) -> JSONValue {
        [
            "proven": .bool(report.isProven), "commit": .integer(report.commit),
            "on_the_way": .count(report.onTheWay),
            "rows_compared": .integer(report.rowsCompared),
            "differences": .array(
                report.differences.map {
                    [
                        "table": .string($0.table), "portfolio": .string($0.portfolio),
                        "id": .string($0.id), "kind": .string($0.kind.rawValue),
                    ]
                }),
            "differences_more": .count(report.differencesMore),
            "rows_repaired": .count(report.rowsRepaired),
            "refusals": .count(sync.refusals), "set_aside": .count(sync.setAside),
            "parked": .count(sync.parked), "conflicts": .count(sync.conflictsOpen),
            "accounts_changed": .optional((news?.accounts).map { Int64($0) }),
            "rows_not_in_changes": .count(news?.left ?? sync.rowsReceived),
        ]
    }
}
