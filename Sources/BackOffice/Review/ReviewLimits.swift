/// Every limit of the review queue, with its unit and the reason for its value.
package enum ReviewLimits {
    /// Two records of one payment are at most so many days apart: Friday to Tuesday, over a long
    /// weekend. Weekly and monthly instalments are further apart.
    static let duplicateDaysMax = 4
    /// Records of one amount that something tells apart are each compared with at most so many
    /// others, equal ones counted once: ten thousand of them must not make fifty million pairs.
    static let duplicateNeighboursMax = 10
    /// Records of one group. A larger one is cut: what is reversed at once must fit into a commit.
    static let groupRecordsMax = 1_000
    /// Records of a group of which everything is shown, and payments of an account.
    static let recordsShownMax = 10
    /// Refused rows, or values in conflict, of one office, table and reason that are listed one by
    /// one, the oldest; the others are counted. More than anybody settles singly.
    package static let entriesPerGroupMax = 200
    /// Entries of one page of the list, for people and for programs.
    package static let pageEntries = 100
    /// Entries of one group that are settled in one go; of more the rest is left, and said.
    package static let bulkEntriesMax = 20_000
    /// Keys that are named where a beginning fits several: what a terminal shows at a glance.
    static let candidatesMax = 10
    /// The longest note of a person in bytes: half of what the note of a row may have.
    static let noteBytesMax = 2_000
}
