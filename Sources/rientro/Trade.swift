import Portfolio
import RientroProtocol

/// The trade's tables, as this program knows them.
enum Trade {
    /// The schema; nil only after a change of the tables that breaks its own rules.
    static let schema: Schema? = try? DebtorPortfolio.schema()

    /// A table by its name.
    static func table(_ name: String) throws(OfficeError) -> Schema.Table {
        guard let table = schema?.tables.first(where: { $0.name == name }) else {
            throw .brokenSchema
        }
        return table
    }

    /// The columns of a table that an office may change, in their order.
    static func fields(of table: String) -> [Schema.Column] {
        guard let table = schema?.tables.first(where: { $0.name == table }) else { return [] }
        return table.columns.filter { column in
            column.name != "operator"
                && table.register(ofColumn: column.name)?.writer == .offices
        }
    }
}
