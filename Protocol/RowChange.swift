/// What happened to one row: a ledger row was inserted, or registers of a record row were written.
package struct RowChange: Equatable, Sendable {
    /// The permanent number of the table.
    package var table: Int
    /// A UUID as lower-case text, or the short key of a reference row.
    package var id: String
    /// What the change says of the row.
    package var content: Content

    /// A change of the row `id` of `table`.
    package init(table: Int, id: String, content: Content) {
        self.table = table
        self.id = id
        self.content = content
    }

    /// What a change says of its row.
    package enum Content: Equatable, Sendable {
        /// A ledger row: the values of all columns but the id, in the order of their numbers;
        /// columns that a newer schema added may be absent at the end.
        case ledger([Value])
        /// Writes of registers of a record row; `birth` where the row is made by this change
        /// or sent whole.
        case record(birth: Birth?, writes: [RegisterWrite])
    }
}

/// The making of a record row: its stamp and the columns that never change.
package struct Birth: Equatable, Sendable {
    /// When the row was made: `born_stamp`.
    package var stamp: Stamp
    /// The values of the columns that are in no register, in the order of their numbers.
    package var fixed: [Value]

    /// A birth at `stamp` with the values of the columns that never change.
    package init(stamp: Stamp, fixed: [Value]) {
        self.stamp = stamp
        self.fixed = fixed
    }
}

/// One register with the stamp and the values that it was given.
package struct RegisterWrite: Equatable, Sendable {
    /// The permanent number of the register within its table: 1, 2, 3 …
    package var register: Int
    /// When it was written; nil in a change with a birth: as old as the row.
    package var stamp: Stamp?
    /// The effective stamp that the write overwrote: the first since the last seal, and only for
    /// registers whose rule is `kept`. The centre notices conflicts by it.
    package var base: Stamp?
    /// The values of its columns, in the order of their numbers. Nil: the author's value cannot
    /// travel (text that is not UTF-8, or too large); the centre refuses the write as `bad_value`
    /// and answers with its own.
    package var values: [Value]?

    /// A write of `register`.
    package init(register: Int, stamp: Stamp?, base: Stamp?, values: [Value]?) {
        self.register = register
        self.stamp = stamp
        self.base = base
        self.values = values
    }
}

/// What is routed whole: an account with all rows under it, or a debtor with the rows under it.
package struct Unit: Hashable, Sendable {
    /// The number of the root row's table; 0 for what is sent to everyone.
    package var table: Int
    /// The id of the root row; empty for what is sent to everyone.
    package var id: String

    /// The unit whose root is the row `id` of `table`.
    package init(table: Int, id: String) {
        self.table = table
        self.id = id
    }

    /// The rows of reference tables and others that are sent to everyone.
    package static let everyone = Unit(table: 0, id: "")
}

/// Changes of rows of one unit.
package struct UnitChanges: Equatable, Sendable {
    /// The unit that the rows belong to.
    package var unit: Unit
    /// What is said of the unit.
    package var kind: Kind
    /// The changes, in the order in which they were made; a revocation has none.
    package var rows: [RowChange]

    /// Changes of `rows` of `unit`.
    package init(unit: Unit, kind: Kind = .changes, rows: [RowChange]) {
        self.unit = unit
        self.kind = kind
        self.rows = rows
    }

    /// What a content says of a unit; a unit stands in it once. The raw values are the order of the
    /// three lists in a content.
    package enum Kind: Int, CaseIterable, Sendable {
        /// Rows were written.
        case changes
        /// The portfolio gets the unit whole, with the original stamps.
        case grant
        /// The portfolio has the unit no longer.
        case revocation
    }
}
