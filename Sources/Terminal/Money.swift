/// Amounts of money as people read and type them.
///
/// An amount is a whole number of minor units (cents) and an ISO 4217 code; no fraction is ever
/// kept in a floating number.
package enum Money {
    /// An amount for people: `1.533,50 EUR` in Italian, `1,533.50 EUR` in English.
    package static func text(
        minorUnits: Int64, currency: String, language: Language
    ) -> String {
        "\(number(minorUnits: minorUnits, currency: currency, language: language)) \(currency)"
    }

    /// The same without the currency, for a column whose title says it.
    package static func number(
        minorUnits: Int64, currency: String, language: Language
    ) -> String {
        let decimals = Currency.decimals(currency)
        var digits = String(minorUnits.magnitude)
        if digits.count <= decimals {
            digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
        }
        let whole = grouped(digits.dropLast(decimals), mark: language.groupMark)
        let fraction = decimals > 0 ? "\(language.decimalMark)\(digits.suffix(decimals))" : ""
        return (minorUnits < 0 ? "-" : "") + whole + fraction
    }

    /// A count for people, with the digits in groups of three.
    package static func grouped(_ count: Int64, language: Language) -> String {
        (count < 0 ? "-" : "")
            + grouped(String(count.magnitude)[...], mark: language.groupMark)
    }

    private static func grouped(_ digits: Substring, mark: Character) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text.append(mark) }
            text.append(digit)
        }
        return text
    }
}
