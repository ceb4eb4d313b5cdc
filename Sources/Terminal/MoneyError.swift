/// Why a text is not an amount.
package enum MoneyError: Error, Equatable, Sendable {
    /// It is empty.
    case empty
    /// It is not a number as people write amounts.
    case malformed
    /// A mark before the last three digits that may divide thousands as well as decimals.
    case ambiguous
    /// It is negative, and a negative amount has no meaning here.
    case negative
    /// It has more decimals than the currency.
    case tooManyDecimals(allowed: Int)
    /// It is more than 64 bits of minor units can hold.
    case tooLarge
    /// It names another currency than the one asked for.
    case otherCurrency(String)

    /// What an amount should look like instead, to stand behind "should be".
    package func expectation(currency: String) -> String {
        switch self {
        case .empty, .malformed: "an amount such as 150 or 150,50"
        case .ambiguous: "an amount without a mark for thousands, such as 1533 or 1,53"
        case .negative: "an amount that is not negative"
        case .tooManyDecimals(0): "an amount without decimals, since \(currency) has none"
        case .tooManyDecimals(let allowed):
            "an amount with at most \(allowed) decimals, as \(currency) has"
        case .tooLarge: "a smaller amount"
        case .otherCurrency: "an amount in \(currency)"
        }
    }
}
