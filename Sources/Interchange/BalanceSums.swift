/// Amounts in minor units, added up by currency. Nothing wraps: what does not fit is an error.
package struct BalanceSums: Equatable, Sendable {
    /// The sums; a currency of which nothing was added is not there.
    package private(set) var amounts: [String: Int64] = [:]

    /// Sums so far; none unless told.
    package init(_ amounts: [String: Int64] = [:]) { self.amounts = amounts }

    /// The sum in a currency; 0 where nothing was added.
    package subscript(currency: String) -> Int64 { amounts[currency] ?? 0 }

    /// Adds an amount; throws `HandOverError.totalTooLarge`.
    package mutating func add(
        _ amount: Int64, _ currency: String
    ) throws(HandOverError) {
        let (sum, overflow) = self[currency].addingReportingOverflow(amount)
        guard !overflow else { throw .totalTooLarge(currency: currency) }
        amounts[currency] = sum
    }

    /// Adds all sums of another; throws `HandOverError.totalTooLarge`.
    package mutating func add(_ other: BalanceSums) throws(HandOverError) {
        for (currency, amount) in other.amounts { try add(amount, currency) }
    }

    /// Takes an amount away; throws `HandOverError.totalTooLarge`.
    package mutating func subtract(
        _ amount: Int64, _ currency: String
    ) throws(HandOverError) {
        let (sum, overflow) = self[currency].subtractingReportingOverflow(amount)
        guard !overflow else { throw .totalTooLarge(currency: currency) }
        amounts[currency] = sum
    }
}
