import RientroProtocol

/// The tables of `MergeCentre`: every kind and routing, small enough for thousands of merges a
/// second.
enum MergeSchema {
    static func make() throws(SchemaError) -> Schema {
        try Schema(name: "merge", version: 1, tables: [label, person, matter, phone, paid, remark])
    }

    private static let label = Schema.Table(
        number: 10, name: "label", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [.init(number: 1, name: "text", type: .text)],
        registers: [.init(number: 1, name: "text", writer: .centre)])

    private static let person = Schema.Table(
        number: 11, name: "person", kind: .record, insertedBy: .centre,
        routing: .children(table: "matter", column: "person_id"),
        columns: [
            .init(number: 1, name: "name", type: .text, isRequired: true, limit: .bytes(20)),
            .init(number: 2, name: "street", type: .text),
            .init(number: 3, name: "city", type: .text),
        ],
        registers: [
            .init(number: 1, name: "name", rule: .kept),
            .init(number: 2, name: "address", columns: ["street", "city"]),
        ])

    private static let matter = Schema.Table(
        number: 12, name: "matter", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "portfolio_id"),
        columns: [
            .init(number: 1, name: "person_id", type: .text, isRequired: true),
            .init(number: 2, name: "portfolio_id", type: .text, isRequired: true),
            .init(number: 3, name: "stage", type: .text, limit: .bytes(20)),
        ],
        registers: [
            .init(number: 1, name: "portfolio_id", writer: .centre),
            .init(number: 2, name: "stage"),
        ])

    private static let phone = Schema.Table(
        number: 13, name: "phone", kind: .record,
        routing: .parent(table: "person", column: "person_id"),
        columns: [
            .init(number: 1, name: "person_id", type: .text, isRequired: true),
            .init(number: 2, name: "value", type: .text, limit: .bytes(20)),
            .init(number: 3, name: "checked", type: .text, limit: .date),
        ],
        registers: [
            .init(number: 1, name: "value", rule: .kept),
            .init(number: 2, name: "checked", writer: .centre),
        ])

    private static let paid = Schema.Table(
        number: 14, name: "paid", kind: .ledger,
        routing: .parent(table: "matter", column: "matter_id"),
        columns: [
            .init(number: 1, name: "matter_id", type: .text, isRequired: true),
            .init(number: 2, name: "amount", type: .integer, isRequired: true),
            .init(number: 3, name: "text", type: .text, limit: .codes(["cash", "card"])),
        ])

    private static let remark = Schema.Table(
        number: 15, name: "remark", kind: .ledger,
        routing: .parent(table: "paid", column: "paid_id"),
        columns: [
            .init(number: 1, name: "paid_id", type: .text, isRequired: true),
            .init(number: 2, name: "text", type: .blob),
        ])
}
