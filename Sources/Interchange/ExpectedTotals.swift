import Portfolio

/// What the covering letter says of a file: how many rows, and what they come to.
package struct ExpectedTotals: Equatable, Sendable {
    /// How many rows of items.
    package let rows: Int?
    /// What is open in all, as a person writes it.
    package let total: String?

    /// Reads `rows=1200,total=1.234.567,89`, in any order, one of them or both; nil for anything
    /// else.
    package init?(_ text: String) {
        var rows: Int?
        var total: String?
        var rest = text[...]
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals]
            rest = rest[rest.index(after: equals)...]
            // A comma may be of the number; what follows the next name's is not.
            let others = [",rows=", ",total="].compactMap { rest.firstRange(of: $0)?.lowerBound }
            let end = others.min() ?? rest.endIndex
            let value = String(rest[..<end])
            rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            switch name {
            case "rows" where rows == nil:
                guard let number = Int(value), number >= 0 else { return nil }
                rows = number
            case "total" where total == nil:
                guard MinorUnits.isNumber(value) else { return nil }
                total = value
            default: return nil
            }
        }
        guard rows != nil || total != nil else { return nil }
        self.rows = rows
        self.total = total
    }

    /// What of it the file is not.
    package func differences(from summary: HandOverSummary) -> [ExpectedDifference] {
        var found: [ExpectedDifference] = []
        if let rows, rows != summary.rows { found.append(.rows(rows, found: summary.rows)) }
        guard let total else { return found }
        let currency = summary.openAmounts.count == 1 ? summary.openAmounts.keys.first : nil
        // A letter may write numbers in another way than the file.
        let decimal = MinorUnits.evidence(in: total) ?? summary.format.decimal
        let exponent = currency.flatMap { Currency.exponent(of: $0) }
        let expected = exponent.flatMap {
            try? MinorUnits.parse(total, decimal: decimal, exponent: $0)
        }
        guard let currency, let expected else { return found + [.totalUnknown(total)] }
        let sum = summary.openAmounts[currency] ?? 0
        return expected == sum ? found : found + [.total(expected, found: sum, currency: currency)]
    }
}

/// What a file is otherwise than its covering letter says.
package enum ExpectedDifference: Equatable, Sendable {
    /// So many rows were to come, and so many there are.
    case rows(Int, found: Int)
    /// So much was to come, and so much it is, in minor units of the good rows.
    case total(Int64, found: Int64, currency: String)
    /// The file has several currencies or none, or this is no amount of its currency.
    case totalUnknown(String)
}
