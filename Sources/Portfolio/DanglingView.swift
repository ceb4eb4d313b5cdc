package import RientroProtocol

/// Rows that name, as another of their account, one that they cannot count with.
extension DebtorPortfolio {
    /// Every such row, for somebody to look at: it is in no sum and ends nothing.
    ///
    /// `reference` is the column, `names` what stands in it. `why`: `nothing` (no such row, or it
    /// has not come yet), `itself`, `other_account`, `other_currency`, `chain` (what it names names
    /// one itself), `wrong_sign`, `too_much` (it takes back more than there was; of such a one the
    /// whole of what it names counts as taken back).
    package static let danglingReferences = Schema.View(
        name: "dangling_references", select: danglingReferences(in: tables))

    private static func danglingReferences(in tables: [Schema.Table]) -> String {
        tables.flatMap { table in
            table.columns.compactMap { column in
                guard case .sibling(let sibling) = column.limit,
                    case .parent(_, let parent) = table.routing
                else { return nil }
                return dangling(table, column.name, sibling, under: parent)
            }
        }.joined(separator: "\nUNION ALL\n")
    }

    private static func dangling(
        _ table: Schema.Table, _ column: String, _ sibling: Schema.Sibling, under parent: String
    ) -> String {
        var reasons = [
            ("r.\(column) = r.id", "itself"), ("n.id IS NULL", "nothing"),
            ("n.\(parent) <> r.\(parent)", "other_account"),
        ]
        reasons += sibling.alike.map { ("n.\($0) <> r.\($0)", "other_\($0)") }
        if sibling.endsThere { reasons.append(("n.\(column) IS NOT NULL", "chain")) }
        if let number = sibling.opposes {
            reasons.append(("NOT (\(opposed("r", "n", by: number)))", "wrong_sign"))
            reasons.append(("abs(r.\(number)) > abs(n.\(number))", "too_much"))
        }
        let why = reasons.map { "WHEN \($0) THEN '\($1)'" }.joined(separator: "\n    ")
        func own(_ names: String...) -> String {
            names.first { table.column($0) != nil }.map { "r.\($0)" } ?? "NULL"
        }
        return """
            SELECT * FROM (
              SELECT '\(table.name)' AS kind, r.id, r.\(parent), '\(column)' AS reference,
                r.\(column) AS names, CASE \(why) END AS why,
                \(own("amount", "open_amount")) AS amount, \(own("currency")) AS currency,
                \(own("operator")) AS operator, \(own("recorded_at")) AS recorded_at
              FROM \(table.name) AS r LEFT JOIN \(sibling.table) AS n ON n.id = r.\(column)
              WHERE r.\(column) IS NOT NULL)
            WHERE why IS NOT NULL
            """
    }

    /// Whether one of two numbers is above 0 and the other below: their product could be too large
    /// for 64 bits, where SQL goes on with floating point, whose sign is right.
    static func opposed(_ one: String, _ other: String, by number: String) -> String {
        "\(one).\(number) * \(other).\(number) < 0"
    }
}
