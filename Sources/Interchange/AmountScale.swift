import Portfolio

/// What a whole number means in a file's amounts.
package enum AmountScale: String, CaseIterable, Equatable, Sendable {
    /// Whole units of the currency: 150 is 150.00 euro.
    case units
    /// Minor units: 150 is 1.50 euro.
    case cents
}

/// Collects what a file's amounts say about whether they are cents.
///
/// Debts in whole euro of five digits throughout are rare, and a hundredfold is loaded silently: so
/// it is asked. Amounts of 0, and those of currencies without minor unit, say nothing.
struct CentsEvidence {
    private var wholeCount = 0
    private var longCount = 0
    private var hasDecimals = false
    private var first: (text: String, line: Int)?

    /// Whole numbers of so many digits are long for a debt in units.
    private static let longDigits = 5

    /// Takes one amount that is not empty.
    mutating func received(_ text: String, currency: String?, line: Int) {
        guard Currency.exponent(of: currency?.uppercased() ?? "EUR") != 0 else { return }
        guard let digits = MinorUnits.wholeDigits(text) else {
            // What is no number at all is a problem of its row.
            if MinorUnits.isNumber(text) { hasDecimals = true }
            return
        }
        guard digits > 0 else { return }
        wholeCount += 1
        guard digits >= Self.longDigits else { return }
        longCount += 1
        if first == nil { first = (text, line) }
    }

    /// The first long amount, where all are whole and most are long.
    var doubtful: (text: String, line: Int)? {
        !hasDecimals && longCount * 2 > wholeCount ? first : nil
    }
}
