import Portfolio

/// A total row that does not say what the rows come to, or that cannot be compared.
package struct StatedTotal: Equatable, Sendable {
    /// Its line.
    package let line: Int
    /// Its amount, as it stands there; empty where none stands in the column of open amounts.
    package let text: String
    /// Its difference to the sum of the good rows, in minor units; nil where it cannot be compared.
    package let difference: Int64?
}

/// Compares total rows with the sums of the good rows.
///
/// A total may be of the rows since the last one (an account's, a page's), of all rows before it,
/// or of all rows of the file. One that is none of these is told, with its difference to all rows.
struct StatedTotals {
    /// How many total rows there were.
    private(set) var count = 0
    /// What the last of them said.
    private(set) var last: String?
    private var section = BalanceSums()
    private var sums = BalanceSums()
    /// Those that were no sum of rows before them.
    private var open: [(line: Int, text: String, currency: String?)] = []

    /// Takes a good row.
    mutating func received(_ amount: Int64, _ currency: String) throws(HandOverError) {
        try section.add(amount, currency)
        try sums.add(amount, currency)
    }

    /// Takes a total row.
    mutating func received(
        _ record: CSVRecord, format: HandOverFormat
    ) {
        count += 1
        let text = format.header.text(.openAmount, in: record)
        last = text ?? last
        // The label may stand there.
        let said = format.header.text(.currency, in: record)?.uppercased()
        let currency = said.flatMap { Currency.exponent(of: $0) == nil ? nil : $0 }
        let agrees = [section, sums].contains { sums in
            Self.difference(text, currency, to: sums, format) == 0
        }
        section = BalanceSums()
        // Nobody reads more of them, and more than one is wrong already.
        guard !agrees, open.count < InterchangeLimits.listedMax else { return }
        open.append((record.line, text ?? "", currency))
    }

    /// The totals that do not agree, now that all rows are known.
    func disagreeing(format: HandOverFormat) -> [StatedTotal] {
        open.compactMap { line, text, currency in
            let difference = Self.difference(text, currency, to: sums, format)
            return difference == 0
                ? nil : StatedTotal(line: line, text: text, difference: difference)
        }
    }

    /// The sums of all good rows.
    var all: BalanceSums { sums }

    /// How much more was stated than the rows of its currency come to; nil where that cannot be
    /// said.
    private static func difference(
        _ text: String?, _ currency: String?, to sums: BalanceSums, _ format: HandOverFormat
    ) -> Int64? {
        guard let currency = currency ?? sums.onlyCurrency,
            let stated = text.flatMap({ format.minorUnits($0, currency) })
        else { return nil }
        let (difference, overflow) = stated.subtractingReportingOverflow(sums[currency])
        return overflow ? nil : difference
    }
}

extension BalanceSums {
    /// The currency, where there is only one.
    var onlyCurrency: String? { amounts.count == 1 ? amounts.keys.first : nil }
}

extension HandOverFormat {
    /// An amount as the file writes it, in minor units; nil where it is none.
    func minorUnits(_ text: String, _ currency: String) -> Int64? {
        guard let exponent = Currency.exponent(of: currency) else { return nil }
        return try? MinorUnits.parse(
            text, decimal: decimal, exponent: scale == .cents ? 0 : exponent)
    }
}
