/// A digest of rows: how many, and the sum mod 2¹²⁸ of their hashes, little-endian.
///
/// A sum does not depend on the order of the rows, and a range's is the sum of its parts'.
package struct RowDigest: Hashable, Sendable {
    /// How many rows.
    package var count: Int64
    /// The lower 64 bits of the sum.
    package var low: UInt64
    /// The upper 64 bits of the sum.
    package var high: UInt64

    /// A digest from its parts.
    package init(count: Int64, low: UInt64, high: UInt64) {
        self.count = count
        self.low = low
        self.high = high
    }

    /// Of no rows.
    package static let empty = RowDigest(count: 0, low: 0, high: 0)
}

/// The digest of one table's rows of one portfolio.
package struct TableDigest: Equatable, Sendable {
    /// The portfolio; empty for rows that are sent to everyone.
    package var portfolio: String
    /// The number of the table.
    package var table: Int
    /// Of its rows.
    package var digest: RowDigest

    /// The digest of `table` in `portfolio`.
    package init(portfolio: String, table: Int, digest: RowDigest) {
        self.portfolio = portfolio
        self.table = table
        self.digest = digest
    }
}

/// The answer to `GET /v1/digest`: all tables of the replica's portfolios.
package struct DigestAnswer: Equatable, Sendable {
    /// The commit at which the digests were taken.
    package var cursor: Cursor
    /// One for each portfolio and table that has rows.
    package var tables: [TableDigest]

    /// Digests at `cursor`.
    package init(cursor: Cursor, tables: [TableDigest]) {
        self.cursor = cursor
        self.tables = tables
    }
}

/// The answer to `GET /v1/digest?table=…&portfolio=…&from=…&to=…`: that range cut into at most 16
/// pieces, or its rows where there are few.
package struct RangeAnswer: Equatable, Sendable {
    /// The commit at which the digests were taken.
    package var cursor: Cursor
    /// Pieces of the range, in order; empty where `rows` is given.
    package var ranges: [RangeDigest]
    /// The rows of the range; empty where `ranges` is given.
    package var rows: [RowHash]

    /// Pieces or rows of a range.
    package init(cursor: Cursor, ranges: [RangeDigest], rows: [RowHash]) {
        self.cursor = cursor
        self.ranges = ranges
        self.rows = rows
    }
}

/// The digest of the rows with `from` ≤ id < `to`.
package struct RangeDigest: Equatable, Sendable {
    /// The first id of the range; empty: from the beginning.
    package var from: String
    /// The first id after it; empty: to the end.
    package var to: String
    /// Of its rows.
    package var digest: RowDigest

    /// The digest of a range of ids.
    package init(from: String, to: String, digest: RowDigest) {
        self.from = from
        self.to = to
        self.digest = digest
    }
}

/// One row's id and hash.
package struct RowHash: Equatable, Sendable {
    /// The id of the row.
    package var id: String
    /// Of its content: a digest of one row.
    package var digest: RowDigest

    /// The hash of the row `id`.
    package init(id: String, digest: RowDigest) {
        self.id = id
        self.digest = digest
    }
}
