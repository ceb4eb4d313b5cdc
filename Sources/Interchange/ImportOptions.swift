/// What a person decides about an import.
package struct ImportOptions: Equatable, Sendable {
    /// The portfolio that new accounts come into.
    package var portfolio: String
    /// Whether the good rows are loaded where others are bad.
    package var acceptsPartial: Bool
    /// Whether everything is undone at the end.
    package var isDryRun: Bool
    /// The day on which the lot was handed over, as `2026-11-22`: its accounts are placed from
    /// then on, and what a status file shows as paid was received then; nil: today.
    package var receivedOn: String?
    /// What the covering letter says of the file; nil: nothing.
    package var expected: ExpectedTotals?
    /// What the file says of items that are known; nil: as a placement, and a question where
    /// money came in meanwhile.
    package var meaning: FileMeaning?

    /// Options; by default the whole file or nothing, and for good.
    package init(
        portfolio: String, acceptsPartial: Bool = false,
        isDryRun: Bool = false, receivedOn: String? = nil,
        meaning: FileMeaning? = nil, expected: ExpectedTotals? = nil
    ) {
        self.portfolio = portfolio
        self.acceptsPartial = acceptsPartial
        self.isDryRun = isDryRun
        self.receivedOn = receivedOn
        self.meaning = meaning
        self.expected = expected
    }
}

/// How much an import does at a time.
package enum ImportLimits {
    /// One commit, in bytes: what a replica gets in one answer (`Limits.answerCommitBytesMax`), so
    /// that an office on a bad line never has to take a whole lot at once.
    package static let commitBytesMax = 1 << 20
    /// One account, in bytes: it is never cut, and must fit into a message of 5 MiB together with
    /// its debtor. About ten thousand items.
    package static let accountBytesMax = 4 << 20
    /// What a row costs beside its texts, in bytes: ids, stamps, numbers and dates.
    static let rowBytes = 320
}
