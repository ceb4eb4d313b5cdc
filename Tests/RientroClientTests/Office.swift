import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

/// A folder of its own for one test, gone with it.
final class Folder: Sendable {
    let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }
}

/// The ids of the rows that every snapshot here has.
enum Known {
    static let debtor = "00000000-0000-7000-8000-0000000000d1"
    static let account = "00000000-0000-7000-8000-0000000000a1"
    static let phone = "00000000-0000-7000-8000-0000000000c1"
    static let epoch = [UInt8](repeating: 7, count: 16)
    static let born = Stamp(milliseconds: 1_700_000_000_000, replica: 0)
    static let start = Cursor(epoch: epoch, commit: 3, chain: .zero)
}

/// Makes the file that a centre would send: all rows of portfolio P1, and no identity.
enum Snapshot {
    static func make(at path: String, schema: Schema, cursor: Cursor = Known.start) throws {
        let db = try Connection(path: path)
        let objects = Store.objects(schema, role: .replica)
        try db.transaction {
            for object in objects where object.type != "trigger" { try db.execute(object.sql) }
            let store = try Store(db: db, schema: schema)
            for change in try rows(schema) { _ = try store.merge(change) }
            try store.setCursor(cursor)
            for object in objects where object.type == "trigger" { try db.execute(object.sql) }
        }
    }

    /// A few codes, a portfolio, a debtor with a phone, and an account.
    static func rows(_ schema: Schema) throws -> [RowChange] {
        var rows: [RowChange] = []
        for code in DebtorPortfolio.codes {
            rows.append(
                try row(
                    schema, "code", code.id,
                    Dictionary(uniqueKeysWithValues: zip(CodeRow.columns, code.values))))
        }
        rows.append(try row(schema, "portfolio", "P1", ["name": .text("Matera")]))
        rows.append(try row(schema, "creditor", "ACME", ["name": .text("Acme")]))
        rows.append(try row(schema, "debtor", Known.debtor, ["surname": .text("Rossi")]))
        rows.append(
            try row(
                schema, "account", Known.account,
                [
                    "debtor_id": .text(Known.debtor), "portfolio_id": .text("P1"),
                    "creditor_id": .text("ACME"), "case_ref": .text("1/2024"),
                    "placed_on": .text("2024-01-01"),
                ]))
        rows.append(
            try row(
                schema, "contact_point", Known.phone,
                [
                    "debtor_id": .text(Known.debtor), "kind": .text("mobile"),
                    "value": .text("+39333000000"),
                ]))
        return rows
    }

    /// A whole row of these columns; the others have their constants or NULL.
    static func row(
        _ schema: Schema, _ table: String, _ id: String, _ values: [String: Value],
        stamp: Stamp = Known.born
    ) throws -> RowChange {
        let layout = TableLayout(try #require(schema.allTables.first { $0.name == table }))
        func value(_ position: Int) -> Value {
            let column = layout.table.columns[position]
            if let given = values[column.name] { return given }
            if case .value(let constant) = column.default { return constant }
            return .null
        }
        guard layout.table.kind != .ledger else {
            return RowChange(
                table: layout.table.number, id: id,
                content: .ledger(layout.table.columns.indices.map(value)))
        }
        let writes = layout.table.registers.enumerated().map { index, register in
            RegisterWrite(
                register: register.number, stamp: nil, base: nil,
                values: layout.registerColumns[index].map(value))
        }
        return RowChange(
            table: layout.table.number, id: id,
            content: .record(
                birth: Birth(stamp: stamp, fixed: layout.fixedColumns.map(value)), writes: writes))
    }
}
