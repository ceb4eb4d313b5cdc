import BackOffice
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Terminal

/// The refused rows that wait, by group and by page: there may be a million of them.
struct RefusedRows {
    /// Which are meant; nil and empty mean any.
    struct Filter {
        let replicas: [Int64]?
        let table: Int64?
        let reason: String?

        var isAny: Bool { replicas == nil && table == nil && reason == nil }
        /// The offices, one nil for any.
        var replicasOrAny: [Int64?] { replicas.map { $0.map { $0 } } ?? [nil] }

        /// Those of --office, --table and --reason. Throws `CentreError.unknown`,
        /// `CommandError.noTable`.
        init(_ parsed: Parsed, _ engine: CentreEngine) throws {
            replicas = try parsed.value("office").map { typed in
                let found = try engine.replicas().filter {
                    $0.name == typed || "\($0.number)" == typed
                }.map(\.number)
                guard !found.isEmpty else { throw CentreError.unknown(what: "office", id: typed) }
                return found
            }
            table = try parsed.value("table").map { name in
                guard let table = engine.store.schema.allTables.first(where: { $0.name == name })
                else { throw CommandError.noTable(name) }
                return Int64(table.number)
            }
            reason = parsed.value("reason")
        }

        /// As a condition on `quarantine AS q`. Numbers are written, texts are bound as ?1.
        fileprivate var condition: String {
            var parts = ["q.closed_at IS NULL", "(?1 IS NULL OR q.reason = ?1)"]
            if let replicas {
                parts.append(
                    "q.replica IN (\(replicas.map(String.init).joined(separator: ", ")))")
            }
            if let table { parts.append("q.tab = \(table)") }
            return parts.joined(separator: " AND ")
        }
    }

    /// Rows of one office and table that were refused for one reason.
    struct Group {
        let office: String
        let table: String
        let reason: String
        let count: Int64
        let latest: Int64

        var json: JSONValue {
            [
                "office": .string(office), "table": .string(table), "reason": .string(reason),
                "count": .integer(count), "latest": ShownTime.json(latest),
            ]
        }
    }

    /// One of them.
    struct Row {
        let number: Int64
        let replica: Int64
        let office: String
        let table: String
        let id: String
        let register: Int64
        let reason: String
        let detail: String
        let refusedAt: Int64

        var json: JSONValue {
            [
                "number": .integer(number), "replica": .integer(replica),
                "office": .string(office), "table": .string(table), "row": .string(id),
                "register": .integer(register), "reason": .string(reason),
                "detail": .string(detail), "refused_at": ShownTime.json(refusedAt),
            ]
        }
    }

    private let engine: CentreEngine
    private let filter: Filter
    private let tables: [Int64: String]

    init(_ engine: CentreEngine, _ filter: Filter) throws {
        self.engine = engine
        self.filter = filter
        tables = Dictionary(
            engine.store.schema.allTables.map { (Int64($0.number), $0.name) },
            uniquingKeysWith: { first, _ in first })
    }

    private var reason: SQLiteValue { filter.reason.map { .text($0) } ?? .null }

    /// The groups, the largest first.
    func groups() throws -> [Group] {
        try engine.db.rows(
            """
            SELECT q.replica, coalesce(r.name, ''), q.tab, q.reason, count(*) AS rows,
              max(q.refused_at)
            FROM quarantine AS q LEFT JOIN replica AS r ON r.number = q.replica
            WHERE \(filter.condition)
            GROUP BY q.replica, q.tab, q.reason ORDER BY rows DESC, 1, 3, 4
            """, reason
        ) {
            Group(
                office: "\($0.integer(0)) \($0.text(1))",
                table: tables[$0.integer(2)] ?? "\($0.integer(2))", reason: $0.text(3),
                count: $0.integer(4), latest: $0.integer(5))
        }
    }

    /// The rows of a page.
    func rows(_ page: ListPage) throws -> [Row] {
        try engine.db.rows(
            """
            SELECT q.seq, q.replica, coalesce(r.name, ''), q.tab, q.row, q.register, q.reason,
              q.detail, q.refused_at
            FROM quarantine AS q LEFT JOIN replica AS r ON r.number = q.replica
            WHERE \(filter.condition) ORDER BY q.seq LIMIT ?2 OFFSET ?3
            """, reason, .integer(Int64(ReviewLimits.pageEntries)),
            .integer(Int64(page.skipped))
        ) {
            Row(
                number: $0.integer(0), replica: $0.integer(1), office: $0.text(2),
                table: tables[$0.integer(3)] ?? "\($0.integer(3))", id: $0.text(4),
                register: $0.integer(5), reason: $0.text(6), detail: $0.text(7),
                refusedAt: $0.integer(8))
        }
    }
}
