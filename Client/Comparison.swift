internal import RientroProtocol

/// A row that is not the same here and at the centre.
struct RowDifference: Equatable, Sendable {
    /// The number of the table.
    var table: Int
    /// The portfolio whose digest showed it; empty for what everyone has.
    var portfolio: String
    /// The id of the row.
    var id: String
    /// Its hash here; nil where it is missing.
    var here: RowDigest?
    /// Its hash at the centre; nil where it is unknown.
    var centre: RowDigest?
}

/// What a comparison with the centre found.
struct Comparison: Equatable, Sendable {
    /// The point of the centre's history at which both sides were compared.
    var cursor: Cursor
    /// Rows that were compared.
    var rows: Int64 = 0
    /// What differs, up to `VerifyReport.differencesMax`.
    var differences: [RowDifference] = []
    /// How many more rows differ.
    var more = 0
}

/// Why nothing could be compared now.
enum NotComparable: Error, Equatable {
    /// So many rows are on their way to the centre.
    case onTheWay(Int)
    /// One side has moved on while the other was looked at.
    case moved
}
