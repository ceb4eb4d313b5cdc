/// What one person wrote, as the oracle remembers it. Files that were copied share the writes that
/// were in them.
enum Write {
    case fact(Fact)
    case writing(Writing)

    /// What a trace says of it.
    var words: String {
        switch self {
        case .fact(let fact): fact.id
        case .writing(let writing):
            "\(writing.register) \(writing.value) over \(writing.overwritten ?? "nothing")"
        }
    }

    /// The row, if it is one.
    var fact: Fact? {
        if case .fact(let fact) = self { fact } else { nil }
    }

    /// Whether it must never vanish: it was committed, and every file that had it was not put back
    /// to a time before it.
    var isCertain: Bool {
        get {
            switch self {
            case .fact(let fact): fact.isCertain
            case .writing(let writing): writing.isCertain
            }
        }
        nonmutating set {
            switch self {
            case .fact(let fact): fact.isCertain = newValue
            case .writing(let writing): writing.isCertain = newValue
            }
        }
    }
}

/// A row that was inserted.
final class Fact {
    let table: String
    let id: String
    /// What stands in the columns that were given, by their names.
    let columns: [String: String]
    /// The names of those columns.
    var names: [String] { columns.keys.sorted() }
    /// What stands in them, in the order of their names.
    var values: [String] { names.map { columns[$0] ?? "" } }
    /// What it adds to the payments of its account, in cents.
    let cents: Int64
    let account: String
    /// Whether the centre must refuse it.
    let isBad: Bool
    var isCertain = true
    /// Whether two files had it before it was sealed: each seals what it then has.
    var isInTwoUnsealed = false
    /// Whether somebody else has given its id to another row: one of them stands at the centre.
    var hasRival = false
    /// Whether a tool wrote it past the triggers: it goes up when its table is compared.
    var isUncaptured = false
    /// The portfolios of the office where it was written.
    var portfolios: [String] = []
    /// Whether the centre had not opened its account, or not for that office, when it was written:
    /// it is refused until it does.
    var isEarly = false
    /// Whether the central team wanted it no more while it was refused.
    var isDiscarded = false
    /// Whether it was refused since its account has as many rows of its sort as it may have.
    var isCrowdedOut = false

    init(
        _ table: String, _ id: String, account: String, _ columns: [String: String],
        cents: Int64 = 0, isBad: Bool = false
    ) {
        self.table = table
        self.id = id
        self.account = account
        self.columns = columns
        self.cents = cents
        self.isBad = isBad
    }
}

/// One column of one row, which is a register or stands for one.
struct RegisterName: Hashable, Comparable, CustomStringConvertible {
    let table: String
    let row: String
    let column: String

    var description: String { "\(table) \(row) \(column)" }

    static func < (a: Self, b: Self) -> Bool {
        (a.table, a.row, a.column) < (b.table, b.row, b.column)
    }
}

/// A value that was written into a register. Every value is written once.
final class Writing {
    let register: RegisterName
    let value: String
    /// What stood there when it was written.
    let overwritten: String?
    /// Whether the centre must refuse it.
    let isBad: Bool
    var isCertain = true
    /// Whether two files had it before it was sealed: each may seal another value over the same
    /// base, so that it meets the one that was written over it as if neither had been seen.
    var isInTwoUnsealed = false
    /// Whether it was written by a clock so far ahead of the centre's that its stamp is corrected.
    var isAhead = false
    /// Whether a tool wrote it past the triggers: when it was written nobody knows.
    var isUncaptured = false
    /// Whether the central team wanted its row no more while that was refused.
    var isDiscarded = false
    /// The stamp that its register had in the file then.
    var stamp: Int64?
    /// The file in which it was written.
    var life: OfficeMachine.Life?
    /// Whether another was written over it before it was sealed: then that file never sends it, and
    /// one that is put back is the first to tell of it.
    var isOverwrittenUnsealed = false

    init(_ register: RegisterName, _ value: String, over overwritten: String?, isBad: Bool = false)
    {
        self.register = register
        self.value = value
        self.overwritten = overwritten
        self.isBad = isBad
    }
}
