internal import RientroProtocol
internal import RientroSQLite

/// Two records that may be of one payment. They are flagged, and never merged.
extension ReviewSearch {
    /// Payments of one amount in one currency, few days apart, that nothing tells apart: reference
    /// and payer are equal or missing on one side, and no receipt or bank reference differs. Of one
    /// account, or with an equal reference of two accounts of one debtor.
    func duplicates() throws -> [ReviewEntry] {
        try makeCandidates()
        try makePairs(among: "account_id", where: "TRUE", and: "TRUE")
        try makePairs(
            among: "debtor_id, reference", where: "reference <> ''",
            and: "a.account_id <> b.account_id")
        let entries = try pairs()
        try db.execute(
            "DROP TABLE review_pair; DROP TABLE review_payment; "
                + "DROP INDEX temp.review_payment_id")
        return entries
    }

    /// The payments that can be one of two.
    ///
    /// A reversal counts from the moment when the centre has it, whatever day it is of.
    private func makeCandidates() throws {
        try db.execute(
            """
            CREATE TEMP TABLE review_payment AS
            SELECT p.id, p.account_id, a.debtor_id, p.amount, p.currency,
              CAST(julianday(p.received_on) AS INTEGER) AS day,
              \(Self.spelling("p.reference")) AS reference
            FROM day_payment AS p JOIN day_account AS a ON a.id = p.account_id
            WHERE p.state <> 'reported' AND p.amount <> 0 AND p.reversed = 0
              AND p.id NOT IN (
                SELECT reverses_id FROM main.payment WHERE reverses_id IS NOT NULL);
            CREATE TEMP TABLE review_pair(a TEXT, b TEXT, UNIQUE (a, b));
            CREATE UNIQUE INDEX temp.review_payment_id ON day_payment(id);
            """)
    }

    /// A text as people compare it: without spaces, in lower case.
    private static func spelling(_ column: String) -> String {
        "lower(replace(coalesce(\(column), ''), ' ', ''))"
    }

    /// Adds pairs of payments that agree in some columns. Of most payments there is none near, so
    /// those that have one are set apart first, with all that tells them apart; only they are
    /// joined.
    private func makePairs(
        among columns: String, where isCandidate: String, and isPair: String
    ) throws {
        let keys = "\(columns), currency, amount"
        let join = keys.split(separator: ", ").map { "a.\($0) = b.\($0)" }
            .joined(separator: " AND ")
        let days = ReviewLimits.duplicateDaysMax
        try db.execute(
            """
            CREATE TEMP TABLE review_near AS
            SELECT n.*, p.recorded_at, \(Self.spelling("p.receipt_number")) AS receipt,
              \(Self.spelling("p.bank_ref")) AS bank, \(Self.spelling("p.payer_name")) AS payer,
              \(Self.spelling("p.payer_iban")) AS iban
            FROM (
              SELECT c.*, row_number() OVER near AS rank,
                day - lag(day) OVER near AS before, lead(day) OVER near - day AS after
              FROM review_payment AS c WHERE \(isCandidate)
              WINDOW near AS (PARTITION BY \(keys) ORDER BY day, id)) AS n
            CROSS JOIN day_payment AS p ON p.id = n.id
            WHERE n.before <= \(days) OR n.after <= \(days);
            CREATE INDEX temp.review_near_key ON review_near(\(keys), rank);
            INSERT INTO review_pair(a, b)
            SELECT iif(isLater, b, a), iif(isLater, a, b)
            FROM (
              SELECT a.id AS a, b.id AS b, (a.recorded_at, a.id) > (b.recorded_at, b.id) AS isLater
              FROM review_near AS a JOIN review_near AS b ON \(join)
              WHERE b.rank BETWEEN a.rank - \(ReviewLimits.duplicateNeighboursMax) AND a.rank - 1
                AND a.day - b.day <= \(days) AND \(isPair)
                AND (a.reference = b.reference OR a.reference = '' OR b.reference = '')
                AND (a.receipt = b.receipt OR a.receipt = '' OR b.receipt = '')
                AND (a.bank = b.bank OR a.bank = '' OR b.bank = '')
                AND CASE WHEN a.iban <> '' AND b.iban <> '' THEN a.iban = b.iban
                  ELSE a.payer = b.payer OR a.payer = '' OR b.payer = '' END)
            WHERE TRUE ON CONFLICT DO NOTHING;
            DROP TABLE review_near;
            """)
    }

    private func pairs() throws -> [ReviewEntry] {
        try db.rows(
            """
            SELECT max(a.received_on, b.received_on), a.amount, a.currency,
              \(Self.columns("a")), \(Self.columns("b"))
            FROM review_pair AS n CROSS JOIN day_payment AS a ON a.id = n.a
            CROSS JOIN day_payment AS b ON b.id = n.b
            ORDER BY n.a, n.b
            """
        ) { row in
            let ids = [row.text(3), row.text(3 + Self.columnCount)]
            var facts: [ReviewFact] = []
            var places: [ReviewPlace] = []
            for (side, first) in [("earlier", 3), ("later", 3 + Self.columnCount)] {
                let place = try place(account: row.text(first + 1))
                if let place, !places.contains(place) { places.append(place) }
                facts.note("\(side)_id", row.text(first))
                facts.note("\(side)_case_ref", place?.caseRef)
                for (index, name) in Self.shownColumns.enumerated() {
                    facts.note("\(side)_\(name)", row.optionalText(first + 2 + index))
                }
            }
            return ReviewEntry(
                kind: .duplicate,
                key: ReviewEntry.key(.duplicate, ids.sorted().map { .text($0) }),
                places: places, since: row.text(0), amount: row.integer(1),
                currency: row.text(2), facts: facts, subjects: ids)
        }
    }

    /// What is shown of each of the two.
    private static let shownColumns = [
        "received_on", "recorded_at", "operator", "method", "reference", "receipt_number",
        "bank_ref", "payer_name",
    ]

    private static let columnCount = shownColumns.count + 2

    private static func columns(_ side: String) -> String {
        (["id", "account_id"] + shownColumns).map { "\(side).\($0)" }.joined(separator: ", ")
    }
}
