import RientroClient
import Terminal

/// A code that may be given, and what it means.
struct CodeChoice: Equatable, Sendable {
    /// What stands in the rows.
    let code: String
    /// What it means, in the reader's language; empty where it speaks for itself.
    let label: String
    /// What else a person may type for it.
    let aliases: [String]

    init(code: String, label: String, aliases: [String] = []) {
        self.code = code
        self.label = label
        self.aliases = aliases
    }
}

/// The codes that one field may hold, as the centre's lists have them now.
struct CodeList: Equatable, Sendable {
    /// The codes, in the centre's order.
    let choices: [CodeChoice]

    /// The active codes of a list of the table `code`.
    static func read(
        _ list: String, isItalian: Bool, in db: Database
    ) throws(OfficeError) -> CodeList {
        let rows = try db.all(
            """
            SELECT code, label_it, label_en FROM code WHERE list = ? AND active = 1 ORDER BY id
            """, [.text(list)])
        return CodeList(
            choices: rows.map { row in
                let labels = [row["label_it"].text ?? "", row["label_en"].text ?? ""]
                return CodeChoice(
                    code: row["code"].text ?? "", label: labels[isItalian ? 0 : 1],
                    aliases: labels)
            })
    }

    /// What a code of a list means, in the reader's language; the code itself where the list does
    /// not know it.
    static func label(
        of code: String, in list: String, isItalian: Bool, in db: Database
    ) throws(OfficeError) -> String {
        let row = try db.one(
            "SELECT label_it, label_en FROM code WHERE list = ? AND code = ?",
            [.text(list), .text(code)])
        return row?[isItalian ? "label_it" : "label_en"].text ?? code
    }

    /// The operators that are active.
    static func operators(in db: Database) throws(OfficeError) -> CodeList {
        let rows = try db.all("SELECT id, name FROM operator WHERE active = 1 ORDER BY id")
        return CodeList(
            choices: rows.map {
                CodeChoice(code: $0["id"].text ?? "", label: $0["name"].text ?? "")
            })
    }

    /// The words of a field that come with the schema.
    static func words(_ words: [String]) -> CodeList {
        CodeList(choices: words.map { CodeChoice(code: $0, label: "") })
    }

    /// The code that somebody means: as it is, in other capitals, or by one of its labels.
    func code(_ typed: String) -> String? {
        if choices.contains(where: { $0.code == typed }) { return typed }
        let lower = typed.lowercased()
        let near = choices.filter { choice in
            choice.code.lowercased() == lower
                || choice.code.lowercased()
                    == lower.map { $0 == " " || $0 == "-" ? "_" : $0 }
                    .reduce(into: "") { $0.append($1) }
                || choice.aliases.contains { $0.lowercased() == lower }
        }
        return near.count == 1 ? near[0].code : nil
    }

    /// The code that somebody means.
    ///
    /// Throws `.unknownCode`, which lists what there is.
    func required(_ typed: String, name: String) throws(OfficeError) -> String {
        guard let code = code(typed) else {
            throw .unknownCode(name: name, value: typed, known: choices)
        }
        return code
    }
}

/// Who writes.
enum OperatorCode {
    /// The code of the operator that the command line or the environment names.
    ///
    /// Throws `.noOperator` and `.unknownOperator`, which list who there is.
    static func find(_ session: Session, in db: Database) throws(OfficeError) -> String {
        let known = try CodeList.operators(in: db)
        guard let typed = session.parsed.value("operator") else {
            throw .noOperator(known: known.choices)
        }
        guard let code = known.code(typed) else {
            throw .unknownOperator(typed, known: known.choices)
        }
        return code
    }
}
