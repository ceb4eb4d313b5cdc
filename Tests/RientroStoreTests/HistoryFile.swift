import RientroProtocol
import RientroSQLite
import RientroStore

/// A replica in memory that plays one history after another, each in a transaction that is rolled
/// back, and is read by plain SELECTs.
struct HistoryFile {
    let file: BoxFile

    init() throws { file = try BoxFile() }

    func begin() throws { try file.db.execute("BEGIN; UPDATE me SET quiet = 1") }

    func end() { try? file.db.execute("ROLLBACK") }

    func merge(_ change: RowChange) throws -> MergeResult { try file.store.merge(change) }

    /// All rows whole, and what waits for a birth.
    func everything() throws -> [RowChange] {
        var all: [RowChange] = []
        for table in [22, 23, 30] {
            guard let layout = file.store.layouts[table] else { continue }
            for id in try ids(layout.table.name) {
                guard let row = try file.store.read(layout, id: id),
                    let change = file.store.wholeChange(layout, id: id, row: row)
                else { continue }
                all.append(change)
            }
        }
        return all
            + (try file.db.rows("SELECT content FROM parked") {
                try RowChange(decoding: $0.blob(0))
            })
    }

    /// The sum over all rows.
    func digest() throws -> RowDigest {
        var sum = RowDigest.empty
        for table in [22, 23, 30] {
            guard let layout = file.store.layouts[table] else { continue }
            for id in try ids(layout.table.name) {
                guard let row = try file.store.read(layout, id: id) else { continue }
                sum.add(layout.digest(id: id, row: row))
            }
        }
        return sum
    }

    private func ids(_ table: String) throws -> [String] {
        try file.db.rows("SELECT id FROM \(table) ORDER BY id") { $0.text(0) }
    }

    /// What is not as the model has it.
    func differences(from model: MergeModel, _ when: String) throws -> [String] {
        let wanted = model.rows()
        let found = try rows()
        var wrong = Set(wanted.keys).union(found.keys).sorted().filter { wanted[$0] != found[$0] }
            .map { key in
                let (has, wants) = (String(describing: found[key]), String(describing: wanted[key]))
                return "\(when): \(key): \(has), not \(wants)"
            }
        let parked = try file.db.integer("SELECT count(*) FROM parked") ?? -1
        if parked != Int64(model.waiting()) {
            wrong.append("\(when): \(parked) parked, not \(model.waiting())")
        }
        return wrong
    }

    private func rows() throws -> [MergeModel.Key: MergeModel.Row] {
        var rows: [MergeModel.Key: MergeModel.Row] = [:]
        try file.db.forEach(
            """
            SELECT id, born_stamp, owner_id, coalesce(place_id_stamp, born_stamp), place_id,
              coalesce(label_stamp, born_stamp), label,
              coalesce(measure_stamp, born_stamp), size, unit
            FROM box
            """
        ) { s in
            rows[.init(table: 22, id: s.text(0))] = MergeModel.Row(
                born: s.integer(1), fixed: [value(s, 2)],
                registers: [
                    1: .init(stamp: s.integer(3), values: [value(s, 4)]),
                    2: .init(stamp: s.integer(5), values: [value(s, 6)]),
                    3: .init(stamp: s.integer(7), values: [value(s, 8), value(s, 9)]),
                ])
        }
        try file.db.forEach(
            """
            SELECT id, born_stamp, box_id, colour, coalesce(shape_stamp, born_stamp), shape,
              coalesce(held_stamp, born_stamp), held_on, seal,
              coalesce(count_stamp, born_stamp), count
            FROM lid
            """
        ) { s in
            rows[.init(table: 23, id: s.text(0))] = MergeModel.Row(
                born: s.integer(1), fixed: [value(s, 2), value(s, 3)],
                registers: [
                    1: .init(stamp: s.integer(4), values: [value(s, 5)]),
                    2: .init(stamp: s.integer(6), values: [value(s, 7), value(s, 8)]),
                    4: .init(stamp: s.integer(9), values: [value(s, 10)]),
                ])
        }
        try file.db.forEach("SELECT id, lid_id, amount, made_on, said_at, remark FROM mark") { s in
            rows[.init(table: 30, id: s.text(0))] = MergeModel.Row(
                born: -1, fixed: (1...5).map { value(s, $0) }, registers: [:])
        }
        return rows
    }

    private func value(_ statement: Statement, _ column: Int) -> Value {
        switch statement.value(column) {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .blob(let bytes): .blob(bytes)
        case .real(let number): .text("a real \(number)")
        case .malformedText(let bytes): .blob(bytes)
        }
    }
}
