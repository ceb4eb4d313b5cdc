/// Sums of money in SQL.
///
/// `sum()` of integers ends the whole query with "integer overflow" when 64 bits are not enough,
/// and `total()` is floating point, which loses cents. So amounts are summed in two parts, of which
/// neither can run over, and the whole stays within a bound.
extension DebtorPortfolio {
    /// No sum is further from 0: 4·10¹⁸ minor units, so that the difference of two still fits in 64
    /// bits. A sum that would be beyond is this bound; no honest one comes near.
    package static let sumMax: Int64 = 4_000_000_000_000_000_000

    /// Where an amount is cut into two parts: of a thousand million rows, as large as 64 bits hold,
    /// the parts still add up within 64 bits.
    private static let cut: Int64 = 1_000_000_000

    /// The sum of an expression over the rows at hand as an SQL expression; 0 of no rows.
    ///
    /// - Parameters:
    ///   - amount: mentioned twice, so let it be a plain column; what costs something to work out
    ///     belongs into a subquery with `LIMIT -1`, which SQLite does not dissolve.
    ///   - window: what stands behind OVER, for a running sum.
    package static func sum(_ amount: String, over window: String? = nil) -> String {
        let over = window.map { " OVER (\($0))" } ?? ""
        // Twice the bound: beside it the lower parts are too small to bring the sum back within.
        let most = 2 * sumMax / cut
        let high = "coalesce(sum((\(amount)) / \(cut))\(over), 0)"
        let low = "coalesce(sum((\(amount)) % \(cut))\(over), 0)"
        return "max(-\(sumMax), min(\(sumMax),"
            + " max(-\(most), min(\(most), \(high))) * \(cut) + \(low)))"
    }
}
