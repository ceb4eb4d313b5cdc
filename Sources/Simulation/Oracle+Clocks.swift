internal import RientroSQLite

/// Clocks may lie: a wrong one neither makes a write older than what its writer was told, nor lets
/// it win for ever.
extension Oracle {
    /// A stamp may be so far ahead of the centre's time, in milliseconds, before it is corrected;
    /// and one that is corrected may have to be a little later than such a one.
    private static let aheadMillisecondsMax: Int64 = 5_000 + 1_000

    /// What was written just now is not older than the last answer that the office merged.
    func checkStamp(of write: Write, at office: OfficeMachine) throws {
        let (table, row, column): (String, String, String)
        switch write {
        case .fact(let fact):
            guard !Self.ledgerTables.contains(fact.table) else { return }
            (table, row, column) = (fact.table, fact.id, "born")
        case .writing(let writing):
            let name = writing.register
            guard Self.keptColumns[name.table]?.contains(name.column) == true else { return }
            (table, row, column) = (name.table, name.row, name.column)
        }
        let stamp = try office.sql().integer(
            "SELECT \(column)_stamp FROM \(table) WHERE id = ?", .text(row))
        guard let stamp else {
            throw Failure("\(table) \(row) \(column) was written at \(office.name), unstamped")
        }
        guard stamp >> 20 >= office.toldTime else {
            throw Failure(
                "\(table) \(row) \(column) is older than the last answer before it: "
                    + "\(stamp >> 20) at \(office.name), which was told \(office.toldTime)")
        }
    }

    /// Notes the stamp with which a value was written.
    func noteStamp(of writing: Writing, in db: Connection) throws {
        let name = writing.register
        let register = name.column == "street" ? "address" : name.column
        writing.stamp = try db.integer(
            "SELECT \(register)_stamp FROM \(name.table) WHERE id = ?", .text(name.row))
    }

    /// Whether a file and its copy, or one that was put back, gave one stamp to two values by
    /// clocks that were far ahead: the stamp that is put in its place is the one of whichever came
    /// first, and tells nothing of what the other was written over.
    func areAheadAndAlike(_ all: [Writing]) -> Bool {
        let ahead = all.filter { $0.isAhead || $0.stamp.map(isFar) == true }
        return Dictionary(grouping: ahead, by: \.stamp).contains { stamp, alike in
            stamp != nil && Set(alike.compactMap(\.life).map(ObjectIdentifier.init)).count > 1
        }
    }

    /// Whether a stamp is years after the days that are simulated.
    private func isFar(_ stamp: Int64) -> Bool { stamp >> 20 > World.start + 365 * 86_400_000 }

    /// No stamp at the centre is far ahead of the latest time that it has had.
    func checkStamps(_ centre: Connection) throws {
        let latest = try centre.integer("SELECT max(time) FROM commit_log") ?? 0
        for table in ["account", "contact_point", "debtor", "task"] {
            let names = try centre.rows("SELECT name FROM pragma_table_info('\(table)')") {
                $0.text(0)
            }
            for name in names where name.hasSuffix("_stamp") {
                let ahead = try centre.text(
                    "SELECT id FROM \(table) WHERE \(name) >> 20 > ? ORDER BY id",
                    .integer(latest + Self.aheadMillisecondsMax))
                guard let ahead else { continue }
                throw Failure("\(name) of \(table) \(ahead) wins for ever: it is far ahead")
            }
        }
    }
}
