import RientroProtocol

/// What an office may change, as help and errors list it.
enum SettableFields {
    /// The names of the fields of a table.
    static func names(_ table: String) -> [String] { Trade.fields(of: table).map(\.name) }

    /// The kinds of contact points.
    static var contactKinds: [String] {
        guard let column = try? Trade.table("contact_point").column("kind"),
            case .codes(let words) = column.limit
        else { return [] }
        return words
    }

    /// The fields for the help page, a line each.
    static func help() -> String {
        [
            ("account", "Of the account"), ("debtor", "Of the debtor"),
            ("contact_point", "Of a contact point, with --contact"),
        ].map { table, title in
            let fields = Trade.fields(of: table)
            let widest = fields.map(\.name.count).max() ?? 0
            let lines = fields.map { field in
                let gap = String(repeating: " ", count: widest - field.name.count + 2)
                return "  \(field.name)\(gap)\(takes(field))"
            }
            return "\(title):\n" + lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    /// The error for a field that cannot be set.
    static func error(_ name: String, tables: [String]) -> OfficeError {
        // Accounts and debtors both have a note.
        var fields: [String] = []
        for name in tables.flatMap(names) where !fields.contains(name) { fields.append(name) }
        for table in tables {
            guard let table = try? Trade.table(table) else { continue }
            if let register = table.register(ofColumn: name), register.writer == .centre {
                return .badField(name, reason: .centre, fields: fields)
            }
            if name == "id" || table.isFixed(column: name) {
                return .badField(name, reason: .fixed, fields: fields)
            }
        }
        return .badField(name, reason: .unknown, fields: fields)
    }

    /// What a field takes, in a few words.
    private static func takes(_ column: Schema.Column) -> String {
        switch column.limit {
        case .codeList(let list): "a code of the list \(list)"
        case .codes(let words): words.joined(separator: ", ")
        case .date: "a date"
        case .range(let low, let high): "\(low) to \(high)"
        case .key(of: "operator"): "an operator's code"
        case .letters(let alphabet, let least, let most):
            (least == most ? "\(most)" : "\(least) to \(most)") + " of \(alphabet.rawValue)"
        case .none, .bytes, .moment, .key, .id, .sibling: "text"
        }
    }
}
