/// Every limit of the review queue, with its unit and the reason for its value.
enum ReviewLimits {
    /// Two records of one payment are at most so many days apart: Friday to Tuesday, over a long
    /// weekend. Weekly and monthly instalments are further apart.
    static let duplicateDaysMax = 4
    /// A payment is compared with at most so many of the same amount before it: an office that
    /// writes one row ten thousand times must not make fifty million pairs.
    static let duplicateNeighboursMax = 10
    /// Keys that are named where a beginning fits several: what a terminal shows at a glance.
    static let candidatesMax = 10
    /// The longest note of a person in bytes: half of what the note of a row may have.
    static let noteBytesMax = 2_000
}
