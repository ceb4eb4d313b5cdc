import Terminal

/// Numbers, amounts and dates as a language writes them.
struct Numerals: Sendable {
    /// Which language.
    let language: ReportLanguage

    private var numbers: Language { language.numbers }

    /// `1.533`
    func count(_ count: Int64) -> String {
        typographic(Money.grouped(count, language: numbers))
    }

    /// `1.533 pratiche`, `1 pratica`
    func count(_ count: Int64, _ one: String, _ many: String) -> String {
        // They stay on one line.
        "\(self.count(count))\u{A0}\(count == 1 ? one : many)"
    }

    /// `1.533,50 €` in Italian, `€1,533.50` in English.
    func amount(_ minorUnits: Int64, _ currency: String) -> String {
        let number = Money.number(
            minorUnits: minorUnits, currency: currency, language: numbers)
        return placed(typographic(number), currency)
    }

    /// The same, short enough for a label: `12.341 €`, `982 mila €`, `1,53 mln €`.
    func shortAmount(_ minorUnits: Int64, _ currency: String) -> String {
        var minor: UInt64 = 1
        for _ in 0..<decimals(currency) { minor *= 10 }
        let rest = minorUnits.magnitude % minor
        let unit = minorUnits.magnitude / minor
        // So little that its cents tell: nothing is not written for something.
        if unit < 100 && rest > 0 { return amount(minorUnits, currency) }
        let rounded = unit + (rest * 2 >= minor && minor > 1 ? 1 : 0)
        let sign = minorUnits < 0 && rounded > 0 ? "−" : ""
        if rounded < 100_000 { return placed(sign + grouped(rounded), currency) }
        for step in Self.steps where unit < step.below {
            let scaled = (unit + step.unit / 2) / step.unit
            return placed(sign + point(scaled, step.decimals), currency, step.name(language))
        }
        return placed(sign + grouped(unit / 1_000_000_000), currency, Step.billion(language))
    }

    /// `38,2%`. A share that is not nothing is not written as nothing, and one that is not all
    /// not as all.
    func share(_ numerator: Int64, of denominator: Int64) -> String? {
        guard denominator > 0 else { return nil }
        let tenths = Self.rounded(numerator, times: 1000, by: denominator)
        if tenths == 0 && numerator > 0 { return "<\(point(1, 1))%" }
        if tenths == 1000 && numerator < denominator { return ">\(point(999, 1))%" }
        return (tenths < 0 ? "−" : "") + point(tenths.magnitude, 1) + "%"
    }

    /// `38%`: for the labels of a chart.
    func shortShare(_ numerator: Int64, of denominator: Int64) -> String? {
        guard denominator > 0 else { return nil }
        let percent = Self.rounded(numerator, times: 100, by: denominator)
        if percent == 0 && numerator > 0 { return "<1%" }
        if percent == 100 && numerator < denominator { return "99%" }
        return (percent < 0 ? "−" : "") + grouped(percent.magnitude) + "%"
    }

    /// `4,2`: an average to a tenth.
    func average(_ numerator: Int64, by denominator: Int64) -> String? {
        guard denominator > 0 else { return nil }
        let tenths = Self.rounded(numerator, times: 10, by: denominator)
        return (tenths < 0 ? "−" : "") + point(tenths.magnitude, 1)
    }

    /// `numerator × factor ÷ denominator`, rounded half away from zero; at most what 63 bits hold.
    static func rounded(_ numerator: Int64, times factor: Int64, by denominator: Int64) -> Int64 {
        guard denominator > 0, factor > 0 else { return 0 }
        let product = numerator.magnitude.multipliedFullWidth(by: factor.magnitude)
        guard product.high < denominator.magnitude else {
            return numerator < 0 ? -Int64.max : Int64.max
        }
        let (quotient, rest) = denominator.magnitude.dividingFullWidth(product)
        let isUp = rest >= denominator.magnitude - rest
        let magnitude = Int64(clamping: quotient &+ (isUp && quotient < .max ? 1 : 0))
        return numerator < 0 ? -magnitude : magnitude
    }
}

/// Parts of numbers.
extension Numerals {
    /// From where on an amount is written in thousands, millions and billions, and how exactly:
    /// three digits that count, as many as a label needs.
    private struct Step {
        let below: UInt64
        let unit: UInt64
        let decimals: Int
        let name: @Sendable (ReportLanguage) -> String

        static func thousand(_ language: ReportLanguage) -> String {
            language == .italian ? "\u{A0}mila" : "k"
        }
        static func million(_ language: ReportLanguage) -> String {
            language == .italian ? "\u{A0}mln" : "m"
        }
        static func billion(_ language: ReportLanguage) -> String {
            language == .italian ? "\u{A0}mrd" : "bn"
        }
    }

    private static let steps = [
        Step(below: 999_500, unit: 1_000, decimals: 0, name: Step.thousand),
        Step(below: 9_995_000, unit: 10_000, decimals: 2, name: Step.million),
        Step(below: 99_950_000, unit: 100_000, decimals: 1, name: Step.million),
        Step(below: 999_500_000, unit: 1_000_000, decimals: 0, name: Step.million),
        Step(below: 9_995_000_000, unit: 10_000_000, decimals: 2, name: Step.billion),
    ]

    /// How many decimals a currency has, as `Money` writes them.
    private func decimals(_ currency: String) -> Int {
        let zero = Money.number(minorUnits: 0, currency: currency, language: numbers)
        return max(0, zero.count - 2)
    }

    private func grouped(_ count: UInt64) -> String {
        Money.grouped(Int64(clamping: count), language: numbers)
    }

    /// A whole number of tenths or hundredths as a decimal number.
    private func point(_ scaled: UInt64, _ decimals: Int) -> String {
        var divisor: UInt64 = 1
        for _ in 0..<decimals { divisor *= 10 }
        guard decimals > 0 else { return grouped(scaled) }
        let fraction = String(scaled % divisor)
        let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
        return grouped(scaled / divisor) + String(numbers.decimalMark) + zeros + fraction
    }

    /// The number with its currency: where the sign stands is a matter of the language.
    private func placed(_ number: String, _ currency: String, _ unit: String = "") -> String {
        let sign = currency == "EUR" ? "€" : currency
        if language == .italian { return "\(number)\(unit)\u{A0}\(sign)" }
        let gap = sign.count > 1 ? "\u{A0}" : ""
        if number.hasPrefix("−") { return "−\(sign)\(gap)\(number.dropFirst())\(unit)" }
        return "\(sign)\(gap)\(number)\(unit)"
    }

    private func typographic(_ number: String) -> String {
        number.hasPrefix("-") ? "−" + number.dropFirst() : number
    }
}

/// Numbers of charts.
extension Numerals {
    /// The mark of an axis: `5%`, `2,5%`; from tenths of a percent.
    func percentMark(tenths: Int64) -> String {
        let magnitude = tenths.magnitude
        return magnitude % 10 == 0 ? "\(grouped(magnitude / 10))%" : "\(point(magnitude, 1))%"
    }

    /// A count that fits into a small cell: `940`, `1k`, `12k`.
    func cellCount(_ count: Int64) -> String {
        count < 1000 ? "\(count)" : "\(count / 1000 + (count % 1000 >= 500 ? 1 : 0))k"
    }
}
