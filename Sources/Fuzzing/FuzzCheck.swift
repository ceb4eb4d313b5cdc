/// What must hold of any bytes at all: one entrance of the programs, with its claims.
///
/// A check ends quietly where the bytes are refused as they should be, and where they are taken and
/// everything said of them is true. A trap is found by whoever runs the check.
package protocol FuzzCheck {
    /// Tries the claims on `input`; throws `BrokenClaim` for the first that is false.
    mutating func check(_ input: [UInt8]) throws(BrokenClaim)
}

/// A claim that is false of some input.
package struct BrokenClaim: Error, Equatable, Sendable, CustomStringConvertible {
    /// The claim, and what was seen instead.
    package let description: String

    /// A claim that was found false.
    init(_ claim: String) { description = claim }
}

/// Throws `BrokenClaim` unless `isTrue`.
func claim(
    _ isTrue: Bool, _ claim: @autoclosure () -> String
) throws(BrokenClaim) {
    if !isTrue { throw BrokenClaim(claim()) }
}
