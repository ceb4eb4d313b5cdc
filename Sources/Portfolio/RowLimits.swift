/// So many rows of a sort an office may put under one account or debtor (`perParentMax`).
///
/// A state or a balance is computed from all rows of its account, a promise's from all payments for
/// all promises before it; without these bounds one office could make an account that nobody can
/// open and no night can close. Each is far above the longest honest case: what is refused here
/// waits for a person, and money must not. The night sets aside accounts that are too much for it.
enum RowLimits {
    /// A field collector who comes by every working day for two hundred years. The night sets an
    /// account aside long before.
    static let paymentsMax = 50_000
    /// One a month for five years, those that replace and cancel one counted too: whoever promises
    /// more is not believed any more. The state of each looks at every payment for every promise
    /// before it, so this bound counts twice.
    static let promisesMax = 60
    /// A dialler that runs wild for a month.
    static let contactAttemptsMax = 50_000
    /// One every working day for four years.
    static let tasksMax = 1_000
    /// Traced numbers of a person, most of them wrong.
    static let contactPointsMax = 200
}
