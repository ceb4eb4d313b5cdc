public import Foundation

/// Two values of one register, written without seeing each other. The later stands; both stay
/// listed until a person chooses.
public struct Conflict: Equatable, Sendable, Identifiable {
    /// One of the two values.
    public struct Side: Equatable, Sendable {
        /// The register's columns with their values.
        public let values: [ColumnValue]
        /// When it was written, by the writer's corrected clock.
        public let date: Date
        /// The number of the replica that wrote it; 0 is the centre.
        public let replica: Int64
    }

    /// The id of the conflict.
    public let id: String
    /// The table of the row.
    public let table: String
    /// The id of the row.
    public let row: String
    /// The register: a column, or a group of columns that make sense only together.
    public let register: String
    /// What stands in the row.
    public let won: Side
    /// What would have stood there.
    public let lost: Side
    /// When the centre noticed it, RFC 3339.
    public let noticedAt: String
}

/// The value of a named column.
public struct ColumnValue: Equatable, Sendable {
    /// The name of the column.
    public let column: String
    /// Its value.
    public let value: SQLValue
}

/// What a person chose about a conflict.
public enum Resolution: Equatable, Sendable {
    /// What stands is right.
    case won
    /// What did not stand is right, and is written again.
    case lost
    /// Neither: these values, one for each column of the register, are written.
    case other([SQLValue])
}

/// A row or register that did not go through: the centre refused it, or it could not travel. It is
/// in no view and no sum, and it waits here for a person.
public struct RefusedWrite: Equatable, Sendable {
    /// The name of the table; its number where the schema has no such table.
    public let table: String
    /// The id of the row.
    public let id: String
    /// The register; nil: the row as a whole.
    public let register: String?
    /// The reason as a word: `not_in_portfolio`, `read_only_column`, `ledger_changed`, `bad_value`,
    /// `unknown_parent` or `too_large`.
    public let reason: String
    /// What exactly, in a few words; nil where the reason says all that is known.
    public let detail: String?
    /// What was refused, by column. Bytes that are not text in UTF-8 are a blob.
    public let values: [ColumnValue]
    /// The change-set that it was sent in.
    public let changeSet: Int64
    /// When it was refused, by this machine's clock.
    public let date: Date
}
