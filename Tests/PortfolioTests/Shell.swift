import Foundation
import Portfolio
import RientroProtocol

/// A plain SQLite file of the portfolio's tables in memory, asked through the `sqlite3` shell: the
/// views must work where nothing of ours is loaded.
struct Shell {
    /// The machine's time zone, as POSIX writes it, so that no zone files are needed.
    var zone = "UTC0"

    /// Runs the statements on empty tables with the views; gives the lines of the output.
    func run(_ sql: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-batch", "-bail", ":memory:"]
        process.environment = ProcessInfo.processInfo.environment.merging(["TZ": zone]) { $1 }
        let input = Pipe()
        let output = Pipe()
        let complaint = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = complaint
        try process.run()
        let script = Data((try Self.definitions() + sql + ";\n").utf8)
        let writer = Thread {
            try? input.fileHandleForWriting.write(contentsOf: script)
            try? input.fileHandleForWriting.close()
        }
        writer.start()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let error = complaint.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard error.isEmpty, process.terminationStatus == 0 else {
            throw ShellError(text: String(decoding: error, as: UTF8.self))
        }
        return text.split(separator: "\n").map(String.init)
    }

    /// Tables and views of the schema, as plain as they can be.
    static func definitions() throws -> String {
        let schema = try DebtorPortfolio.schema()
        let tables = schema.allTables.map { table in
            let columns = table.columns.map(definition)
            let stamps =
                table.kind == .ledger
                ? []
                : (["born_stamp"] + table.registers.map { $0.name + "_stamp" }).map {
                    $0 + " INTEGER"
                }
            let all = ["id TEXT NOT NULL PRIMARY KEY"] + columns + stamps
            return
                "CREATE TABLE \(table.name)(\(all.joined(separator: ", "))) STRICT, WITHOUT ROWID;"
        }
        let indexes = schema.indexes.map {
            "CREATE INDEX \($0.table)_by_\($0.columns.joined(separator: "_")) ON \($0.table)"
                + "(\($0.columns.joined(separator: ", ")));"
        }
        let views = schema.views.map { "CREATE VIEW \($0.name) AS \($0.select);" }
        return (tables + indexes + views).joined(separator: "\n") + "\n"
    }

    private static func definition(_ column: Schema.Column) -> String {
        let value =
            switch column.default {
            case .none: ""
            case .today: " DEFAULT (date('now', 'localtime'))"
            case .now: " DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"
            case .value(.integer(let number)): " DEFAULT \(number)"
            case .value(.text(let text)): " DEFAULT '\(text)'"
            case .value: " DEFAULT NULL"
            }
        return
            "\(column.name) \(column.type.rawValue)\(column.isRequired ? " NOT NULL" : "")\(value)"
    }
}

/// What the shell said on its standard error.
struct ShellError: Error {
    let text: String
}
