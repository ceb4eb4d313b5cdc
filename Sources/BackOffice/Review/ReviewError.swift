/// Why something that waits could not be settled. Sentences for people are made by the command.
package enum ReviewError: Error, Equatable, Sendable {
    /// Nothing waits under this key, or a key that begins so, and nothing was settled under it.
    case noSuch(key: String)
    /// Several keys begin so; the first of them.
    case severalSuch(key: String, found: [String])
    /// It is not a choice for this kind.
    case badChoice(ReviewChoice, kind: ReviewKind)
    /// It was settled otherwise, and the centre has been written to.
    case settledOtherwise(SettledReview)
    /// What it is about has changed since it was listed, or somebody was faster; the fact.
    case changed(fact: String)
    /// The values are not the register's columns; these are.
    case badValues(columns: [String])
    /// It reads as no phone number.
    case notAPhone
    /// The note is longer than so many bytes.
    case noteTooLong(bytesMax: Int)
    /// Who decides has no row in `operator`; the codes that have.
    case unknownOperator(String, known: [String])
}
