/// A law that did not hold, or something that must not happen at all.
package struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was found.
    package let fact: String

    /// A failure with its fact.
    package init(_ fact: String) { self.fact = fact }

    /// The fact.
    package var description: String { fact }
}
