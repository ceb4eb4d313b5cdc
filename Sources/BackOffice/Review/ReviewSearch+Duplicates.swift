internal import RientroProtocol
internal import RientroSQLite

/// Records that may be of one payment. They are flagged, and never merged.
extension ReviewSearch {
    /// Payments of one amount in one currency, few days apart, that nothing tells apart, each group
    /// whole: three equal records are one finding. Of one account, or with an equal reference of
    /// several accounts of one debtor.
    func duplicates() throws -> [ReviewEntry] {
        try makeCandidates()
        let across = try groups(among: "debtor_id, reference", where: "reference <> ''")
            .filter { Set($0.map(\.account)).count > 1 }
        let within = try groups(among: "account_id", where: "TRUE")
        // A group that is a part of a larger one says nothing of its own.
        var known: [String: [Set<String>]] = [:]
        for group in across {
            let ids = Set(group.map(\.id))
            for id in ids { known[id, default: []].append(ids) }
        }
        let own = within.filter { group in
            let ids = Set(group.map(\.id))
            return !(known[group.first?.id ?? ""] ?? []).contains { $0.isSuperset(of: ids) }
        }
        let entries = try (across + own).map(entry)
        try db.execute("DROP TABLE review_payment; DROP INDEX temp.review_payment_id")
        return entries
    }

    /// The payments that can be one of several.
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
              AND (p.id, p.account_id) NOT IN (
                SELECT reverses_id, account_id FROM main.payment WHERE reverses_id IS NOT NULL);
            CREATE UNIQUE INDEX temp.review_payment_id ON day_payment(id);
            """)
    }

    /// A text as people compare it: without spaces, in lower case.
    private static func spelling(_ column: String) -> String {
        "lower(replace(coalesce(\(column), ''), ' ', ''))"
    }

    /// The groups among payments that agree in some columns. Of most payments there is none near,
    /// so those that have one are set apart first, with all that tells them apart.
    private func groups(
        among columns: String, where isCandidate: String
    ) throws -> [[PaymentRecord]] {
        let keys = "\(columns), currency, amount"
        let days = ReviewLimits.duplicateDaysMax
        var groups: [[PaymentRecord]] = []
        var alike: [PaymentRecord] = []
        var last: [SQLiteValue] = []
        func finish() {
            groups += PaymentGroups.of(alike)
            alike = []
        }
        let own = keys.split(separator: ", ").map { "n.\($0)" }
        let width = own.count
        try db.forEach(
            """
            SELECT \(own.joined(separator: ", ")), n.id, n.account, n.day, n.reference,
              p.recorded_at,
              \(Self.spelling("p.receipt_number")), \(Self.spelling("p.bank_ref")),
              \(Self.spelling("p.payer_name")), \(Self.spelling("p.payer_iban"))
            FROM (
              SELECT *, account_id AS account,
                day - lag(day) OVER near AS before, lead(day) OVER near - day AS after
              FROM review_payment WHERE \(isCandidate)
              WINDOW near AS (PARTITION BY \(keys) ORDER BY day, id)) AS n
            CROSS JOIN day_payment AS p ON p.id = n.id
            WHERE n.before <= \(days) OR n.after <= \(days)
            ORDER BY \((1...width).map(String.init).joined(separator: ", ")), n.day, n.id
            """
        ) { row in
            let key = (0..<width).map { row.value($0) }
            if key != last { finish() }
            last = key
            alike.append(
                PaymentRecord(
                    id: row.text(width), account: row.text(width + 1),
                    day: row.integer(width + 2), recordedAt: row.text(width + 4),
                    marks: .init(
                        reference: row.text(width + 3), receipt: row.text(width + 5),
                        bank: row.text(width + 6), payer: row.text(width + 7),
                        iban: row.text(width + 8))))
        }
        finish()
        return groups
    }

    /// The finding about a group, the record that was written first before the others.
    private func entry(_ group: [PaymentRecord]) throws -> ReviewEntry {
        var facts: [ReviewFact] = [ReviewFact("records", "\(group.count)")]
        var places: [ReviewPlace] = []
        var since = ""
        var (amount, currency): (Int64, String) = (0, "")
        for (index, record) in group.enumerated() {
            let place = try place(account: record.account)
            if let place, !places.contains(place) { places.append(place) }
            let side = index == 0 ? "earlier" : "later"
            try db.forEach(
                "SELECT amount, currency, \(Self.shownColumns.joined(separator: ", "))"
                    + " FROM day_payment WHERE id = ?", [.text(record.id)]
            ) { row in
                (amount, currency) = (row.integer(0), row.text(1))
                since = max(since, row.text(2))
                guard index < ReviewLimits.recordsShownMax else { return }
                facts.note("\(side)_id", record.id)
                facts.note("\(side)_case_ref", place?.caseRef)
                for (column, name) in Self.shownColumns.enumerated() {
                    facts.note("\(side)_\(name)", row.optionalText(column + 2))
                }
            }
        }
        let ids = group.map(\.id)
        return ReviewEntry(
            kind: .duplicate, key: ReviewEntry.key(.duplicate, ids.sorted().map { .text($0) }),
            places: places, since: since, amount: amount, currency: currency, facts: facts,
            subjects: ids)
    }

    /// What is shown of each record.
    private static let shownColumns = [
        "received_on", "recorded_at", "operator", "method", "reference", "receipt_number",
        "bank_ref", "payer_name",
    ]
}
