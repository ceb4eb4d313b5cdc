/// So many rows of a sort an office may put under one account or debtor (`perParentMax`).
///
/// A state or a balance is computed from all rows of its account, a promise's from all payments for
/// all promises before it; without these bounds one office could make an account that nobody can
/// open and no night can close. Each is several times what the longest honest case has.
enum RowLimits {
    /// A field collector who comes by every working day for four years.
    static let paymentsMax = 1_000
    /// One a month for five years, those that replace and cancel one counted too: whoever promises
    /// more is not believed any more. The state of each looks at every payment for every promise
    /// before it, so this bound counts twice.
    static let promisesMax = 60
    /// Five attempts every working day for four years, as a dialler makes them.
    static let contactAttemptsMax = 5_000
    /// One every working day for four years.
    static let tasksMax = 1_000
    /// Traced numbers of a person, most of them wrong.
    static let contactPointsMax = 200
}
