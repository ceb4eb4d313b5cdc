/// What only a person can answer before a file is loaded: nothing is loaded until an option does.
package enum ImportQuestion: Equatable, Sendable {
    /// A column that seems to decide what the rows mean is left out: `HandOver.Options.ignored`.
    case leftOut(LeftOutColumn)
    /// All amounts are whole, and most have five digits or more, such as this one: are they cents?
    /// `HandOver.Options.scale`.
    case cents(amount: String, line: Int)
    /// Which sign is the decimal one in amounts such as this: `HandOver.Options.decimal`.
    case decimalSign(amount: String, line: Int)
    /// Letters before this place are UTF-8, and what stands there is not: which is the file?
    /// `HandOver.Options.encoding`.
    case encoding(FilePlace)
    /// What the file says of known items: `ImportOptions.meaning`.
    case meaning(ChangedAfterPayment)
}
