import Foundation
import RientroClient

/// Names a conflict in the words of the trade, and its two sides for people.
struct ConflictTitle: Sendable {
    /// What is in conflict: `value of mobile of Rossi Mario`.
    let text: String
    /// The case references of the accounts that it belongs to.
    let caseRefs: [String]

    /// The title of a conflict; by table and id where the row is not one that people know by name.
    static func of(
        _ conflict: Conflict, isTrade: Bool, in db: Database
    ) throws(OfficeError) -> ConflictTitle {
        let register = conflict.register.replacing("_", with: " ")
        let plain = ConflictTitle(
            text: "\(register) of \(conflict.table) \(conflict.row)", caseRefs: [])
        guard isTrade, let query = queries[conflict.table],
            let row = try db.one(query, [.text(conflict.row)])
        else { return plain }
        let accounts = try db.all(
            "SELECT case_ref FROM accounts WHERE debtor_id = ? ORDER BY case_ref",
            [row["debtor_id"]])
        let name = row["name"].shown
        let what = row["what"].shown.replacing("_", with: " ")
        return ConflictTitle(
            text: [register, what, name].filter { !$0.isEmpty }.joined(separator: " of "),
            caseRefs: accounts.map { $0["case_ref"].shown })
    }

    /// What a row is called, by its table.
    private static let queries = [
        "debtor": "SELECT '' AS what, name, id AS debtor_id FROM debtors WHERE id = ?",
        "contact_point": """
        SELECT p.kind AS what, d.name, d.id AS debtor_id
        FROM contact_point AS p JOIN debtors AS d ON d.id = p.debtor_id WHERE p.id = ?
        """,
        "account": """
        SELECT case_ref AS what, debtor AS name, debtor_id FROM accounts WHERE id = ?
        """,
    ]

    /// The values of one side: one alone as it is; of several those that are not empty, with their
    /// names.
    static func values(_ side: Conflict.Side) -> String {
        if side.values.count == 1, let only = side.values.first { return shown(only.value) }
        let told = side.values.filter { !$0.value.isNull }
        guard !told.isEmpty else { return shown(.null) }
        return told.map { "\($0.column)=\(shown($0.value))" }.joined(separator: ", ")
    }

    /// Who wrote one side, and when.
    static func author(_ side: Conflict.Side, replica: Int64) -> String {
        let who =
            switch side.replica {
            case 0: "the centre"
            case replica: "this office"
            default: "replica \(side.replica)"
            }
        return "\(who), \(Moments.local(side.date))"
    }

    private static func shown(_ value: SQLValue) -> String {
        value.isNull ? "(empty)" : value.shown
    }
}
