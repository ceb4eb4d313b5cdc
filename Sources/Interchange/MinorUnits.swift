/// Which sign separates the decimals of a file's amounts; the other one groups thousands.
package enum DecimalSign: String, Equatable, Sendable {
    case comma
    case point

    var byte: UInt8 { self == .comma ? 0x2C : 0x2E }
    var groupingByte: UInt8 { self == .comma ? 0x2E : 0x2C }
}

/// Amounts as people write them, made whole numbers of minor units without a floating-point number
/// on the way.
package enum MinorUnits {
    /// Why a text is no amount.
    package enum Fault: Error, Equatable, Sendable {
        /// It is not a number written with this decimal sign.
        case unreadable
        /// It has more decimals, not all of them zero, than the currency has.
        case tooPrecise
        /// It does not fit.
        case tooLarge
    }

    /// The amount in minor units of a currency with `exponent` decimals.
    ///
    /// Understood: a sign before or after, parentheses for a negative amount, a euro sign, spaces,
    /// and thousands grouped by three with the other sign or an apostrophe. Throws why not.
    package static func parse(
        _ text: String, decimal: DecimalSign, exponent: Int
    ) throws(Fault) -> Int64 {
        guard let number = Self.number(text) else { throw .unreadable }
        let parts = number.digits.split(
            separator: decimal.byte, maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = ungrouped(parts[0], by: decimal.groupingByte) else {
            throw .unreadable
        }
        var decimals = parts.count == 2 ? Array(parts[1]) : []
        guard decimals.allSatisfy(isDigit), !(whole.isEmpty && decimals.isEmpty) else {
            throw .unreadable
        }
        while decimals.count > exponent {
            guard decimals.removeLast() == zero else { throw .tooPrecise }
        }
        while decimals.count < exponent { decimals.append(zero) }
        var value: Int64 = 0
        for digit in whole + decimals {
            let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = shifted.addingReportingOverflow(Int64(digit - zero))
            guard !tooLarge, !overflow else { throw .tooLarge }
            value = sum
        }
        return number.isNegative ? -value : value
    }

    /// Which decimal sign the text can only have been written with; nil where both will do.
    package static func evidence(in text: String) -> DecimalSign? {
        guard let digits = number(text)?.digits else { return nil }
        let commas = digits.filter { $0 == DecimalSign.comma.byte }.count
        let points = digits.filter { $0 == DecimalSign.point.byte }.count
        switch (commas, points) {
        case (0, 0): return nil
        case (1..., 1...):
            // The last sign is the decimal one, if there is only one of it.
            let lastIsComma = digits.last { !isDigit($0) } == DecimalSign.comma.byte
            if lastIsComma { return commas == 1 ? .comma : nil }
            return points == 1 ? .point : nil
        case (2..., 0): return .point
        case (0, 2...): return .comma
        default:
            let sign: DecimalSign = commas == 1 ? .comma : .point
            guard let at = digits.firstIndex(of: sign.byte) else { return nil }
            // 1.533 may be either; 0.533 and 1533.5 may not.
            let isGroupable = digits.count - at == 4 && (1...3).contains(at) && digits[0] != zero
            return isGroupable ? nil : sign
        }
    }

    /// Whether the text is a number, with whatever decimal sign.
    static func isNumber(_ text: String) -> Bool { number(text) != nil }

    /// Whether the text has one separator and can be read with either decimal sign, to different
    /// amounts: 1.533 is 1533 or 1.533.
    static func isOpen(_ text: String) -> Bool {
        guard let digits = number(text)?.digits, digits.contains(where: { !isDigit($0) }) else {
            return false
        }
        return evidence(in: text) == nil
    }

    /// How many digits a whole number has without leading zeros; nil where it has separators, or is
    /// no number.
    static func wholeDigits(_ text: String) -> Int? {
        guard let digits = number(text)?.digits, digits.allSatisfy(isDigit) else { return nil }
        return digits.drop { $0 == zero }.count
    }

    /// Whether the text is an amount with two decimals, as money is mostly written.
    static func hasTwoDecimals(_ text: String) -> Bool {
        guard let digits = number(text)?.digits, digits.count > 2 else { return false }
        let sign = digits[digits.count - 3]
        return !isDigit(sign) && digits.suffix(2).allSatisfy(isDigit)
    }

    private static let zero: UInt8 = 0x30

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    /// The digits and separators of a number, without what may stand around them.
    private static func number(_ text: String) -> (digits: [UInt8], isNegative: Bool)? {
        var digits: [UInt8] = []
        var signs = 0
        var brackets = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9", ",", ".": digits.append(UInt8(truncatingIfNeeded: scalar.value))
            case "-", "\u{2212}": signs += 1
            case "(", ")": brackets += 1
            case "+", " ", "\u{A0}", "\u{202F}", "\u{20AC}", "'", "\u{2019}": continue
            default: return nil
            }
        }
        guard digits.contains(where: isDigit), signs <= 1, brackets == 0 || brackets == 2,
            signs == 0 || isSignOutside(text)
        else { return nil }
        return (digits, signs == 1 || brackets == 2)
    }

    /// `12-5` is a range or a date, not an amount.
    private static func isSignOutside(_ text: String) -> Bool {
        let kept = text.unicodeScalars.filter {
            !$0.properties.isWhitespace && $0 != "\u{20AC}"
        }
        let signs: Set<Unicode.Scalar> = ["-", "\u{2212}"]
        return [kept.first, kept.last].compactMap { $0 }.contains { signs.contains($0) }
    }

    /// The digits without grouping signs; nil unless the groups are of three.
    private static func ungrouped(_ digits: ArraySlice<UInt8>, by sign: UInt8) -> [UInt8]? {
        let groups = digits.split(separator: sign, omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.allSatisfy(isDigit) }) else { return nil }
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count),
                groups.dropFirst().allSatisfy({ $0.count == 3 })
            else { return nil }
        }
        return groups.flatMap { $0 }
    }
}
