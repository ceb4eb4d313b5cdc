internal import RientroProtocol
internal import RientroSQLite

/// The triggers of a replica: they note every write in `pending`, stamp registers, and refuse what
/// would break the merge, in built-in SQL that any program runs.
///
/// In a trigger SQLite applies the outer statement's OR clause
/// (<https://www.sqlite.org/lang_createtrigger.html>), so an insert into `pending` must never meet
/// a constraint; and RAISE(ABORT) undoes the whole statement whatever that clause says.
enum CaptureDDL {
    /// True unless the library is merging: no other connection can see the flag set.
    static let awake = "(SELECT quiet FROM me) IS NOT 1"

    /// All triggers of one table.
    static func triggers(_ table: Schema.Table) -> [SchemaObject] {
        switch table.kind {
        case .reference: referenceTriggers(table)
        case .ledger: ledgerTriggers(table)
        case .record: recordTriggers(table)
        }
    }

    private static func referenceTriggers(_ table: Schema.Table) -> [SchemaObject] {
        let sentence = "\(table.name) rows are written by the centre alone"
        return [
            guarded(table, "inserted", "AFTER INSERT", sentence),
            guarded(table, "changed", "BEFORE UPDATE", sentence),
            guarded(table, "deleted", "BEFORE DELETE", sentence),
        ]
    }

    private static func ledgerTriggers(_ table: Schema.Table) -> [SchemaObject] {
        let never = sentence(
            table, "this \(table.name) row never changes", "insert a correcting row")
        let kept = sentence(
            table, "this \(table.name) row is never deleted", "insert a correcting row")
        var made: [SchemaObject] = []
        if table.insertedBy == .centre {
            made.append(centreInserts(table))
        } else {
            made.append(noted(table))
            made.append(
                trigger(
                    table, "inserted", "AFTER INSERT", when: nil,
                    [birth(table, never)] + SiblingGuardDDL.statements(table)))
        }
        return made + [
            guarded(table, "changed", "BEFORE UPDATE", never),
            guarded(table, "deleted", "BEFORE DELETE", kept),
        ]
    }

    private static func centreInserts(_ table: Schema.Table) -> SchemaObject {
        guarded(
            table, "inserted", "AFTER INSERT",
            "\(table.name) rows are inserted by the centre alone")
    }

    private static func recordTriggers(_ table: Schema.Table) -> [SchemaObject] {
        let name = SQL.name(table.name)
        let stamps = TableLayout.stampColumns(table)
        var made: [SchemaObject] = []
        if table.insertedBy == .centre {
            made.append(centreInserts(table))
        } else {
            let given = stamps.map { "NEW.\($0) IS NOT NULL" }.joined(separator: " OR ")
            made.append(noted(table))
            made.append(
                trigger(
                    table, "inserted", "AFTER INSERT", when: awake,
                    [
                        birth(
                            table,
                            "REPLACE would wipe this \(table.name) row: use UPDATE, or"
                                + " INSERT … ON CONFLICT(id) DO UPDATE"),
                        "SELECT raise(ABORT, 'leave the stamp columns out') WHERE \(given)",
                    ] + SiblingGuardDDL.statements(table) + [
                        "UPDATE \(name) SET born_stamp = (\(stamp(base: nil))) WHERE id = NEW.id"
                    ]))
        }
        made.append(
            guarded(
                table, "deleted", "BEFORE DELETE",
                sentence(table, "this \(table.name) row is never deleted", "set its status")))
        made.append(fixedGuard(table))
        if let guardOfCentre = centreGuard(table) { made.append(guardOfCentre) }
        let born = UpdateCaptureDDL.bornGuard(table)
        made.append(
            trigger(
                table, "born", "BEFORE UPDATE OF born_stamp", when: born.when, born.statements))
        return made
            + UpdateCaptureDDL.triggers(table).map {
                trigger(table, $0.name, $0.event, when: $0.body.when, $0.body.statements)
            }
    }

    /// The id, and columns such as the parent, never change.
    private static func fixedGuard(_ table: Schema.Table) -> SchemaObject {
        let fixed = table.columns.filter { table.register(ofColumn: $0.name) == nil }.map(\.name)
        let columns = (["id"] + fixed).map(SQL.name)
        let changed = columns.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")
        return trigger(
            table, "fixed", "BEFORE UPDATE OF \(columns.joined(separator: ", "))",
            when: "(\(changed)) AND \(awake)",
            [
                raise(
                    "\((["id"] + fixed).joined(separator: ", ")) of this"
                        + " \(table.name) row never change")
            ])
    }

    private static func centreGuard(_ table: Schema.Table) -> SchemaObject? {
        let names = table.registers.filter { $0.writer == .centre }.flatMap(\.columns)
        guard !names.isEmpty else { return nil }
        let columns = names.map(SQL.name)
        let changed = columns.map { "OLD.\($0) IS NOT NEW.\($0)" }.joined(separator: " OR ")
        return trigger(
            table, "centre", "BEFORE UPDATE OF \(columns.joined(separator: ", "))",
            when: "(\(changed)) AND \(awake)",
            [
                raise(
                    "the centre alone writes \(names.joined(separator: ", ")) of this"
                        + " \(table.name) row"
                )
            ])
    }

    /// REPLACE fires no delete trigger, so the id that was in place is noted before and looked at
    /// after; UPSERT and OR IGNORE insert nothing, so they never come to the second trigger.
    private static func noted(_ table: Schema.Table) -> SchemaObject {
        let name = SQL.name(table.name)
        return trigger(
            table, "noted", "BEFORE INSERT",
            when: "EXISTS (SELECT 1 FROM \(name) WHERE id = NEW.id)",
            ["UPDATE me SET noted = \(mark(table)) WHERE quiet IS NOT 1"])
    }

    /// Notes an insert, unless it took the place of a row: one look at `me` for both, and for the
    /// flag.
    private static func birth(_ table: Schema.Table, _ sentence: String) -> String {
        "INSERT INTO pending(tab, row, registers)"
            + " SELECT CASE WHEN noted IS NOT NULL AND noted = \(mark(table))"
            + " THEN raise(ABORT, \(SQL.text(sentence))) ELSE \(table.number) END, NEW.id, 0"
            + " FROM me WHERE quiet IS NOT 1"
    }

    /// The row with its table: rows of two tables may have one id.
    private static func mark(_ table: Schema.Table) -> String { "'\(table.number) ' || NEW.id" }

    /// `max(now + offset, floor, base + 1 ms)` with the replica's number, as `Stamp` makes it.
    static func stamp(base: String?) -> String {
        #if Mutations
            if Mutation.stampWithoutBase.isChosen, base != nil { return stamp(base: nil) }
            let floor = Mutation.stampWithoutFloor.isChosen ? "0" : "floor"
        #else
            let floor = "floor"
        #endif
        #if Mutations
            if Mutation.clockCutAtEnd.isChosen { return cut(base: base) }
        #endif
        let clock =
            "max((\(TableDDL.now) + \"offset\") % \(Limits.clockMillisecondsMax + 1),"
            + " min(\(floor), \(Limits.clockMillisecondsMax)))"
        guard let base else { return "SELECT \(clock) << 20 | replica FROM me" }
        // A row that came in while the triggers were gone has no stamps; max() of NULL is NULL.
        let last = "coalesce(\(base), 0) >> 20"
        return "SELECT CASE WHEN \(last) >= \(Limits.stampMillisecondsMax)"
            + " THEN raise(ABORT, \(SQL.text(endOfTime)))"
            + " ELSE max(\(clock), (\(last)) + 1) << 20 | replica END FROM me"
    }

    #if Mutations
        private static func cut(base: String?) -> String {
            let after = base.map { ", (coalesce(\($0), 0) >> 20) + 1" } ?? ""
            return "SELECT min(max(\(TableDDL.now) + \"offset\", floor\(after)),"
                + " \(Limits.stampMillisecondsMax)) << 20 | replica FROM me"
        }
    #endif

    private static let endOfTime =
        "nothing can be later than what stands here: sync first, which sets its time right"

    private static func sentence(_ table: Schema.Table, _ what: String, _ else: String) -> String {
        "\(what): \(table.instead ?? `else`)"
    }

    private static func guarded(
        _ table: Schema.Table, _ what: String, _ event: String, _ sentence: String
    ) -> SchemaObject {
        trigger(table, what, event, when: awake, [raise(sentence)])
    }

    private static func raise(_ sentence: String) -> String {
        "SELECT raise(ABORT, \(SQL.text(sentence)))"
    }

    private static func trigger(
        _ table: Schema.Table, _ what: String, _ event: String, when: String?, _ body: [String]
    ) -> SchemaObject {
        let name = "rientro_\(table.name)_\(what)"
        let statements = body.map { "  \($0);\n" }.joined()
        return SchemaObject(
            type: "trigger", name: name,
            sql: "CREATE TRIGGER \(SQL.name(name)) \(event) ON \(SQL.name(table.name))\n"
                + "\(when.map { "WHEN \($0)\n" } ?? "")BEGIN\n\(statements)END")
    }
}
