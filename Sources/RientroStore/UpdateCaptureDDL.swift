internal import RientroProtocol
internal import RientroSQLite

/// The trigger that notes and stamps what an UPDATE changed, and refuses stamps written by hand:
/// one for all registers, or for each 32 of them.
///
/// One trigger does both, since writing the stamps is an UPDATE that comes back to whatever guards
/// them, and SQLite does not run a trigger from within itself. (Apart, the guard alone cost a
/// quarter of the whole UPDATE.) Where `recursive_triggers` is on it does run again, and what it
/// noted just before then tells its own update from another's.
///
/// A person's own trigger on the table runs within that UPDATE too, and what it writes to the same
/// table is not noted there. It has run before: SQLite runs the newest trigger first (`StoreCheck`
/// keeps it so), and then all that it writes is noted.
struct UpdateCaptureDDL {
    private let table: Schema.Table
    private let share: Int
    private let registers: [Schema.Register]

    /// The triggers of a record table, by what their names end in.
    static func triggers(_ table: Schema.Table) -> [(name: String, event: String, body: Body)] {
        let shares = Set(table.registers.map { PendingEntry.share(of: $0.number) })
        return shares.sorted().map { share in
            let one = UpdateCaptureDDL(
                table: table, share: share,
                registers: table.registers.filter {
                    PendingEntry.share(of: $0.number) == share
                })
            return (share == 0 ? "updated" : "updated_\(share)", one.event, one.body)
        }
    }

    /// The condition and the statements of a trigger.
    struct Body {
        let when: String
        let statements: [String]
    }

    /// Those that offices write.
    private var written: [Schema.Register] { registers.filter { $0.writer == .offices } }

    /// Not the registers of the centre: whoever changes them is refused before.
    private var event: String {
        let columns = written.flatMap(\.columns).map(SQL.name) + registers.map(stampColumn)
        return "AFTER UPDATE OF \(columns.joined(separator: ", "))"
    }

    private var body: Body {
        let changes = written.map(changed)
        let stamps = registers.map(stampColumn)
        let wrong = registers.map { register in
            let noted = Self.noted(table, share: share)
            return Self.wrong(
                stampColumn(register),
                unless: "coalesce(\(noted), 0) & \(PendingEntry.bit(of: register.number))")
        }
        let byHand = stamps.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")
        let refuse = "\(Self.refusal) WHERE \(byHand)"
        return Body(
            when: "\(CaptureDDL.awake) AND (\((changes + wrong).joined(separator: " OR ")))",
            statements: written.isEmpty ? [refuse] : [refuse, note, stamp])
    }

    /// The guard of `born_stamp`, which the trigger of an insert alone writes.
    static func bornGuard(_ table: Schema.Table) -> Body {
        let wrong = wrong("born_stamp", unless: "\(noted(table, share: 0)) IS 0")
        return Body(when: "\(CaptureDDL.awake) AND \(wrong)", statements: [refusal])
    }

    /// A program that saves the whole row it once read would set a stamp back, and one that copies
    /// rows between files would set it forward with nothing in `pending`. A stamp never goes back,
    /// not even where the triggers write it: the value may be newer than the program.
    private static func wrong(_ column: String, unless isNoted: String) -> String {
        "(OLD.\(column) IS NOT NEW.\(column)"
            + " AND (coalesce(NEW.\(column), 0) < OLD.\(column) OR NOT (\(isNoted))))"
    }

    /// What the last entry of the row in `pending` has in `registers`, if it is of this share.
    private static func noted(_ table: Schema.Table, share: Int) -> String {
        "(SELECT CASE registers >> \(PendingEntry.shareCount) WHEN \(share) THEN registers END"
            + " FROM pending WHERE tab = \(table.number) AND row = OLD.id"
            + " ORDER BY seq DESC LIMIT 1)"
    }

    private static let refusal =
        "SELECT raise(ABORT, 'stamps are written by the triggers: leave these columns out,"
        + " or read the row again')"

    /// One entry for all registers that changed, with the bases of those whose losers are listed.
    private var note: String {
        let bits = written.map {
            "CASE WHEN \(changed($0)) THEN \(PendingEntry.bit(of: $0.number)) ELSE 0 END"
        }
        let high = share == 0 ? "" : "\(Int64(share) << Int64(PendingEntry.shareCount)) + "
        let kept = written.filter { $0.rule == .kept }
        let any = kept.map(changed).joined(separator: " OR ")
        let pairs = kept.map {
            "CASE WHEN \(changed($0)) THEN ' \($0.number)=' || coalesce(\(base($0)), '')"
                + " ELSE '' END"
        }
        let bases =
            kept.isEmpty ? "NULL" : "CASE WHEN \(any) THEN \(pairs.joined(separator: " || ")) END"
        return "INSERT INTO pending(tab, row, registers, base) VALUES (\(table.number), NEW.id,"
            + " \(high)\(bits.joined(separator: " + ")), \(bases))"
    }

    private var stamp: String {
        let sets = written.map { register in
            let column = stampColumn(register)
            return "\(column) = CASE WHEN \(changed(register))"
                + " THEN (\(CaptureDDL.stamp(base: base(register)))) ELSE \(column) END"
        }
        return "UPDATE \(SQL.name(table.name)) SET \(sets.joined(separator: ", "))"
            + " WHERE id = NEW.id"
    }

    private func changed(_ register: Schema.Register) -> String {
        let columns = register.columns.map(SQL.name)
        let text = columns.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")
        return columns.count == 1 ? text : "(\(text))"
    }

    private func base(_ register: Schema.Register) -> String {
        "coalesce(OLD.\(stampColumn(register)), OLD.born_stamp)"
    }

    private func stampColumn(_ register: Schema.Register) -> String {
        SQL.name(register.name + "_stamp")
    }
}
