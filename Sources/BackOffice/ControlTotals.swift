internal import RientroSQLite

/// An account whose control total does not come out.
package struct ControlDifference: Codable, Equatable, Sendable {
    /// The account's id.
    package let account: String
    /// Its case reference.
    package let caseRef: String
    /// Its figures, as a line of its own.
    package let line: ControlLine
}

/// The control totals of a day: `placed = open + paid + adjusted` for each creditor, lot and
/// currency, to the cent.
///
/// What is open comes from the portfolio's views, which is what people work with; what was placed,
/// paid and adjusted is added up from the ledger's rows, by SQL that shares nothing with them.
package struct ControlTotals {
    private let day: DayTables

    /// The totals of a day. Throws `SQLiteError`.
    package init(_ day: DayTables) throws {
        self.day = day
        try day.db.execute(Self.makeTable)
    }

    /// Reversals take back at most what was paid, however often they were typed.
    private static let makeTable = """
        CREATE TEMP TABLE IF NOT EXISTS day_control AS
        SELECT account_id, currency, sum(placed) AS placed, sum(open) AS open,
          sum(paid) AS paid, sum(adjusted) AS adjusted
        FROM (
          SELECT i.account_id, i.currency, i.open_amount AS placed, 0 AS open, 0 AS paid,
            0 AS adjusted
          FROM main.debt_item AS i
          WHERE i.adjusts_id IS NULL AND (i.lot_id IS NULL OR i.lot_id IN (SELECT id FROM lot))
            AND i.account_id IN (SELECT id FROM day_account)
          UNION ALL
          SELECT i.account_id, i.currency, 0, 0, 0, -i.open_amount
          FROM main.debt_item AS i
          WHERE i.adjusts_id IS NOT NULL
            AND (i.lot_id IS NULL OR i.lot_id IN (SELECT id FROM lot))
            AND i.account_id IN (SELECT id FROM day_account)
          UNION ALL
          SELECT p.account_id, p.currency, 0, 0, p.amount - CASE
              WHEN p.amount >= 0 THEN min(p.amount, max(0, -coalesce(r.amount, 0)))
              ELSE max(p.amount, min(0, -coalesce(r.amount, 0))) END, 0
          FROM payment AS p LEFT JOIN (
            SELECT reverses_id, account_id, currency, sum(amount) AS amount FROM payment
            WHERE reverses_id IS NOT NULL GROUP BY reverses_id, account_id, currency
          ) AS r ON r.reverses_id = p.id AND r.account_id = p.account_id
            AND r.currency = p.currency
          WHERE p.reverses_id IS NULL AND p.state <> 'reported'
          UNION ALL
          SELECT id, currency, 0, balance, 0, 0 FROM day_account
          UNION ALL
          SELECT o.account_id, o.currency, 0, o.amount, 0, 0
          FROM day_owed AS o JOIN day_account AS a ON a.id = o.account_id
          WHERE o.currency <> a.currency
          UNION ALL
          SELECT p.account_id, p.currency, 0, -p.net, 0, 0
          FROM payments AS p JOIN day_account AS a ON a.id = p.account_id
          WHERE p.currency <> a.currency)
        GROUP BY account_id, currency
        """

    /// The lines of a page, by creditor, lot and currency; lines of nothing are left out.
    package func lines(for scope: PageScope) throws -> [ControlLine] {
        let condition =
            switch scope.kind {
            case .firm: "?1 = ''"
            case .branch: "a.portfolio_id = ?1"
            case .creditor: "a.creditor_id = ?1"
            }
        return try day.db.rows(
            """
            SELECT a.creditor_id, a.lot_id, c.currency, sum(c.placed), sum(c.open), sum(c.paid),
              sum(c.adjusted), (SELECT l.reference FROM lot AS l WHERE l.id = a.lot_id)
            FROM day_control AS c JOIN day_account AS a ON a.id = c.account_id
            WHERE \(condition)
            GROUP BY a.creditor_id, a.lot_id, c.currency
            HAVING sum(abs(c.placed) + abs(c.open) + abs(c.paid) + abs(c.adjusted)) > 0
            ORDER BY a.creditor_id, a.lot_id, c.currency
            """, .text(scope.key)
        ) { Self.line($0, at: 0) }
    }

    /// The accounts that do not come out, at most `differencesMax` of them, the largest difference
    /// first.
    package func differences() throws -> [ControlDifference] {
        try day.db.rows(
            """
            SELECT a.id, a.case_ref, a.creditor_id, a.lot_id, c.currency, c.placed, c.open, c.paid,
              c.adjusted, (SELECT l.reference FROM lot AS l WHERE l.id = a.lot_id)
            FROM day_control AS c JOIN day_account AS a ON a.id = c.account_id
            WHERE c.placed <> c.open + c.paid + c.adjusted
            ORDER BY abs(c.placed - c.open - c.paid - c.adjusted) DESC, a.id, c.currency LIMIT ?
            """, .integer(Self.differencesMax)
        ) {
            ControlDifference(
                account: $0.text(0), caseRef: $0.text(1), line: Self.line($0, at: 2))
        }
    }

    /// Accounts that are shown: more than a person looks into at once.
    static let differencesMax: Int64 = 100

    private static func line(_ row: Statement, at first: Int) -> ControlLine {
        ControlLine(
            creditor: row.text(first), lot: row.text(first + 1),
            reference: row.optionalText(first + 7), currency: row.text(first + 2),
            placed: row.integer(first + 3), open: row.integer(first + 4),
            paid: row.integer(first + 5), adjusted: row.integer(first + 6))
    }
}
