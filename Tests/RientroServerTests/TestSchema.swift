import RientroProtocol

/// Tables small enough to see at a glance, with every kind and routing: a debtor goes where its
/// accounts are, a phone (kept) with the debtor, a note (a fact) with the account.
enum TestSchema {
    static func make() throws -> Schema {
        try Schema(
            name: "test", version: 1, tables: [portfolio, debtor, phone, account, note, remark],
            indexes: [.init(table: "note", columns: ["account_id"])])
    }

    private static let portfolio = Schema.Table(
        number: 10, name: "portfolio", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [.init(number: 1, name: "name", type: .text, isRequired: true)],
        registers: [.init(number: 1, name: "name", writer: .centre)], instead: "ask the centre")

    private static let debtor = Schema.Table(
        number: 20, name: "debtor", kind: .record, insertedBy: .centre,
        routing: .children(table: "account", column: "debtor_id"),
        columns: [
            .init(number: 1, name: "name", type: .text, isRequired: true, limit: .bytes(100))
        ],
        registers: [.init(number: 1, name: "name", rule: .kept)], instead: "change it")

    private static let phone = Schema.Table(
        number: 21, name: "phone", kind: .record,
        routing: .parent(table: "debtor", column: "debtor_id"),
        columns: [
            .init(number: 1, name: "debtor_id", type: .text, isRequired: true),
            .init(number: 2, name: "number", type: .text, isRequired: true, limit: .bytes(100)),
        ],
        registers: [.init(number: 1, name: "number", rule: .kept)], instead: "change it")

    private static let account = Schema.Table(
        number: 22, name: "account", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "portfolio_id"),
        columns: [
            .init(number: 1, name: "debtor_id", type: .text, isRequired: true),
            .init(number: 2, name: "portfolio_id", type: .text, isRequired: true),
            .init(
                number: 3, name: "status", type: .text, isRequired: true,
                default: .value(.text("open"))),
        ],
        registers: [
            .init(number: 1, name: "portfolio_id", writer: .centre),
            .init(number: 2, name: "status"),
        ], instead: "set its status")

    private static let note = Schema.Table(
        number: 30, name: "note", kind: .ledger,
        routing: .parent(table: "account", column: "account_id"),
        columns: [
            .init(number: 1, name: "account_id", type: .text, isRequired: true),
            .init(number: 2, name: "text", type: .text, isRequired: true, limit: .bytes(1_000)),
        ], instead: "insert another note")

    /// A fact under a fact, so that there are rows whose parent an office makes.
    private static let remark = Schema.Table(
        number: 31, name: "remark", kind: .ledger,
        routing: .parent(table: "note", column: "note_id"),
        columns: [
            .init(number: 1, name: "note_id", type: .text, isRequired: true),
            .init(number: 2, name: "text", type: .text, isRequired: true),
        ], instead: "insert another remark")
}
