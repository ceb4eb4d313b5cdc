/// The engine's own replicated tables: they are in every schema and say what people must decide.
package enum SystemTables {
    /// Two values of a kept register that were written without seeing each other.
    ///
    /// Written by the centre while it merges; goes where the row's unit goes. Its id is made from
    /// row, register, losing stamp and losing values, so the same conflict is never listed twice.
    package static let conflict = Schema.Table(
        number: 1, name: "conflict", kind: .ledger, insertedBy: .centre,
        routing: .unit(table: "unit_table", id: "unit_id"),
        columns: [
            .init(number: 1, name: "unit_table", type: .integer, isRequired: true),
            .init(number: 2, name: "unit_id", type: .text, isRequired: true),
            .init(number: 3, name: "row_table", type: .text, isRequired: true),
            .init(number: 4, name: "row_id", type: .text, isRequired: true),
            .init(number: 5, name: "register", type: .text, isRequired: true),
            // JSON arrays of the register's values, for people and for SQLite's json_extract.
            .init(number: 6, name: "won", type: .text, isRequired: true, isPersonal: true),
            .init(number: 7, name: "won_stamp", type: .integer, isRequired: true),
            .init(number: 8, name: "lost", type: .text, isRequired: true, isPersonal: true),
            .init(number: 9, name: "lost_stamp", type: .integer, isRequired: true),
            .init(
                number: 10, name: "noticed_at", type: .text, isRequired: true, limit: .moment),
        ],
        instead: "choose with `rientro resolve`")

    /// A person's choice about a conflict; the chosen value itself is an ordinary write.
    package static let resolution = Schema.Table(
        number: 2, name: "resolution", kind: .ledger, insertedBy: .offices,
        routing: .parent(table: "conflict", column: "conflict_id"),
        columns: [
            // No limit: what is no conflict's id is no parent, and waits for one.
            .init(number: 1, name: "conflict_id", type: .text, isRequired: true),
            .init(
                number: 2, name: "choice", type: .text, isRequired: true,
                limit: .codes(["won", "lost", "other"])),
            .init(number: 3, name: "operator", type: .text, limit: .bytes(64)),
            .init(
                number: 4, name: "recorded_at", type: .text, isRequired: true, default: .now,
                limit: .moment),
        ],
        instead: "resolve the conflict again")

    /// All of them, in the order of their numbers.
    package static let all = [conflict, resolution]

    /// The first number that a table of the trade may have.
    package static let firstFreeNumber = 10

    /// The view of conflicts that nobody has decided yet.
    package static let conflicts = Schema.View(
        name: "conflicts",
        select: """
            SELECT c.* FROM conflict AS c
            WHERE NOT EXISTS (SELECT 1 FROM resolution AS r WHERE r.conflict_id = c.id)
            """)
}
