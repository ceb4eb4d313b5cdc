import Foundation
import Interchange
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroServer

/// A centre of one test, with the portfolios MT and PZ and the creditors ENERGIA and GAS.
final class ImportedCentre {
    let engine: CentreEngine
    private(set) var now: Int64 = 1_790_000_000_000
    private let folder: URL?

    /// In memory, or on the disk where a test looks at files.
    init(onDisk: Bool = false) throws {
        var path = ":memory:"
        if onDisk {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("import-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder
            path = folder.appendingPathComponent("centre.sqlite").path
        } else {
            folder = nil
        }
        let db = try Connection(path: path)
        try CentreEngine.create(on: db, schema: try DebtorPortfolio.schema())
        engine = try CentreEngine(db: db)
        try db.transaction {
            _ = try engine.act(now: now) { act in
                for row in DebtorPortfolio.codes {
                    let values = zip(CodeRow.columns, row.values)
                    try act.insert("code", id: row.id, Dictionary(uniqueKeysWithValues: values))
                }
                for id in ["MT", "PZ"] {
                    try act.insert("portfolio", id: id, ["name": .text(id)])
                }
                for id in ["ENERGIA", "GAS"] {
                    try act.insert("creditor", id: id, ["name": .text(id)])
                }
            }
        }
    }

    deinit { if let folder { try? FileManager.default.removeItem(at: folder) } }

    var db: Connection { engine.db }
    var path: String { db.path }

    /// Imports a file as the command does.
    @discardableResult
    func load(
        _ file: FileOnDisk, options: ImportOptions = ImportOptions(portfolio: "MT"),
        reading: HandOver.Options = .init(), progress: (Int) -> Void = { _ in }
    ) throws -> (report: ImportReport, problems: HandOverImport.Problems) {
        now += 60_000
        var hash = SHA256()
        let inspected = try HandOver.inspect(
            path: file.path, options: reading, bytes: { hash.update($0) })
        return try HandOverImport(
            inspected, hash: hash.finish(), engine: engine, options: options
        ).run(clock: { self.now }, progress: progress)
    }

    func load(
        _ rows: [String], options: ImportOptions = ImportOptions(portfolio: "MT")
    ) throws -> ImportReport {
        try load(Self.file(rows), options: options).report
    }

    /// A payment on an account, as an office records it.
    func pay(
        _ caseRef: String, _ amount: Int64, currency: String = "EUR", state: String = "received"
    ) throws {
        let account = try db.text("SELECT id FROM account WHERE case_ref = ?", .text(caseRef))
        try db.transaction {
            _ = try engine.act(now: now) { act in
                try act.insert(
                    "payment",
                    [
                        "account_id": .text(account ?? ""), "amount": .integer(amount),
                        "currency": .text(currency), "state": .text(state),
                    ])
            }
        }
    }

    func count(_ table: String) throws -> Int64 {
        try db.integer("SELECT count(*) FROM \(SQL.name(table))") ?? -1
    }

    /// All rows of a query, as `a|b`.
    func rows(_ sql: String) throws -> [String] {
        try db.rows(sql) { row in
            (0..<row.columnCount).map { row.optionalText($0) ?? "-" }.joined(separator: "|")
        }
    }

    static let header =
        "lot_id;principal_code;case_ref;customer_ref;surname;name;codice_fiscale;phone_1;email;"
        + "item_ref;due_date;currency;original_amount;open_amount;recall_date"

    static func file(_ rows: [String]) throws -> FileOnDisk {
        try FileOnDisk(([header] + rows).joined(separator: "\r\n") + "\r\n")
    }
}

/// One row of a file, with what a test does not speak of filled in.
func handOverRow(
    lot: String = "L1", creditor: String = "ENERGIA", case caseRef: String = "C1",
    customer: String = "K1", surname: String = "Rossi", name: String = "Anna",
    codiceFiscale: String = "", phone: String = "", email: String = "", item: String = "I1",
    due: String = "28/02/2026", currency: String = "EUR", original: String = "",
    open: String = "100,00", recall: String = ""
) -> String {
    [
        lot, creditor, caseRef, customer, surname, name, codiceFiscale, phone, email, item, due,
        currency, original, open, recall,
    ].joined(separator: ";")
}
