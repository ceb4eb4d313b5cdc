import RientroProtocol

/// The small trade in which a payment may take back another one of its matter, and a matter has at
/// most three payments, a person two phones.
enum ReturnsSchema {
    static let paidMax = 3

    static func make() throws -> Schema {
        let plain = try SmallTrade.schema()
        return try Schema(
            name: "returns", version: 1,
            tables: plain.tables.map { table in
                var table = table
                if table.name == "phone" { table.perParentMax = 2 }
                if table.name == "paid" {
                    table.perParentMax = paidMax
                    table.columns.append(
                        .init(
                            number: 4, name: "undoes_id", type: .text,
                            limit: .sibling(
                                .init(table: "paid", opposes: "amount", endsThere: true))))
                }
                return table
            },
            indexes: [
                .init(table: "phone", columns: ["person_id"]),
                .init(table: "paid", columns: ["matter_id"]),
            ])
    }
}
