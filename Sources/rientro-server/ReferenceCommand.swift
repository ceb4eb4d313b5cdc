import RientroProtocol
import RientroSQLite
import RientroServer
import Terminal

/// `portfolio|operator|creditor add|list`: the rows that the centre writes and everyone gets.
struct ReferenceCommand: Sendable {
    /// An option that becomes a column.
    struct Field: Sendable {
        let option: String
        let column: String
        let valueName: String
        let summary: String
    }

    /// The command's name, and the table's.
    let noun: String
    /// What the argument with the key is called.
    let key: String
    let summary: String
    let fields: [Field]

    var declaration: Command {
        let name = Option.value("name", "N", "its name", isRequired: true)
        let others = fields.map { Option.value($0.option, $0.valueName, $0.summary) }
        return Command(
            noun, summary,
            subcommands: [
                Command(
                    "add", "Add a row, which reaches every office with its next sync",
                    discussion: """
                        \(key) is 1 to \(Limits.referenceKeyBytesMax) letters without accents, \
                        digits, - or _. It is for good.
                        """,
                    arguments: [CentreProgram.folder, .required(key, "its key, such as MT")],
                    options: [name] + others),
                Command("list", "List the rows", arguments: [CentreProgram.folder]),
            ])
    }

    func run(_ verb: String?, _ parsed: Parsed, _ output: Output) throws -> ExitCode {
        verb == "add" ? try add(parsed, output) : try list(parsed, output)
    }

    private func add(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let id = try parsed.required(key)
        let engine = try parsed.writingEngine()
        guard try engine.hasTable(noun) else { throw CommandError.noTable(noun) }
        guard RowID.isReferenceKey(id) else {
            throw parsed.usageError(
                .invalidValue(
                    of: key, value: id,
                    expected: "1 to \(Limits.referenceKeyBytesMax) of A–Z a–z 0–9 - _"))
        }
        var values: [String: Value] = ["name": .text(parsed.value("name") ?? "")]
        for field in fields {
            if let text = parsed.value(field.option) { values[field.column] = .text(text) }
        }
        if case .text(let creditor)? = values["creditor_id"] {
            let known = try engine.db.integer(
                "SELECT 1 FROM creditor WHERE id = ?", .text(creditor))
            guard known == 1 else { throw CommandError.unknownCreditor(creditor) }
        }
        _ = try engine.db.transaction {
            try engine.act(now: SystemClock.now()) { act in
                try act.insert(noun, id: id, values)
            }
        }
        output.json(["table": .string(noun), "id": .string(id)])
        output.say("Added the \(noun) \(id).")
        return .done
    }

    private func list(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let engine = try parsed.readingEngine()
        guard try engine.hasTable(noun) else { throw CommandError.noTable(noun) }
        let present = try engine.columns(of: noun)
        let columns = ["id", "name"] + fields.map(\.column).filter(present.contains)
        let names = columns.map(SQL.name).joined(separator: ", ")
        let rows = try engine.db.rows("SELECT \(names) FROM \(SQL.name(noun)) ORDER BY id") { row in
            columns.indices.map { row.optionalText($0) }
        }
        let listed: [JSONValue] = rows.map { row in
            .object(zip(columns, row).map { .init($0, .optional($1)) })
        }
        output.json(["\(noun)s": .array(listed)])
        guard !rows.isEmpty else {
            output.say("There is no \(noun) yet.")
            return .done
        }
        var table = TextTable(columns.map { .text($0 == "id" ? key.lowercased() : $0) })
        for row in rows { table.add(row.map { $0 ?? "" }) }
        output.say(table)
        return .done
    }
}
