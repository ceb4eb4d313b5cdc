import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// All replicated rows of a replica's file and what is pending, as a test reads them: by plain
/// SELECTs, without the store's own reading.
struct FileState: Equatable {
    struct Row: Equatable {
        var columns: [String: SQLiteValue]
        /// By register name; `born` is the row's own.
        var stamps: [String: Int64?]
    }
    struct Pending: Equatable {
        var table: String
        var id: String
        /// `birth` for 0.
        var register: String
        var base: Int64?
    }

    /// By table, then id.
    var rows: [String: [String: Row]] = [:]
    var pending: [Pending] = []

    /// The tables that are looked at.
    static let tables = schema.map(\.allTables)
    /// Theirs.
    static let schema = Result { try DebtorPortfolio.schema() }

    init(_ path: String) throws {
        let db = try Connection(path: path, mode: .readOnly)
        let tables = try Self.tables.get()
        for table in tables {
            var found: [String: Row] = [:]
            try db.forEach("SELECT * FROM \(table.name)") { statement in
                var row = Row(columns: [:], stamps: [:])
                for index in 0..<statement.columnCount {
                    let name = statement.columnName(index)
                    if name.hasSuffix("_stamp") && table.column(name) == nil {
                        row.stamps[String(name.dropLast(6))] = statement.optionalInteger(index)
                    } else {
                        row.columns[name] = statement.value(index)
                    }
                }
                guard case .text(let id) = row.columns["id"] else { return }
                found[id] = row
            }
            rows[table.name] = found
        }
        let names = Dictionary(uniqueKeysWithValues: tables.map { ($0.number, $0) })
        try db.forEach("SELECT tab, row, registers, base FROM pending ORDER BY seq") { row in
            let table = names[Int(row.integer(0))]
            let bases = Self.bases(row.optionalText(3))
            for register in Self.registers(row.integer(2)) {
                let name = table?.registers.first { $0.number == register }?.name
                pending.append(
                    Pending(
                        table: table?.name ?? "\(row.integer(0))", id: row.text(1),
                        register: register == 0 ? "birth" : name ?? "\(register)",
                        base: bases[register]))
            }
        }
    }

    /// The numbers that the column `registers` stands for; 0 for a birth.
    private static func registers(_ column: Int64) -> [Int] {
        guard column != 0 else { return [0] }
        return (0..<32).filter { column & (1 << Int64($0)) != 0 }
            .map { Int(column >> 32) * 32 + $0 + 1 }
    }

    private static func bases(_ text: String?) -> [Int: Int64] {
        var found: [Int: Int64] = [:]
        for pair in (text ?? "").split(separator: " ") {
            let parts = pair.split(separator: "=").compactMap { Int64($0) }
            if parts.count == 2 { found[Int(parts[0])] = parts[1] }
        }
        return found
    }

    /// What is pending as `table.register row`, in order.
    var captured: [String] {
        pending.map { "\($0.table).\($0.register) \(TestIDs.alias($0.id))" }
    }
}

/// Compares two states of a file: whatever changed must be captured, with right stamps and bases,
/// and nothing else may be.
struct CaptureAudit {
    let before: FileState
    let after: FileState
    /// The machine's time around the writes, in milliseconds.
    let window: ClosedRange<Int64>

    /// What is wrong, in a few words; empty where all is right.
    func findings() throws -> [String] {
        var found: [String] = []
        for table in try FileState.tables.get() {
            let old = before.rows[table.name] ?? [:]
            let new = after.rows[table.name] ?? [:]
            for id in old.keys where new[id] == nil { found.append("\(table.name) \(id) is gone") }
            for (id, row) in new {
                if let was = old[id] {
                    found += changed(table, id, was, row)
                } else {
                    found += born(table, id, row)
                }
            }
        }
        for entry in after.pending where after.rows[entry.table]?[entry.id] == nil {
            found.append("\(entry) is of no row")
        }
        return found
    }

    private func entries(_ table: Schema.Table, _ id: String, _ register: String) -> [Int64?] {
        after.pending.filter {
            $0.table == table.name && $0.id == id && $0.register == register
        }.map(\.base)
    }

    private func born(_ table: Schema.Table, _ id: String, _ row: FileState.Row) -> [String] {
        var found: [String] = []
        let births = entries(table, id, "birth")
        if births != [nil] { found.append("\(table.name) \(id) has births \(births)") }
        guard table.kind != .ledger else { return found }
        guard let stamp = row.stamps["born"] ?? nil else {
            return found + ["\(table.name) \(id) has no born_stamp"]
        }
        found += isWritten(stamp, base: nil, "\(table.name) \(id)")
        for register in table.registers {
            found += wrong(
                table, id, register, old: stamp, new: row.stamps[register.name] ?? nil,
                isChanged: false)
        }
        return found
    }

    private func changed(
        _ table: Schema.Table, _ id: String, _ was: FileState.Row, _ row: FileState.Row
    ) -> [String] {
        var found: [String] = []
        if !entries(table, id, "birth").isEmpty { found.append("\(table.name) \(id) born twice") }
        if was.stamps["born"] != row.stamps["born"] { found.append("born_stamp of \(id) changed") }
        for column in table.columns where table.register(ofColumn: column.name) == nil {
            if was.columns[column.name] != row.columns[column.name] {
                found.append("\(table.name).\(column.name) of \(id) changed")
            }
        }
        for register in table.registers {
            let isChanged = register.columns.contains { was.columns[$0] != row.columns[$0] }
            let old = (was.stamps[register.name] ?? nil) ?? (was.stamps["born"] ?? nil) ?? 0
            let own = was.stamps[register.name] ?? nil
            let new = row.stamps[register.name] ?? nil
            if own != nil, new == nil { found.append("\(register.name) of \(id) lost its stamp") }
            found += wrong(table, id, register, old: old, new: new, isChanged: isChanged)
        }
        return found
    }

    /// Judges one register of a row whose effective stamp was `old`.
    private func wrong(
        _ table: Schema.Table, _ id: String, _ register: Schema.Register, old: Int64, new: Int64?,
        isChanged: Bool
    ) -> [String] {
        let path = "\(table.name).\(register.name) of \(TestIDs.alias(id))"
        let bases = entries(table, id, register.name)
        guard let first = bases.first else {
            var found: [String] = []
            if isChanged { found.append("\(path) changed and was not captured") }
            if let new, new != old { found.append("\(path): the stamp changed alone") }
            return found
        }
        guard let new else { return ["\(path) is pending and has no stamp"] }
        guard register.rule == .kept else {
            var found = isWritten(new, base: old, writes: bases.count, path)
            if bases.contains(where: { $0 != nil }) { found.append("\(path): a base") }
            if old >> 20 >= new >> 20 { found.append("\(path): the stamp does not ascend") }
            return found
        }
        var found = isWritten(new, base: bases.last ?? nil, path)
        if first != old { found.append("\(path): base \(first ?? -1), not \(old)") }
        let chain = bases.map { $0 ?? 0 } + [new]
        if zip(chain, chain.dropFirst()).contains(where: { $0 >> 20 >= $1 >> 20 }) {
            found.append("\(path): stamps do not ascend: \(chain)")
        }
        return found
    }

    private func isWritten(
        _ stamp: Int64, base: Int64?, writes: Int = 1, _ path: String
    ) -> [String] {
        let time = stamp >> 20
        var found: [String] = []
        if stamp & 0xFFFFF != ReplicaFile.replica { found.append("\(path): not our number") }
        // A second write within the same millisecond is one millisecond later.
        let last = window.upperBound + Int64(writes - 1)
        let latest = max(last, (base ?? 0) >> 20 + Int64(writes))
        if time < window.lowerBound || time > latest { found.append("\(path): time \(time)") }
        return found
    }
}
