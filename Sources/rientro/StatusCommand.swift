import Foundation
import RientroClient
import Terminal

/// `rientro status`: the truth about the file.
enum StatusCommand {
    static let declaration = Command(
        "status", "Tells the truth about the file: what waits, what is wrong, how old it is",
        discussion: """
            It asks nobody but the file. It ends with 3 where the next sync cannot go through, \
            since the office's secret is missing or was refused. "Proven" is the last `rientro \
            verify` that found centre and office to hold the same, row by row.
            """,
        arguments: [Session.replica])

    static func run(_ session: Session) async throws(OfficeError) -> ExitCode {
        let status = try await session.open().status()
        session.output.json(json(status))
        var table = TextTable([.text(""), .text("")])
        for line in lines(status) { table.add([line.name, line.text]) }
        session.output.say(table)
        return status.token == .present ? .done : .partly
    }

    private static func lines(_ status: ReplicaStatus) -> [(name: String, text: String)] {
        var lines: [(name: String, text: String)] = [
            ("Office", office(status)),
            ("Portfolios", status.portfolios.joined(separator: ", ")),
            ("Centre", status.server.split(separator: " ").joined(separator: ", ")),
            ("Last sync", lastSync(status.lastSync)),
            ("Waiting", waiting(status)),
            ("Refused", status.refused == 0 ? "none" : "\(status.refused), see `rientro rejected`"),
            (
                "Conflicts",
                status.conflicts == 0 ? "none" : "\(status.conflicts), see `rientro conflicts`"
            ),
            ("Parked", parked(status)),
            ("Clock", clock(status.clockOffsetMilliseconds)),
            ("Proof", proof(status)),
            ("Seen up to", "commit \(status.cursor.commit) of \(status.cursor.epoch)"),
            ("Head", "change-set \(status.head.number)"),
        ]
        if !status.isInWAL, !status.isReadOnly {
            lines.append(
                (
                    "Mode",
                    "not WAL: who reads for long stops all who write. Close other programs, and"
                        + " run this again"
                ))
        }
        if status.cutBacklog {
            lines.append(
                ("Backlog", "too large for one change-set: it goes in several, the rest later"))
        }
        if let words = token(status) { lines.append(("ATTENTION", words)) }
        if status.isReadOnly { lines.append(("Access", "read only: nothing can be written")) }
        if status.needsNewNumber {
            lines.append(
                ("Copy", "this file is a copy or was put back; the next sync gets a new number"))
        }
        return lines
    }

    private static func office(_ status: ReplicaStatus) -> String {
        var text = "\(status.name), replica \(status.replica)"
        if let label = status.label { text += " (\(label))" }
        if let before = status.succeeds { text += ", before that \(before)" }
        return text
    }

    /// What is wrong with the office's secret, and the way out; nil where nothing is known to be.
    static func token(_ status: ReplicaStatus) -> String? {
        switch status.token {
        case .present: nil
        case .unusable(let error): error.sentence
        case .refused(let date):
            "the centre did not accept this office's secret on \(Moments.local(date)). Work goes on"
                + " here, and nothing can be sent. \(ReplicaError.wayToEnrol)"
        }
    }

    /// The same as one word, for programs.
    static func tokenWord(_ status: ReplicaStatus) -> String {
        switch status.token {
        case .present: "present"
        case .unusable(let error): error.word
        case .refused: "refused"
        }
    }

    private static func lastSync(_ date: Date?) -> String {
        date.map { "\(Moments.local($0)) (\(Moments.age(of: $0)))" } ?? "never"
    }

    private static func waiting(_ status: ReplicaStatus) -> String {
        guard status.onTheWay > 0 else {
            return status.token == .present ? "nothing: the centre has everything" : "nothing"
        }
        var text = "\(SyncSummary.count(status.onTheWay, "row")) to send"
        if status.sealed > 0 {
            text +=
                ", \(status.sealedRows) of them in"
                + " \(SyncSummary.count(status.sealed, "sealed change-set"))"
        }
        return text
    }

    private static func parked(_ status: ReplicaStatus) -> String {
        guard status.parked > 0 else { return "none" }
        return "\(SyncSummary.count(status.parked, "row")) that an index of this file refuses, or"
            + " another program has spoiled: `rientro sync` says which"
    }

    private static func clock(_ offset: Int64) -> String {
        guard offset != 0 else { return "right, as of the last sync" }
        let length = Moments.length(seconds: Double(offset.magnitude) / 1000)
        let text = "\(length) \(offset > 0 ? "slow" : "fast"), as of the last sync"
        return SyncSummary.clock(offset) == nil ? text : text + ": set it right"
    }

    private static func proof(_ status: ReplicaStatus) -> String {
        guard let proof = status.proven, status.onTheWay == 0 else { return status.provenText }
        return "\(status.provenText), \(Moments.local(proof.date))"
    }

    /// The names that other programs rely on, and some more.
    static func json(_ status: ReplicaStatus) -> JSONValue {
        let proof: JSONValue? =
            status.onTheWay > 0
            ? nil
            : status.proven.map { proof in
                ["at": .string(Moments.utc(proof.date)), "commit": .integer(proof.commit)]
            }
        return [
            "replica": .integer(status.replica),
            "pending": .count(status.pending),
            "sealed": .count(status.sealed),
            "refused": .count(status.refused),
            "conflicts": .count(status.conflicts),
            "parked": .count(status.parked),
            "cursor": [
                "epoch": .string(status.cursor.epoch), "commit": .integer(status.cursor.commit),
                "chain": .string(status.cursor.chain),
            ],
            "head": ["n": .integer(status.head.number), "hash": .string(status.head.hash)],
            "last_sync": .optional(status.lastSync.map(Moments.utc)),
            "clock_offset_ms": .integer(status.clockOffsetMilliseconds),
            "proven": proof ?? .null,
            "proven_text": .string(status.provenText),
            "name": .string(status.name),
            "server": .string(status.server),
            "portfolios": .array(status.portfolios.map { .string($0) }),
            "sealed_rows": .count(status.sealedRows),
            "cut_backlog": .bool(status.cutBacklog),
            "wal": .bool(status.isInWAL),
            "needs_new_number": .bool(status.needsNewNumber),
            "token": .string(tokenWord(status)),
            "label": .optional(status.label),
            "succeeds": .optional(status.succeeds),
            "read_only": .bool(status.isReadOnly),
        ]
    }
}
