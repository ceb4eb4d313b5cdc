internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What is pending, one entry for each row in the order of the first write, in as few bytes as can
/// be: a backlog may be a million rows.
struct PendingList {
    /// What is pending of one row.
    struct Entry {
        /// Its number in `ids`; without meaning for an odd one.
        var id: Int32
        /// The registers that were written, as bits of the first share; none for an insert.
        var registers: UInt32 = 0
        /// Its place in `odd`; −1 for nearly all.
        var odd: Int32
    }

    private(set) var entries: [Entry] = []
    /// The ids of those that are not odd, with their tables.
    private(set) var ids = PackedIDTable()
    /// What an entry has no room for: an id that is no UUID, a base, the birth of a record row.
    private(set) var odd: [PendingRow] = []
    /// After how many entries a `write { }` ended.
    private(set) var boundaries: [Int] = []
    private var entryOfID: [Int32] = []
    private var entryOfOddID: [OddKey: Int] = [:]

    private struct OddKey: Hashable {
        let table: Int
        let id: SQLiteValue
    }

    /// Entries for which there is room from the beginning: no number in a file makes more.
    private static let reserveMax: Int64 = 1 << 18

    /// Reads `pending`. Of a table that is plain an entry has room for all that is pending of a
    /// row but bases.
    init(_ db: Connection, plain: [PlainTable]) throws {
        // Each end is looked up; both in one query would walk through all that lies between.
        let first = try db.integer("SELECT min(seq) FROM pending") ?? 0
        let last = try db.integer("SELECT max(seq) FROM pending") ?? first
        let count = last.subtractingReportingOverflow(first).partialValue
        reserve(Int(min(max(count, 0), Self.reserveMax)))
        try db.forEach("SELECT tab, row, registers, base FROM pending ORDER BY seq") { statement in
            let table = Int(statement.integer(0))
            guard table > 0 else {
                boundaries.append(entries.count)
                return
            }
            guard let id = statement.uuid(1) else { return addOdd(table, statement) }
            let registers = statement.integer(2)
            let (number, isNew) = ids.number(of: id, table: table)
            if isNew { entryOfID.append(Int32(entries.count)) }
            let at = Int(entryOfID[number])
            if isNew { entries.append(Entry(id: Int32(number), odd: -1)) }
            let kind = table < plain.count ? plain[table] : .none
            if kind != .none, entries[at].odd < 0, statement.isNull(3),
                kind == .ledger || (registers > 0 && registers >> 32 == 0)
            {
                entries[at].registers |= UInt32(truncatingIfNeeded: registers)
                return
            }
            if entries[at].odd < 0 { makeOdd(at, isNew: isNew) }
            add(statement, to: Int(entries[at].odd))
        }
    }

    /// What is pending of the row of an entry.
    subscript(_ entry: Int) -> PendingRow {
        let entry = entries[entry]
        return entry.odd < 0 ? row(entry) : odd[Int(entry.odd)]
    }

    /// The last end of a `write { }` after the entry `start`, and not after the entry `last`.
    func boundary(after start: Int, through last: Int) -> Int? {
        boundaries.last { $0 > start && $0 <= last }
    }

    private func row(_ entry: Entry) -> PendingRow {
        var row = PendingRow(
            table: ids.table(Int(entry.id)), id: ids.id(Int(entry.id)).text)
        let written = PendingEntry(registers: Int64(entry.registers), base: nil)
        guard case .writes(let bases) = written else {
            row.isBirth = true
            return row
        }
        row.bases = bases
        return row
    }

    private mutating func reserve(_ count: Int) {
        entries.reserveCapacity(count)
        entryOfID.reserveCapacity(count)
        ids = PackedIDTable(capacity: count)
    }

    private mutating func makeOdd(_ at: Int, isNew: Bool) {
        var row = row(entries[at])
        if isNew { row.isBirth = false }
        entries[at].odd = Int32(odd.count)
        odd.append(row)
    }

    private mutating func addOdd(_ table: Int, _ statement: Statement) {
        let key = OddKey(table: table, id: statement.value(1))
        if let known = entryOfOddID[key] { return add(statement, to: known) }
        entryOfOddID[key] = odd.count
        var row = PendingRow(table: table, id: statement.text(1))
        if case .malformedText(let bytes) = key.id { row.malformedID = bytes }
        entries.append(Entry(id: -1, odd: Int32(odd.count)))
        odd.append(row)
        add(statement, to: odd.count - 1)
    }

    private mutating func add(_ statement: Statement, to at: Int) {
        let entry = PendingEntry(registers: statement.integer(2), base: statement.optionalText(3))
        switch entry {
        case .birth: odd[at].isBirth = true
        case .writes(let bases):
            #if Mutations
                if Mutation.lastBaseSealed.isChosen {
                    return odd[at].bases.merge(bases) { _, last in last }
                }
            #endif
            odd[at].bases.merge(bases) { first, _ in first }
        }
    }
}
