/// Every limit of this module, with its unit and the reason for its value.
enum TerminalLimits {
    /// Columns of text where the terminal does not tell its width: what every terminal has.
    static let textColumns = 80
    /// The narrowest text that still reads, in columns; a narrower terminal folds it itself.
    static let textColumnsMin = 40
    /// The widest help text, in columns: longer lines are hard to follow with the eye.
    static let textColumnsMax = 100
    /// Where the summaries of a help page begin at the latest, in columns.
    static let helpIndentMax = 30
    /// A table column of words never folds to less than this, in columns: less reads as nothing.
    static let tableColumnMin = 8
    /// A word so long, in columns, is worth no other column of a table: it is folded within.
    static let tableWordMax = 24
    /// The longest line that is read as an answer to a question, in bytes: a reason of a few
    /// sentences.
    static let answerBytesMax = 4096
    /// Names longer than this get no suggestion, in characters: comparing costs the square.
    static let suggestionCharactersMax = 64
    /// The longest secret, in bytes: an enrolment code has a few dozen.
    static let secretBytesMax = 4096
    /// The longest text that is read as an amount, in bytes: 19 digits, marks and a currency.
    static let amountBytesMax = 64
    /// Nothing is shown of work that ends sooner, in milliseconds: a bar that only flashes by
    /// disturbs more than it tells.
    static let progressQuietMilliseconds: Int64 = 1_000
    /// A terminal is redrawn at most this often, in milliseconds: ten times a second.
    static let progressRedrawMilliseconds: Int64 = 100
    /// A log file gets a line at most this often, in milliseconds.
    static let progressLineMilliseconds: Int64 = 5_000
    /// A remaining time is guessed only after this much work, in milliseconds: before, it jumps.
    static let progressGuessMilliseconds: Int64 = 3_000
    /// Nesting that JSON text is written to; deeper values are written as null. Ours nest 6.
    static let jsonNestingMax = 64
}
