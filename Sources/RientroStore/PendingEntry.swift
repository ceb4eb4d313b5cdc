package import RientroProtocol
package import RientroSQLite

/// What one entry of `pending` says of its row: that it was inserted, or which registers one
/// statement wrote.
///
/// One entry for all registers of an UPDATE, since nearly all of an entry's bytes are the row's id.
package enum PendingEntry: Equatable, Sendable {
    case birth
    /// By register number: the base of a `kept` register, nil for any other or where there is none.
    case writes([Int: Int64?])

    /// So many registers share a trigger and a number in the column `registers`, which says in its
    /// low half which of them were written, and in its high half which share is meant.
    static let shareCount = 32

    /// The share of a register.
    static func share(of register: Int) -> Int { (register - 1) / shareCount }

    /// Its bit within the share.
    static func bit(of register: Int) -> Int64 { 1 << Int64((register - 1) % shareCount) }

    /// Reads the columns `registers` and `base`.
    package init(registers: Int64, base: String?) {
        guard registers != 0 else {
            self = .birth
            return
        }
        let first = Int(truncatingIfNeeded: registers >> Int64(Self.shareCount)) * Self.shareCount
        var found: [Int: Int64?] = [:]
        for position in 0..<Self.shareCount where registers >> Int64(position) & 1 == 1 {
            found[first + position + 1] = .some(nil)
        }
        for pair in (base ?? "").split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let register = Int(parts[0]), found[register] != nil else {
                continue
            }
            found[register] = .some(Int64(parts[1]))
        }
        self = .writes(found)
    }
}

extension Store {
    /// Notes an insert as the triggers would.
    package func noteBirth(_ table: Schema.Table, id: String) throws(SQLiteError) {
        try db.run(
            "INSERT INTO pending(tab, row, registers) VALUES (?, ?, 0)",
            SQLiteValue(table.number), .text(id))
    }

    /// Notes a write of one register as the triggers would.
    package func noteWrite(
        _ table: Schema.Table, id: String, register: Schema.Register, base: Int64?
    ) throws(SQLiteError) {
        let share = Int64(PendingEntry.share(of: register.number)) << Int64(PendingEntry.shareCount)
        let bases: SQLiteValue =
            if register.rule == .kept, let base { .text("\(register.number)=\(base)") } else {
                .null
            }
        try db.run(
            "INSERT INTO pending(tab, row, registers, base) VALUES (?, ?, ?, ?)",
            SQLiteValue(table.number), .text(id),
            .integer(share | PendingEntry.bit(of: register.number)),
            bases)
    }

    /// Ends a `write { }` of the library: a change-set that must be cut is cut here.
    package func noteEnd() throws(SQLiteError) {
        try db.run("INSERT INTO pending(tab, row, registers) VALUES (0, '', 0)")
    }
}
