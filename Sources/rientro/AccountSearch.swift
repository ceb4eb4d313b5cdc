import Portfolio
import RientroClient

/// Finds accounts and debtors by what somebody remembers of them: names, references, codes, places,
/// numbers. Every word must be found somewhere, and capitals, accents and apostrophes make no
/// difference (`Folding`).
///
/// What is compared is made at the search, for the file holds texts as they were handed over and
/// any program may write them. Of 100,000 accounts that is less work than their balances.
struct AccountSearch {
    private let words: [[UInt8]]

    /// A search for words; several in one text count as several.
    init(_ typed: [String]) {
        words = typed.flatMap { Folding.key($0).split(separator: " ") }
            .map { Array($0.utf8) }.filter { !$0.isEmpty }
    }

    /// Whether anything is searched for.
    var isEmpty: Bool { words.isEmpty }

    /// The ids of the accounts in which all words are.
    func accounts(in db: Database) throws(OfficeError) -> [String] {
        let debtors = try debtorTexts(in: db)
        let rows = try db.all("SELECT id, debtor_id, case_ref, customer_ref FROM account")
        return rows.compactMap { row in
            let own = Self.text([row["case_ref"], row["customer_ref"], row["id"]])
            let id = row["id"].shown
            return isFound(own, debtors[row["debtor_id"].shown] ?? []) ? id : nil
        }
    }

    /// The ids of the debtors in which all words are.
    func debtors(in db: Database) throws(OfficeError) -> [String] {
        try debtorTexts(in: db).compactMap { id, text in
            isFound(Self.text([.text(id)]), text) ? id : nil
        }
    }

    private func isFound(_ own: [UInt8], _ debtor: [UInt8]) -> Bool {
        words.allSatisfy { Folding.contains(own, $0) || Folding.contains(debtor, $0) }
    }

    /// What there is to find of each debtor, contact points included.
    private func debtorTexts(in db: Database) throws(OfficeError) -> [String: [UInt8]] {
        var texts: [String: [UInt8]] = [:]
        let debtors = try db.all(
            """
            SELECT id, surname, given_name, company_name, city, codice_fiscale, partita_iva
            FROM debtor
            """)
        for row in debtors {
            texts[row["id"].shown] = Self.text(row.values.dropFirst().map(\.self))
        }
        for row in try db.all("SELECT debtor_id, value, raw FROM contact_point") {
            texts[row["debtor_id"].shown, default: []] += [Self.gap]
            texts[row["debtor_id"].shown, default: []] += Self.text([row["value"], row["raw"]])
        }
        return texts
    }

    /// Between two fields: no word has it, so none is found across them.
    private static let gap: UInt8 = 0x0A

    private static func text(_ fields: [SQLValue]) -> [UInt8] {
        var text: [UInt8] = []
        for case .text(let field) in fields {
            if !text.isEmpty { text.append(gap) }
            text += Folding.bytes(field)
        }
        return text
    }
}
