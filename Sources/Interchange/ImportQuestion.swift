/// What only a person can answer before a file is loaded: nothing is loaded until an option does.
package enum ImportQuestion: Equatable, Sendable {
    /// What the file says of known items: `ImportOptions.meaning`.
    case meaning(ChangedAfterPayment)
}
