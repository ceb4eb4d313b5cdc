import RientroProtocol
import RientroSQLite
import RientroStore

@testable import RientroClient

/// How a replica sealed before it read ahead: every row by itself, all of them at once. The seal
/// must make the same bytes.
extension ReplicaEngine {
    /// The ranges of `changes` that become a change-set each; none where nothing travels.
    func cuts(_ changes: [SealedRow?], boundaries: [Int]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start < changes.count {
            let end = cut(changes, from: start, boundaries: boundaries)
            if changes[start..<end].contains(where: { $0 != nil }) { ranges.append(start..<end) }
            start = end
        }
        return ranges
    }

    /// The rows in the order of their first write, and after how many of them a `write { }` ended.
    func pendingRows() throws -> ([PendingRow], [Int]) {
        struct Key: Hashable {
            let table: Int
            let id: SQLiteValue
        }
        var rows: [PendingRow] = []
        var index: [Key: Int] = [:]
        var boundaries: [Int] = []
        try db.forEach("SELECT tab, row, registers, base FROM pending ORDER BY seq") { statement in
            let table = Int(statement.integer(0))
            guard table > 0 else {
                boundaries.append(rows.count)
                return
            }
            let key = Key(table: table, id: statement.value(1))
            let at = index[key] ?? rows.count
            if at == rows.count {
                index[key] = at
                var row = PendingRow(table: table, id: statement.text(1))
                if case .malformedText(let bytes) = key.id { row.malformedID = bytes }
                rows.append(row)
            }
            let entry = PendingEntry(
                registers: statement.integer(2), base: statement.optionalText(3))
            switch entry {
            case .birth: rows[at].isBirth = true
            case .writes(let bases): rows[at].bases.merge(bases) { first, _ in first }
            }
        }
        return (rows, boundaries)
    }

    /// Where the change-set that begins at `start` ends: where everything fits, at the end; else at
    /// the last end of a `write { }` that fits, else between rows.
    private func cut(_ changes: [SealedRow?], from start: Int, boundaries: [Int]) -> Int {
        var weight = PartWeight()
        for index in start..<changes.count {
            guard let row = changes[index] else { continue }
            weight.add(row.change, in: row.unit)
            if !weight.fitsChangeSet {
                let fitting = boundaries.last { $0 > start && $0 <= index }
                return fitting ?? max(index, start + 1)
            }
        }
        return changes.count
    }

    /// Rows under their units, in the order of the first of each.
    func units(of batch: [SealedRow]) -> [UnitChanges] {
        var units: [UnitChanges] = []
        var index: [Unit: Int] = [:]
        for row in batch {
            if let at = index[row.unit] {
                units[at].rows.append(row.change)
            } else {
                index[row.unit] = units.count
                units.append(UnitChanges(unit: row.unit, rows: [row.change]))
            }
        }
        return units
    }
}

extension PartWeight {
    /// Adds a row that comes alone.
    fileprivate mutating func add(_ row: RowChange, in unit: Unit) {
        var forms = RowForms()
        forms.add(row, in: unit)
        add(0, of: forms)
    }
}
