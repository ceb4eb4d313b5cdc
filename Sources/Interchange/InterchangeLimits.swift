/// How large a file that comes from outside, and its parts, may be.
package enum InterchangeLimits {
    /// Read at once, in bytes: a file of any size is read in this much memory.
    package static let chunkBytes = 64 << 10
    /// One field, in bytes: a note of thirty pages. More means a quote that was never closed.
    package static let fieldBytesMax = 64 << 10
    /// One record, in bytes: sixteen of the longest fields.
    package static let recordBytesMax = 1 << 20
    /// Columns of one record: thirteen times those that the hand-over has.
    package static let columnsMax = 500
    /// Records before the header, in which a creditor says who and when.
    package static let metaRecordsMax = 50
    /// Rows of one file: eight times the largest hand-over foreseen. Their keys are held in memory.
    package static let rowsMax = 2_000_000
    /// Rows of one account. An import commits an account whole, in at most 1 MiB.
    package static let accountRowsMax = 5_000
    /// One amount, and all that is open or paid on one account, in minor units: what the
    /// portfolio's amount columns take. No debt is that large.
    package static let amountMax: UInt64 = 10_000_000_000_000
    /// Problems and flags that are listed; further ones are only counted.
    package static let listedMax = 1_000
}
