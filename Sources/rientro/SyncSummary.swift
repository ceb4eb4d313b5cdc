import RientroClient
import Terminal

/// What a sync did, in words that a clerk understands.
enum SyncSummary {
    /// A clock that is off by less, in milliseconds, disturbs nobody: a minute. From there on,
    /// dates around midnight come out wrong.
    static let clockWarningMilliseconds: Int64 = 60_000

    /// The summary, a sentence a line; what needs somebody's attention comes last.
    static func lines(_ report: SyncReport, _ status: ReplicaStatus) -> [String] {
        var lines: [String] = []
        if report.rowsSent > 0 {
            lines.append(
                "Sent \(count(report.rowsSent, "row")) in"
                    + " \(count(report.changeSetsSent, "change-set")).")
        }
        if report.rowsReceived > 0 {
            lines.append(
                "Received \(count(report.rowsReceived, "row")):"
                    + " \(tables(report.rowsReceivedByTable)).")
        }
        if lines.isEmpty { lines.append("Nothing to send, and nothing new.") }
        if status.onTheWay > 0 {
            lines.append(
                "\(count(status.onTheWay, "row")) still to send: written meanwhile, or waiting"
                    + " for the next sync.")
        } else if report.setAside > 0 || report.refusals > 0 {
            // What cannot travel, or was not taken, is not among the centre's rows.
            lines.append("Nothing else waits to be sent.")
        } else {
            lines.append("The centre has everything that was written here.")
        }
        if report.renumbered > 0 {
            lines.append(
                "This file was a copy, or was put back from a backup: it goes on as replica"
                    + " \(status.replica), with all its rows.")
        }
        if report.rowsRepaired > 0 {
            lines.append(
                "A tool had rebuilt a table: \(count(report.rowsRepaired, "row")) mended.")
        }
        return lines + warnings(report, status)
    }

    /// What did not go through, one way or the other, a sentence a line.
    static func notTaken(_ report: SyncReport) -> [String] {
        var lines: [String] = []
        if let unsent = report.unsent {
            lines.append(
                "ATTENTION: \(count(unsent.rows, "row")) in"
                    + " \(count(unsent.changeSets, "change-set")) stay here: the way to the centre"
                    + " takes no request of \(unsent.requestBytes) bytes (HTTP 413). What others"
                    + " wrote has come. \(ReplicaError.proxyAdvice).")
        }
        if report.parked > 0 {
            let why =
                report.parkedFact.map {
                    "an index that somebody made here refuses it (SQLite: \($0)). Drop the index"
                        + " and sync again"
                } ?? "another program has spoiled what waits for it. Run `rientro verify --repair`"
            lines.append(
                "ATTENTION: of \(count(report.parked, "row")) this file does not take what the"
                    + " centre has: \(why); until then lists and sums here may lack it.")
        }
        if report.setAside > 0 {
            lines.append(
                "ATTENTION: \(count(report.setAside, "write")) set aside here, in no list and no"
                    + " sum; see `rientro rejected`.")
        }
        if report.refusals > 0 {
            lines.append(
                "ATTENTION: \(count(report.refusals, "write")) not accepted by the centre; see"
                    + " `rientro rejected`.")
        }
        return lines
    }

    private static func warnings(_ report: SyncReport, _ status: ReplicaStatus) -> [String] {
        var lines = notTaken(report)
        if report.conflictsOpen > 0 {
            lines.append(
                "ATTENTION: \(conflicts(report.conflictsOpen)); see `rientro conflicts`.")
        }
        let offset = report.clockOffsetMilliseconds ?? status.clockOffsetMilliseconds
        if let warning = clock(offset) { lines.append("ATTENTION: \(warning)") }
        if report.corrections > 0 {
            lines.append(
                "\(count(report.corrections, "write")) dated too far ahead, and set to the"
                    + " centre's time.")
        }
        return lines
    }

    /// A warning about the clock; nil where it is right to the minute.
    ///
    /// - Parameter offset: centre minus office, in milliseconds.
    static func clock(_ offset: Int64) -> String? {
        guard offset.magnitude >= UInt64(clockWarningMilliseconds) else { return nil }
        let length = Moments.length(seconds: Double(offset.magnitude) / 1000)
        return "this machine's clock is \(length) \(offset > 0 ? "slow" : "fast"): set it right."
            + " Nothing is lost, but dates may be wrong."
    }

    /// How many conflicts wait.
    static func conflicts(_ number: Int) -> String {
        number == 1
            ? "1 conflict waits for somebody's choice"
            : "\(number) conflicts wait for somebody's choice"
    }

    /// The same for programs.
    ///
    /// - Parameter news: what `rientro changes` was told of it; nil where it could not be kept.
    static func json(
        _ report: SyncReport, _ status: ReplicaStatus, news: SyncNews?
    ) -> JSONValue {
        [
            "replica": .integer(status.replica),
            "accounts_changed": .optional((news?.accounts).map { Int64($0) }),
            "rows_not_in_changes": .count(news?.left ?? report.rowsReceived),
            "change_sets_sent": .count(report.changeSetsSent),
            "rows_sent": .count(report.rowsSent),
            "acknowledged": .count(report.acknowledged),
            "commits": .count(report.commits),
            "rows_received": .count(report.rowsReceived),
            "rows_received_by_table": json(report.rowsReceivedByTable),
            "refusals": .count(report.refusals),
            "set_aside": .count(report.setAside),
            "parked": .count(report.parked),
            "parked_fact": .optional(report.parkedFact),
            "unsent": report.unsent.map { unsent in
                [
                    "change_sets": .count(unsent.changeSets), "rows": .count(unsent.rows),
                    "request_bytes": .count(unsent.requestBytes),
                ]
            } ?? .null,
            "corrections": .count(report.corrections),
            "conflicts": .count(report.conflictsOpen),
            "requests": .count(report.requests),
            "renumbered": .count(report.renumbered),
            "rows_repaired": .count(report.rowsRepaired),
            "bytes_up": .count(report.bytesUp),
            "bytes_down": .count(report.bytesDown),
            "clock_offset_ms": .optional(report.clockOffsetMilliseconds),
            "on_the_way": .count(status.onTheWay),
            "commit": .integer(status.cursor.commit),
        ]
    }

    /// Counts by table for programs, by name.
    static func json(_ tables: [String: Int]) -> JSONValue {
        .object(sorted(tables).map { .init($0.key, .count($0.value)) })
    }

    /// Counts by table for people: `5 contact attempts, 1 payment`.
    static func tables(_ tables: [String: Int]) -> String {
        sorted(tables).map { count($0.value, $0.key.replacing("_", with: " ")) }
            .joined(separator: ", ")
    }

    /// `1 row`, `2 rows`.
    static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    private static func sorted(_ tables: [String: Int]) -> [(key: String, value: Int)] {
        tables.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    }
}
