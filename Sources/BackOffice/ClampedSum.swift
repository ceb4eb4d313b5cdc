/// Sums that cannot trap: what an office told, or a stored page holds, is added up without having
/// been looked at before.
extension Sequence {
    /// The sum of a number of each element, at most what 63 bits hold.
    func clampedSum(_ number: (Element) -> Int64) -> Int64 {
        reduce(0) { $0.clampedAdding(number($1)) }
    }
}

extension Int64 {
    /// The sum, or the end of the range that it lies beyond.
    func clampedAdding(_ other: Int64) -> Int64 {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, or the end of the range that it lies beyond.
    func clampedSubtracting(_ other: Int64) -> Int64 {
        let (difference, isBeyond) = subtractingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .max : .min) : difference
    }
}
