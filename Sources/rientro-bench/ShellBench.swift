import Foundation
import RientroSQLite

/// P: whether the baseline is an honest one. The same statements on the same plain file by the
/// sqlite3 shell, which reads them as text, against our wrapper with prepared statements.
struct ShellBench {
    let disk: String
    let pairs: Int

    private static let debtors = 2_000
    private static let rows = 40_000
    private static let transactionRows = 100

    func run() throws -> [Figure] {
        let workload = BranchDay(debtors: Self.debtors)
        let changes = workload.changes(Self.rows)
        let script = text(changes)
        var measured = Pairs()
        for pair in 0..<pairs {
            let scene = try Scene(disk: disk, hasIndexes: false)
            let empty = try scene.plain()
            try LoadBench(workload).loadPlain(PlainFile.open(empty), transactions: 1)
            let (byWrapper, byShell) = (
                try scene.copy(of: empty, "wrapper"), try scene.copy(of: empty, "shell")
            )
            let file = scene.folder + "/day.sql"
            try Data(script.utf8).write(to: URL(filePath: file))
            let db = try PlainFile.open(byWrapper)
            measured.add(
                try Probe.take(
                    {
                        try DayStatements.run(
                            changes, on: db, transactionsOf: Self.transactionRows)
                    },
                    { try shell(file, on: byShell) }, isOursFirst: pair % 2 == 0))
            for path in [byWrapper, byShell] {
                let count = try Connection(path: path).integer("SELECT count(*) FROM payment")
                guard count == Int64(Self.rows * 3 / 20) else { throw BenchError.filesDiffer }
            }
        }
        return [
            measured.speed("P.baseline", "plain by our wrapper, against the sqlite3 shell", nil)
        ]
    }

    private func shell(_ script: String, on path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-batch", path, ".read \(script)"]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.failed(program: "sqlite3") }
    }

    private func text(_ changes: [BranchDay.Change]) -> String {
        var text = "PRAGMA synchronous = FULL;\n"
        for (index, change) in changes.enumerated() {
            if index % Self.transactionRows == 0 { text += "BEGIN IMMEDIATE;\n" }
            text += statement(change) + ";\n"
            if (index + 1) % Self.transactionRows == 0 { text += "COMMIT;\n" }
        }
        return text
    }

    private func statement(_ change: BranchDay.Change) -> String {
        switch change {
        case .note(let account, let channel, let outcome, let text):
            "INSERT INTO contact_attempt(account_id, channel, outcome, note) VALUES "
                + list([account, channel, outcome, text])
        case .correction(let debtor, let street, let note):
            "UPDATE debtor SET street = \(SQL.text(street)), note = \(SQL.text(note))"
                + " WHERE id = \(SQL.text(debtor))"
        case .payment(let account, let amount, let method, let reference):
            "INSERT INTO payment(account_id, amount, method, reference) VALUES "
                + "(\(SQL.text(account)), \(amount), \(SQL.text(method)), \(SQL.text(reference)))"
        case .promise(let account, let amount, let dueOn):
            "INSERT INTO promise(account_id, amount, due_on) VALUES "
                + "(\(SQL.text(account)), \(amount), \(SQL.text(dueOn)))"
        }
    }

    private func list(_ texts: [String]) -> String {
        "(" + texts.map(SQL.text).joined(separator: ", ") + ")"
    }
}
