internal import Foundation
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension Replica {
    /// The conflicts that wait for a person, in the order in which the centre noticed them.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func conflicts() throws(ReplicaError) -> [Conflict] {
        try typed {
            try people.db.rows(
                """
                SELECT id, row_table, row_id, register, won, won_stamp, lost, lost_stamp, noticed_at
                FROM conflicts ORDER BY noticed_at, id
                """
            ) { row in
                let columns = columns(of: row.text(3), in: row.text(1))
                return Conflict(
                    id: row.text(0), table: row.text(1), row: row.text(2), register: row.text(3),
                    won: side(row.text(4), stamp: row.integer(5), columns),
                    lost: side(row.text(6), stamp: row.integer(7), columns),
                    noticedAt: row.text(8))
            }
        }
    }

    /// Decides a conflict: an ordinary write of the chosen values, and a row that names the
    /// conflict, in one transaction. Every other office learns of both by its next sync.
    ///
    /// - Parameters:
    ///   - id: the conflict's id.
    ///   - choice: what is right. `.won` leaves the row as it stands.
    ///   - operator: the code of who decided.
    ///
    /// Throws `.noConflict` where it is not there or somebody has decided it already; `.refused`
    /// where the row is not here or the values are not as many as the register's columns; what
    /// `write` throws.
    public func resolve(
        _ id: String, choice: Resolution, operator: String? = nil
    ) throws(ReplicaError) {
        try typed {
            guard let conflict = try conflicts().first(where: { $0.id == id }) else {
                throw ReplicaError.noConflict(id: id)
            }
            let (_, tables) = try people.write { db in
                // Another program may have decided it since.
                guard try db.first("SELECT 1 FROM conflicts WHERE id = ?", [.text(id)]) != nil
                else {
                    throw ReplicaError.noConflict(id: id)
                }
                switch choice {
                case .won: break
                case .lost: try choose(conflict.lost.values.map(\.value), conflict, db)
                case .other(let values): try choose(values, conflict, db)
                }
                try db.execute(
                    "INSERT INTO resolution(conflict_id, choice, operator) VALUES (?, ?, ?)",
                    [.text(id), .text(choice.word), SQLValue(`operator`)])
            }
            note(.local, numbers: tables)
        }
    }

    /// Writes the values into the register of the conflict.
    private func choose(_ values: [SQLValue], _ conflict: Conflict, _ db: Database) throws {
        guard let layout = engine.store.layout(named: conflict.table),
            let register = layout.table.registers.first(where: { $0.name == conflict.register })
        else { throw ReplicaError.refused("\(conflict.table) has no \(conflict.register)") }
        guard values.count == register.columns.count else {
            throw ReplicaError.refused(
                "\(register.name) takes \(register.columns.count) values:"
                    + " \(register.columns.joined(separator: ", "))")
        }
        let table = SQL.name(layout.table.name)
        let assignments = register.columns.map { "\(SQL.name($0)) = ?" }
        let changed = try db.execute(
            "UPDATE \(table) SET \(assignments.joined(separator: ", ")) WHERE id = ?",
            values + [.text(conflict.row)])
        guard changed == 1 else {
            throw ReplicaError.refused("the row \(conflict.row) is not here")
        }
    }

    private func side(_ json: String, stamp: Int64, _ columns: [String]) -> Conflict.Side {
        let stamp = Stamp(rawValue: stamp) ?? Stamp(milliseconds: 0, replica: 0)
        return Conflict.Side(
            values: Self.named(StoredJSON.values(json), columns),
            date: Date(milliseconds: stamp.milliseconds), replica: stamp.replica)
    }

    /// The columns of a register; none where the schema does not know it.
    private func columns(of register: String, in table: String) -> [String] {
        engine.store.layout(named: table)?.table.registers
            .first { $0.name == register }?.columns ?? []
    }

    /// Values with the names of their columns, or their positions beyond the last name.
    static func named(_ values: [SQLValue], _ columns: [String]) -> [ColumnValue] {
        values.enumerated().map { index, value in
            ColumnValue(
                column: columns.indices.contains(index) ? columns[index] : "\(index + 1)",
                value: value)
        }
    }
}

extension Resolution {
    /// The word in `resolution.choice`.
    fileprivate var word: String {
        switch self {
        case .won: "won"
        case .lost: "lost"
        case .other: "other"
        }
    }
}
