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
    /// Its hash in the file, whichever portfolio it is in; nil where it is not in the file.
    var stored: RowDigest?
}

/// A table, as far as its rows are of one portfolio.
struct PortfolioTable: Hashable, Sendable {
    /// The portfolio; empty for what everyone has.
    var portfolio: String
    /// The number of the table.
    var table: Int
}

/// What a comparison with the centre found.
struct Comparison: Equatable, Sendable {
    /// The point of the centre's history at which both sides were compared.
    var cursor: Cursor
    /// Rows that were compared.
    var rows: Int64 = 0
    /// What differs: up to `VerifyReport.differencesMax` rows that the centre has, and as many that
    /// it does not know.
    var differences: [RowDifference] = []
    /// How many more rows differ.
    var more = 0
    /// Where rows that the centre has, and that differ, were left out of `differences`.
    var leftOut: Set<PortfolioTable> = []
}

/// Why nothing could be compared now.
enum NotComparable: Error, Equatable {
    /// So many rows are on their way to the centre.
    case onTheWay(Int)
    /// One side has moved on while the other was looked at.
    case moved
}
