import RientroProtocol

/// A small schema that has every kind of table, routing, limit and default, and parents three deep:
/// the store must know nothing of the trade.
enum BoxSchema {
    static func make(views: [Schema.View] = []) throws(SchemaError) -> Schema {
        try Schema(
            name: "boxes", version: 3,
            tables: [place, word, owner, tag, box, lid, mark, stain, rust],
            views: [.init(name: "boxes", select: "SELECT id, label FROM box")] + views,
            indexes: [.init(table: "mark", columns: ["amount", "made_on"])],
            codes: .init(table: "word", list: "list", code: "code"))
    }

    static let place = Schema.Table(
        number: 10, name: "place", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [.init(number: 1, name: "name", type: .text, isRequired: true)],
        registers: [.init(number: 1, name: "name", writer: .centre)])

    static let word = Schema.Table(
        number: 11, name: "word", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [
            .init(number: 1, name: "list", type: .text, isRequired: true),
            .init(number: 2, name: "code", type: .text, isRequired: true),
        ],
        registers: [
            .init(number: 1, name: "list", writer: .centre),
            .init(number: 2, name: "code", writer: .centre),
        ])

    static let owner = Schema.Table(
        number: 20, name: "owner", kind: .record, insertedBy: .centre,
        routing: .children(table: "box", column: "owner_id"),
        columns: [
            .init(number: 1, name: "name", type: .text, limit: .bytes(100), isPersonal: true)
        ],
        registers: [.init(number: 1, name: "name", rule: .kept)])

    static let tag = Schema.Table(
        number: 21, name: "tag", kind: .record,
        routing: .parent(table: "owner", column: "owner_id"),
        columns: [
            .init(number: 1, name: "owner_id", type: .text, isRequired: true),
            .init(number: 2, name: "words", type: .text, limit: .bytes(12)),
        ],
        registers: [.init(number: 1, name: "words")])

    static let box = Schema.Table(
        number: 22, name: "box", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "place_id"),
        columns: [
            .init(number: 1, name: "owner_id", type: .text, isRequired: true),
            .init(number: 2, name: "place_id", type: .text, isRequired: true),
            .init(number: 3, name: "label", type: .text, limit: .bytes(200)),
            .init(number: 4, name: "size", type: .integer, limit: .range(-5, 5)),
            .init(
                number: 5, name: "unit", type: .text, isRequired: true,
                default: .value(.text("cm")), limit: .codes(["cm", "in"])),
        ],
        registers: [
            .init(number: 1, name: "place_id", writer: .centre),
            .init(number: 2, name: "label", rule: .kept),
            .init(number: 3, name: "measure", columns: ["size", "unit"]),
        ],
        instead: "set its label")

    static let lid = Schema.Table(
        number: 23, name: "lid", kind: .record,
        routing: .parent(table: "box", column: "box_id"),
        columns: [
            .init(number: 1, name: "box_id", type: .text, isRequired: true),
            .init(number: 2, name: "shape", type: .text, limit: .codeList("shape")),
            .init(number: 3, name: "held_on", type: .text, limit: .date),
            .init(number: 4, name: "seal", type: .blob, limit: .bytes(4)),
            .init(
                number: 5, name: "count", type: .integer, isRequired: true,
                default: .value(.integer(-1))),
            // Fixed, and late in the order: an older schema lacks it.
            .init(number: 6, name: "colour", type: .text, default: .value(.text("red"))),
        ],
        registers: [
            .init(number: 1, name: "shape"),
            .init(number: 2, name: "held", columns: ["held_on", "seal"], rule: .kept),
            .init(number: 4, name: "count"),
        ])

    static let mark = Schema.Table(
        number: 30, name: "mark", kind: .ledger,
        routing: .parent(table: "lid", column: "lid_id"),
        columns: [
            .init(number: 1, name: "lid_id", type: .text, isRequired: true),
            .init(
                number: 2, name: "amount", type: .integer, isRequired: true,
                limit: .range(.min, .max)),
            .init(number: 3, name: "made_on", type: .text, isRequired: true, default: .today),
            .init(number: 4, name: "said_at", type: .text, isRequired: true, default: .now),
            .init(number: 5, name: "remark", type: .text, default: .value(.text("it's"))),
        ],
        instead: "insert another mark")

    static let stain = Schema.Table(
        number: 31, name: "stain", kind: .ledger,
        routing: .parent(table: "mark", column: "mark_id"),
        columns: [.init(number: 1, name: "mark_id", type: .text, isRequired: true)])

    static let rust = Schema.Table(
        number: 32, name: "rust", kind: .ledger, insertedBy: .centre,
        routing: .parent(table: "stain", column: "stain_id"),
        columns: [.init(number: 1, name: "stain_id", type: .text, isRequired: true)])
}
