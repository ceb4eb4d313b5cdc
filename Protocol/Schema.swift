/// The tables that are replicated: all that store, client and server know of the trade.
///
/// Tables, columns and registers have permanent numbers, which is how they travel. A schema is
/// checked when it is made (`Schema+Checks.swift`); a later version may only add to it. Two tables
/// are the engine's own and in every schema: `conflict` and `resolution` (`SystemTables.swift`).
package struct Schema: Equatable, Sendable {
    /// What it is for, such as `debtor portfolio`.
    package let name: String
    /// 1, 2, 3 …; a replica of an older version keeps working.
    package let version: Int
    /// The tables of the trade, without the engine's own.
    package let tables: [Table]
    /// What people read.
    package let views: [View]
    /// Indexes beside the ids. Never unique: two offices may each insert what only together breaks
    /// a uniqueness.
    package let indexes: [Index]
    /// Where the code lists stand, if any column is limited by one.
    package let codes: CodeSource?

    /// A schema; throws the reason if it breaks a rule.
    package init(
        name: String, version: Int, tables: [Table], views: [View] = [], indexes: [Index] = [],
        codes: CodeSource? = nil
    ) throws(SchemaError) {
        self.name = name
        self.version = version
        self.tables = tables
        self.views = views
        self.indexes = indexes
        self.codes = codes
        try check()
    }

    /// All tables, the engine's own first.
    package var allTables: [Table] { SystemTables.all + tables }

    /// One replicated table.
    package struct Table: Equatable, Sendable {
        /// Its permanent number, from 10; below are the engine's own.
        package var number: Int
        /// Its name in SQL: singular, `a–z 0–9 _`.
        package var name: String
        /// What its rows are.
        package var kind: Kind
        /// Who may insert rows.
        package var insertedBy: Writer
        /// Who gets its rows.
        package var routing: Routing
        /// All columns but `id`, which every table has, in the order of their numbers.
        package var columns: [Column]
        /// The registers of a record or reference table; columns in none of them never change.
        package var registers: [Register]
        /// What to do instead of what the guards refuse, as a part of a sentence, such as
        /// `insert a payment that names it in reverses_id`.
        package var instead: String?
        /// So many rows at most stand under one parent, beside what the centre itself inserts: what
        /// is computed of all of them stays cheap, whatever an office sends. Nil: any number.
        package var perParentMax: Int?

        /// A table.
        package init(
            number: Int, name: String, kind: Kind, insertedBy: Writer = .offices,
            routing: Routing, columns: [Column], registers: [Register] = [],
            instead: String? = nil, perParentMax: Int? = nil
        ) {
            self.number = number
            self.name = name
            self.kind = kind
            self.insertedBy = insertedBy
            self.routing = routing
            self.columns = columns
            self.registers = registers
            self.instead = instead
            self.perParentMax = perParentMax
        }
    }

    /// What the rows of a table are.
    package enum Kind: String, Sendable {
        /// Facts: inserted once, never changed, never deleted.
        case ledger
        /// Rows with registers that change.
        case record
        /// A record table that only the centre writes, with short text keys, sent to everyone.
        case reference
    }

    /// Who writes.
    package enum Writer: String, Sendable {
        /// Offices, and the centre too.
        case offices
        /// The centre alone.
        case centre
    }

    /// Who gets the rows of a table.
    package enum Routing: Equatable, Sendable {
        /// Everyone.
        case everyone
        /// The portfolio that this register column names. Its rows are roots of units.
        case portfolio(column: String)
        /// Those who get the parent: the row of `table` whose id stands in this fixed column.
        case parent(table: String, column: String)
        /// Those who get one of its children: rows of `table` that name it in this fixed column.
        /// Its rows are roots of units. A debtor goes wherever one of its accounts is.
        case children(table: String, column: String)
        /// Those who get the unit that these two columns name (the root's table number and id).
        /// Only the engine's own tables are routed so.
        case unit(table: String, id: String)
    }

    /// One column.
    package struct Column: Equatable, Sendable {
        /// Its permanent number within the table: 1, 2, 3 …
        package var number: Int
        /// Its name in SQL.
        package var name: String
        /// Its type in SQL.
        package var type: ColumnType
        /// Whether NULL is refused. A required column without a default must be given.
        package var isRequired: Bool
        /// What stands in it where an insert leaves it out.
        package var `default`: Default
        /// What it may hold.
        package var limit: Limit
        /// Whether it tells something of a person, which an erasure blanks.
        package var isPersonal: Bool

        /// A column.
        package init(
            number: Int, name: String, type: ColumnType, isRequired: Bool = false,
            default: Default = .none, limit: Limit = .none, isPersonal: Bool = false
        ) {
            self.number = number
            self.name = name
            self.type = type
            self.isRequired = isRequired
            self.default = `default`
            self.limit = limit
            self.isPersonal = isPersonal
        }
    }

    /// The type of a column, by SQLite's STRICT names.
    package enum ColumnType: String, Sendable {
        /// UTF-8.
        case text
        /// 64 bits, signed.
        case integer
        /// Bytes.
        case blob
    }

    /// What stands in a column that an insert leaves out.
    package enum Default: Equatable, Sendable {
        /// NULL.
        case none
        /// A constant.
        case value(Value)
        /// The local date of the writing machine, `YYYY-MM-DD`.
        case today
        /// The writing machine's time in UTC, `YYYY-MM-DDTHH:MM:SS.SSSZ`.
        case now
    }

    /// One mutable column, or a group of columns that make sense only together.
    package struct Register: Equatable, Sendable {
        /// Its permanent number within the table: 1, 2, 3 …
        package var number: Int
        /// Its name; the stamp's column is this with `_stamp`. Not the name of a column of another
        /// register.
        package var name: String
        /// Its columns, by name.
        package var columns: [String]
        /// What happens where two people wrote it without seeing each other.
        package var rule: Rule
        /// Who may write it.
        package var writer: Writer

        /// A register; where `columns` is left out, of the column with its name.
        package init(
            number: Int, name: String, columns: [String]? = nil, rule: Rule = .latest,
            writer: Writer = .offices
        ) {
            self.number = number
            self.name = name
            self.columns = columns ?? [name]
            self.rule = rule
            self.writer = writer
        }
    }

    /// What happens where two people wrote a register without seeing each other.
    package enum Rule: String, Sendable {
        /// The later write stands.
        case latest
        /// The later write stands, and both stay listed until a person chooses.
        case kept
    }

    /// A view that people read.
    package struct View: Equatable, Sendable {
        /// Its name in SQL: plural.
        package var name: String
        /// The SELECT that it stands for, in what SQLite 3.37 understands.
        package var select: String

        /// A view.
        package init(name: String, select: String) {
            self.name = name
            self.select = select
        }
    }

    /// An index that is not unique.
    package struct Index: Equatable, Sendable {
        /// The table's name.
        package var table: String
        /// The columns' names, in order.
        package var columns: [String]

        /// An index of `columns` of `table`.
        package init(table: String, columns: [String]) {
            self.table = table
            self.columns = columns
        }
    }

    /// The reference table that holds the code lists.
    package struct CodeSource: Equatable, Sendable {
        /// The table's name.
        package var table: String
        /// The column that names the list.
        package var list: String
        /// The column that holds the code.
        package var code: String

        /// Code lists in `table`.
        package init(table: String, list: String, code: String) {
            self.table = table
            self.list = list
            self.code = code
        }
    }
}
