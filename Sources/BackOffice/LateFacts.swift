internal import RientroSQLite
internal import RientroServer

/// Facts of days that were closed already: they are in this close, with a mark.
enum LateFacts {
    /// The lines of a page, by office, table; a creditor's page does not name the offices.
    static func lines(
        _ day: DayTables, _ engine: CentreEngine, _ page: DayPage
    ) throws -> [LateLine] {
        let condition =
            switch page.scope.kind {
            case .firm: "?2 = ''"
            case .branch: "a.portfolio_id = ?2"
            case .creditor: "a.creditor_id = ?2"
            }
        let isNamed = page.scope.kind != .creditor
        let names = Dictionary(
            try engine.replicas().map { ($0.number, $0.name) },
            uniquingKeysWith: { first, _ in first })
        return try day.db.rows(
            """
            SELECT \(isNamed ? "f.replica" : "0"), f.tab, min(f.day), max(f.day), count(*),
              coalesce(sum(f.amount) FILTER (WHERE f.currency = ?1), 0)
            FROM day_fact AS f JOIN day_account AS a ON a.id = f.account_id
            WHERE f.is_late AND \(condition)
            GROUP BY 1, 2 ORDER BY 1, 2
            """, .text(page.currency), .text(page.scope.key)
        ) {
            LateLine(
                replica: $0.integer(0), office: isNamed ? names[$0.integer(0)] ?? "" : "",
                table: $0.text(1), firstDay: $0.text(2), lastDay: $0.text(3),
                facts: $0.integer(4), amount: $0.integer(5))
        }
    }
}
