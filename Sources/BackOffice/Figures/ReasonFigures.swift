internal import RientroSQLite

/// Why accounts are not paid: open ones with something open, by their last recorded reason.
struct ReasonFigures {
    private let labels: CodeLabels
    private let accounts: ByPage<String, Int64>
    private let open: OpenFigures

    /// Reads them. `figure_account` must be there.
    init(_ day: DayTables, open: OpenFigures) throws {
        self.open = open
        labels = try CodeLabels("reason", in: day.db)
        accounts = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id, coalesce(last_reason, ''), count(*)
            FROM figure_account WHERE is_open AND is_owing GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """, values: 3
        ) { $0.text(2) }
    }

    /// The lines of a page: most accounts first, and last those of which nothing is known.
    func lines(of page: DayPage) -> [ReasonLine] {
        let lines = accounts[page.scope].map { code, accounts in
            ReasonLine(
                code: code,
                labelIT: code.isEmpty ? "nessun motivo registrato" : labels.italian(code),
                labelEN: code.isEmpty ? "no reason recorded" : labels.english(code),
                group: labels.group(code), fault: labels.fault(code), accounts: accounts,
                amount: open.owing(code, in: page.currency, on: page))
        }
        return lines.sorted {
            if $0.code.isEmpty || $1.code.isEmpty { return !$0.code.isEmpty }
            return ($1.accounts, $0.code) < ($0.accounts, $1.code)
        }
    }
}
