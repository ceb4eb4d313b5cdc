internal import RientroProtocol

/// Metrics in the text format of Prometheus
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
struct MetricsText {
    private(set) var text = ""

    /// Everything that the server tells of itself.
    init(
        _ book: Metrics.Book, _ gauges: MetricsGauges, writerWaiting: Int, uptimeMilliseconds: Int64
    ) {
        family("rientro_http_requests_total", "counter", "Requests answered, by route and status.")
        for (answered, count) in book.requests.sorted(by: {
            ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status)
        }) {
            sample(
                "rientro_http_requests_total", count,
                [("route", answered.route), ("status", String(answered.status))])
        }
        family(
            "rientro_http_refused_total", "counter", "Requests refused before any route, by reason."
        )
        for (reason, count) in book.refusedConnections.sorted(by: { $0.key < $1.key }) {
            sample("rientro_http_refused_total", count, [("reason", reason)])
        }
        family(
            "rientro_too_much_total", "counter", "Requests over a bound of their office, by bound.")
        for (bound, count) in book.tooMuch.sorted(by: { $0.key < $1.key }) {
            sample("rientro_too_much_total", count, [("bound", bound)])
        }
        single("rientro_http_received_bytes_total", "counter", "Bytes of bodies.", book.bytesIn)
        single("rientro_http_sent_bytes_total", "counter", "Bytes of answers.", book.bytesOut)
        add(book.tally, groups: book.groups, failed: book.failedGroups)
        single("rientro_snapshots_built_total", "counter", "Snapshot files.", book.snapshotsBuilt)
        single("rientro_long_polls_waiting", "gauge", "Requests that wait.", book.waiting)
        single("rientro_writer_waiting", "gauge", "Requests for the writer.", writerWaiting)
        single("rientro_replicas", "gauge", "Enrolled and not revoked.", gauges.replicas)
        single("rientro_last_commit", "gauge", "Number of the last commit.", gauges.lastCommit)
        single("rientro_conflicts_open", "gauge", "Undecided conflicts.", gauges.conflictsOpen)
        single("rientro_quarantine_open", "gauge", "Refused changes.", gauges.quarantineOpen)
        single("rientro_uptime_seconds", "gauge", "Since the start.", uptimeMilliseconds / 1_000)
    }

    private mutating func add(_ tally: GroupTally, groups: Int, failed: Int) {
        single(
            "rientro_change_sets_total", "counter", "Change-sets applied.",
            tally.outcomes[.applied] ?? 0)
        family(
            "rientro_change_sets_not_applied_total", "counter",
            "Change-sets that changed nothing, by outcome.")
        let others: [(Outcome.Status, String)] = [
            (.alreadyApplied, "already_applied"), (.gap, "gap"), (.foreign, "foreign"),
        ]
        for (status, name) in others {
            sample(
                "rientro_change_sets_not_applied_total", tally.outcomes[status] ?? 0,
                [("outcome", name)])
        }
        single("rientro_change_set_bytes_total", "counter", "Bytes applied.", tally.bytes)
        single("rientro_group_commits_total", "counter", "Transactions of the writer.", groups)
        single("rientro_group_failures_total", "counter", "Transactions that failed.", failed)
        single("rientro_commits_total", "counter", "Commits of the log.", tally.commits)
        single("rientro_rows_written_total", "counter", "Rows written.", tally.rows)
        single("rientro_corrections_total", "counter", "Stamps corrected.", tally.corrections)
        family("rientro_refusals_total", "counter", "Refused rows and registers, by reason.")
        for reason in RefusalReason.allCases {
            sample(
                "rientro_refusals_total", tally.refusals[reason] ?? 0, [("reason", reason.code)])
        }
    }

    private mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func single(
        _ name: String, _ type: String, _ help: String, _ value: some BinaryInteger
    ) {
        family(name, type, help)
        sample(name, value)
    }

    /// Labels are words of this program; none needs escaping.
    private mutating func sample(
        _ name: String, _ value: some BinaryInteger, _ labels: [(String, String)] = []
    ) {
        let list = labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }
}
