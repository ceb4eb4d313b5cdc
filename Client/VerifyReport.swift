/// What a comparison with the centre found.
public struct VerifyReport: Equatable, Sendable {
    /// A row that is not the same on both sides.
    public struct Difference: Equatable, Sendable {
        /// What differs.
        public enum Kind: String, Sendable {
            /// The centre has the row, this file has not.
            case missingHere = "missing_here"
            /// This file has the row, the centre has not.
            case unknownAtCentre = "unknown_at_centre"
            /// Both have it, with other content or other stamps.
            case different
        }

        /// The name of the table.
        public let table: String
        /// The portfolio; empty for what everyone has.
        public let portfolio: String
        /// The id of the row.
        public let id: String
        /// What differs.
        public let kind: Kind
    }

    /// The commit at which both sides were compared.
    public internal(set) var commit: Int64
    /// Whether both sides hold the same, byte for byte in canonical encoding.
    public internal(set) var isProven: Bool
    /// Rows that are on their way to the centre, which is why nothing can be proven now; 0 where a
    /// comparison was made.
    public internal(set) var onTheWay: Int
    /// Whether one side moved on during every attempt, so that nothing could be compared: others
    /// are syncing at this moment. Try again.
    public internal(set) var hasMoved: Bool
    /// Rows that were compared.
    public internal(set) var rowsCompared: Int64
    /// What differs, up to `differencesMax`.
    public internal(set) var differences: [Difference]
    /// How many more rows differ.
    public internal(set) var differencesMore: Int
    /// Rows that were mended: where that was asked for, and before that in any case in tables that
    /// a tool had rebuilt.
    public internal(set) var rowsRepaired: Int

    /// The longest list of differences: more than a person reads, little enough to hold.
    public static let differencesMax = 1_000
}
