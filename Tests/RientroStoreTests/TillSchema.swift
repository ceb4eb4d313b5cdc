import RientroProtocol
import RientroSQLite
import RientroStore

/// A till with coins, each of which may take back another: columns of every form that names rows,
/// moments and short texts.
enum TillSchema {
    static let coinsMax = 3

    static func make() throws -> Schema {
        try Schema(
            name: "tills", version: 1, tables: [keeper, shop, till, coin, slip],
            indexes: [
                .init(table: "till", columns: ["shop_id"]),
                .init(table: "coin", columns: ["till_id"]),
            ])
    }

    static let keeper = Schema.Table(
        number: 10, name: "keeper", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [.init(number: 1, name: "name", type: .text)],
        registers: [.init(number: 1, name: "name", writer: .centre)])

    static let shop = Schema.Table(
        number: 20, name: "shop", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "place_id"),
        columns: [
            .init(number: 1, name: "place_id", type: .text, isRequired: true),
            .init(number: 2, name: "name", type: .text),
        ],
        registers: [
            .init(number: 1, name: "place_id", writer: .centre), .init(number: 2, name: "name"),
        ])

    static let till = Schema.Table(
        number: 21, name: "till", kind: .record, routing: .parent(table: "shop", column: "shop_id"),
        columns: [
            .init(
                number: 1, name: "shop_id", type: .text, isRequired: true, limit: .id(of: "shop")),
            .init(number: 2, name: "before_id", type: .text, limit: .sibling(.init(table: "till"))),
            .init(number: 3, name: "label", type: .text),
        ],
        registers: [.init(number: 1, name: "label")], perParentMax: 2)

    static let coin = Schema.Table(
        number: 30, name: "coin", kind: .ledger,
        routing: .parent(table: "till", column: "till_id"),
        columns: [
            .init(
                number: 1, name: "till_id", type: .text, isRequired: true, limit: .id(of: "till")),
            .init(
                number: 2, name: "amount", type: .integer, isRequired: true,
                limit: .range(-100, 100)),
            .init(number: 3, name: "metal", type: .text, limit: .letters(.capitals, 2, 3)),
            .init(
                number: 4, name: "undoes_id", type: .text,
                limit: .sibling(
                    .init(
                        table: "coin", alike: ["metal"], opposes: "amount", endsThere: true))),
            .init(number: 5, name: "fell_at", type: .text, limit: .moment),
            .init(number: 6, name: "by", type: .text, limit: .key(of: "keeper")),
            .init(number: 7, name: "proof", type: .text, limit: .letters(.hexadecimal, 4, 4)),
            .init(number: 8, name: "tongue", type: .text, limit: .letters(.tag, 2, 5)),
        ],
        instead: "insert another coin", perParentMax: coinsMax)

    static let slip = Schema.Table(
        number: 31, name: "slip", kind: .ledger,
        routing: .parent(table: "till", column: "till_id"),
        columns: [
            .init(number: 1, name: "till_id", type: .text, isRequired: true),
            .init(number: 2, name: "coin_id", type: .text, limit: .sibling(.init(table: "coin"))),
        ])

    /// A replica with two tills of one shop, whose CHECKs and guards are on.
    static func file() throws -> BoxFile {
        let file = try BoxFile(schema: make())
        try file.put(
            """
            INSERT INTO shop(id, place_id, born_stamp) VALUES ('\(BoxFile.id("5"))', 'P', 1);
            INSERT INTO till(id, shop_id, born_stamp) VALUES
              ('\(till(1))', '\(BoxFile.id("5"))', 1), ('\(till(2))', '\(BoxFile.id("5"))', 1);
            """)
        try file.db.execute("PRAGMA ignore_check_constraints = OFF")
        return file
    }

    /// The id of one of the two tills.
    static func till(_ number: Int) -> String { BoxFile.id("7\(number)") }

    /// The id of a coin.
    static func coin(_ number: Int) -> String { BoxFile.id("c\(number)") }

    /// A coin as it travels.
    static func change(
        _ number: Int, till: Int = 1, amount: Int64 = -10, metal: String? = nil,
        undoes: String? = nil
    ) -> RowChange {
        RowChange(
            table: 30, id: coin(number),
            content: .ledger([
                .text(Self.till(till)), .integer(amount), metal.map { .text($0) } ?? .null,
                undoes.map { .text($0) } ?? .null, .null, .null, .null, .null,
            ]))
    }
}
