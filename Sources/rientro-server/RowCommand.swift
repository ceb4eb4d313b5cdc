import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Terminal

/// `row add`: one row of any table that the centre writes, whatever the schema.
///
/// Without it a centre made with `init --schema` could never get its first rows: those that name a
/// portfolio are the centre's alone.
enum RowCommand {
    static let declaration = Command(
        "row", "Rows of any table, for schemas of your own",
        subcommands: [
            Command(
                "add", "Add a row, which reaches the offices that may see it with their next sync",
                discussion: """
                    Columns that are left out get their defaults. Of a reference table the key is \
                    given with --id; every other row gets an id of its own.

                      rientro-server row add centre shelf shop=NORTH label="by the door"
                    """,
                arguments: [
                    CentreProgram.folder, .required("TABLE", "the table's name"),
                    .variadic("COLUMN=VALUE", "what stands in the row"),
                ],
                options: [.value("id", "ID", "the key of a reference row, or a UUID")])
        ])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let name = try parsed.required("TABLE")
        let engine = try parsed.writingEngine()
        guard let table = engine.store.schema.tables.first(where: { $0.name == name }) else {
            throw CommandError.noTable(name)
        }
        var values: [String: Value] = [:]
        for word in parsed.arguments("COLUMN=VALUE") {
            let (column, value) = try read(word, table, parsed)
            values[column] = value
        }
        let row = values
        let id = try engine.db.transaction {
            var id = ""
            try engine.act(now: SystemClock.now()) { act in
                id = try act.insert(name, id: parsed.value("id"), row)
            }
            return id
        }
        output.json(["table": .string(name), "id": .string(id)])
        output.say("Added \(id) to \(name).")
        return .done
    }

    private static func read(
        _ word: String, _ table: Schema.Table, _ parsed: Parsed
    ) throws -> (column: String, value: Value) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let column = table.column(String(parts[0])) else {
            let names = table.columns.map { $0.name + "=" }.joined(separator: ", ")
            throw parsed.usageError(
                .invalidValue(of: "COLUMN=VALUE", value: word, expected: "one of \(names)"))
        }
        let text = String(parts[1])
        switch column.type {
        case .text: return (column.name, .text(text))
        case .integer:
            guard let number = Int64(text) else {
                throw parsed.usageError(
                    .invalidValue(of: column.name, value: text, expected: "a whole number"))
            }
            return (column.name, .integer(number))
        case .blob:
            throw parsed.usageError(
                .invalidValue(of: column.name, value: text, expected: "no bytes in a command line"))
        }
    }
}
