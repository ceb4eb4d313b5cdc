extension Schema {
    /// What a column may hold. NULL is always within a limit; `isRequired` decides about it.
    package enum Limit: Equatable, Sendable {
        /// Whatever its type and `Limits.textBytesMax` allow.
        case none
        /// At most this many bytes of text or blob.
        case bytes(Int)
        /// An integer from the first to the second.
        case range(Int64, Int64)
        /// One of these texts, fixed with the schema.
        case codes([String])
        /// A code of this list in the table that `Schema.codes` names. Checked by the library
        /// before a write, and by the centre.
        case codeList(String)
        /// A date `YYYY-MM-DD` that exists.
        case date
        /// A moment in UTC that exists, `YYYY-MM-DDTHH:MM:SS.SSSZ`: one form, so that the greatest
        /// text is the latest moment.
        case moment
        /// From the first to the second number of letters, all of this alphabet.
        case letters(Alphabet, Int, Int)
        /// The key of a row of this reference table.
        case key(of: String)
        /// The id of a row of this table, wherever it stands.
        case id(of: String)
        /// The id of another row under the same parent.
        case sibling(Sibling)
    }

    /// The letters that a short text is made of. The raw value is the class in SQL's GLOB.
    package enum Alphabet: String, CaseIterable, Sendable {
        /// Codes such as those of ISO 4217 and ISO 3166.
        case capitals = "A-Z"
        /// Hashes.
        case hexadecimal = "0-9a-f"
        /// Tags such as those of BCP 47.
        case tag = "A-Za-z0-9-"

        /// Whether a byte is one of the letters.
        package func contains(_ byte: UInt8) -> Bool {
            switch (self, byte) {
            case (.capitals, 65...90): true
            case (.hexadecimal, 48...57), (.hexadecimal, 97...102): true
            case (.tag, 48...57), (.tag, 65...90), (.tag, 97...122), (.tag, 45): true
            default: false
            }
        }
    }

    /// What a column asks of the row that it names: one under the same parent, never its own.
    ///
    /// A row that names nothing is taken, for what it names may come later, and counts as nothing
    /// until then; one that names what can never count is refused (`Specification/schema.md`).
    package struct Sibling: Equatable, Sendable {
        /// The table of the row that is named.
        package var table: String
        /// Columns of both rows that must hold the same.
        package var alike: [String]
        /// A number of both rows that must have the other sign here, and be no further from 0: what
        /// is taken back.
        package var opposes: String?
        /// Whether the row that is named must name none itself in the column of the same name: what
        /// takes back is not taken back.
        package var endsThere: Bool

        /// A reference to a row of `table`.
        package init(
            table: String, alike: [String] = [], opposes: String? = nil, endsThere: Bool = false
        ) {
            self.table = table
            self.alike = alike
            self.opposes = opposes
            self.endsThere = endsThere
        }
    }
}
