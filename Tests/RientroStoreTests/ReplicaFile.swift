import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore

/// A replica's file in a folder of its own, with a few rows that came from the centre, and the
/// programs that write to it: the `sqlite3` shell and Python.
///
/// The programs read and write files, not pipes: a pipe may be inherited by another test's program.
final class ReplicaFile {
    /// The number in the file's identity row.
    static let replica: Int64 = 5
    /// When the rows of the template were born: 2023-11-14, by the centre's replica number 9.
    static let born: Int64 = 1_700_000_000_000 << 20 | 9
    /// When the template's `contact_point` was last written.
    static let written: Int64 = 1_700_000_100_000 << 20 | 9

    let folder: URL
    let file: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-store-\(UUID().uuidString)")
        file = folder.appendingPathComponent("replica.db")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.template.get().write(to: file)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A program that writes to the file, and the text that it is given.
    enum Program {
        case shell(String)
        case python(String)
    }

    struct Outcome {
        var isSuccess: Bool
        var output: String
        var complaint: String
    }

    /// Runs the program in the file's folder.
    func run(_ program: Program) throws -> Outcome {
        let script: String
        let arguments: [String]
        switch program {
        case .shell(let text):
            script = text
            arguments = ["sqlite3", "-batch", "-bail", file.path]
        case .python(let text):
            script = "import sqlite3, sys\nPATH = \(quoted(file.path))\n" + text
            arguments = ["python3", "-"]
        }
        let input = folder.appendingPathComponent("input")
        let output = folder.appendingPathComponent("output")
        let complaint = folder.appendingPathComponent("complaint")
        try Data(script.utf8).write(to: input)
        for file in [output, complaint] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaint)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            isSuccess: process.terminationStatus == 0,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            complaint: String(decoding: try Data(contentsOf: complaint), as: UTF8.self))
    }

    private func quoted(_ text: String) -> String { "\"" + text + "\"" }

    /// The bytes of the file that every test begins with.
    private static let template = Result {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-template-\(UUID().uuidString).db")
        defer { try? FileManager.default.removeItem(at: path) }
        try fill(path.path)
        return try Data(contentsOf: path)
    }

    /// What stands in the file that every test begins with.
    static let beginning = Result {
        let file = try ReplicaFile()
        return try withExtendedLifetime(file) { try FileState(file.file.path) }
    }

    private static func fill(_ path: String) throws {
        let db = try Connection(path: path)
        let schema = try DebtorPortfolio.schema()
        try db.transaction { try Store.create(on: db, schema: schema, role: .replica) }
        try db.run(
            """
            INSERT INTO me(one, replica, incarnation)
            VALUES (1, ?, x'000102030405060708090a0b0c0d0e0f')
            """,
            .integer(replica))
        let store = try Store(db: db, schema: schema)
        try db.transaction { try store.quietly { try db.execute(rows) } }
    }

    private static let rows = """
        INSERT INTO creditor(id, name, born_stamp) VALUES ('ENEL', 'Enel', \(born));
        INSERT INTO code(id, list, code, label_it, label_en, born_stamp)
          VALUES ('PH', 'channel', 'phone', 'telefono', 'phone', \(born));
        INSERT INTO debtor(id, surname, born_stamp)
          VALUES ('\(TestIDs.debtor)', 'Rossi', \(born));
        INSERT INTO account(id, debtor_id, portfolio_id, creditor_id, case_ref, born_stamp) VALUES
          ('\(TestIDs.account)', '\(TestIDs.debtor)', 'MT', 'ENEL', 'C1', \(born)),
          ('\(TestIDs.otherAccount)', '\(TestIDs.debtor)', 'MT', 'ENEL', 'C2', \(born));
        INSERT INTO debt_item(id, account_id, open_amount)
          VALUES ('\(TestIDs.item)', '\(TestIDs.account)', 5000);
        INSERT INTO contact_point(id, debtor_id, kind, value, remark, born_stamp, value_stamp)
          VALUES
          ('\(TestIDs.point)', '\(TestIDs.debtor)', 'mobile', '+39333', NULL, \(born), \(written)),
          ('\(TestIDs.otherPoint)', '\(TestIDs.debtor)', 'email', 'a@b.it', NULL, \(born), NULL);
        INSERT INTO task(id, account_id, born_stamp)
          VALUES ('\(TestIDs.task)', '\(TestIDs.account)', \(born));
        INSERT INTO contact_attempt(id, account_id, channel, outcome)
          VALUES ('\(TestIDs.attempt)', '\(TestIDs.account)', 'phone', 'NA');
        INSERT INTO payment(id, account_id, amount)
          VALUES ('\(TestIDs.payment)', '\(TestIDs.account)', 1000);
        INSERT INTO conflict(id, unit_table, unit_id, row_table, row_id, register, won, won_stamp,
            lost, lost_stamp, noticed_at)
          VALUES ('\(TestIDs.conflict)', 20, '\(TestIDs.debtor)', 'contact_point',
            '\(TestIDs.point)', 'value', '["1"]', \(written), '["2"]', \(born),
            '2024-01-01T00:00:00.000Z');
        """
}
