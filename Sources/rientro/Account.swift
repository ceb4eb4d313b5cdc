import RientroClient

/// An account as commands name it, with what their answers say of it.
struct Account: Equatable, Sendable {
    /// Its id.
    let id: String
    /// What the creditor calls it.
    let caseRef: String
    /// The id of its debtor.
    let debtorID: String
    /// The debtor's name.
    let debtor: String
    /// The creditor's name, or its code where the name is not known.
    let creditor: String
    /// What its balance is in.
    let currency: String
    /// What is owed, in minor units of the currency.
    let balance: Int64
    /// What is owed in other currencies, as the view says it; nil where nothing is.
    let otherBalances: String?
    /// How far it has come, as a code.
    let status: String

    /// Case reference and name, as a sentence says them.
    var title: String { debtor.isEmpty ? caseRef : "\(caseRef) (\(debtor))" }

    /// What is owed in a currency, in its minor units: the balance, or of another one what the view
    /// lists beside it (`USD 1200, CHF 50`), and nothing where it lists none.
    func owed(in currency: String) -> Int64 {
        if currency == self.currency { return balance }
        for part in (otherBalances ?? "").split(separator: ",") {
            let words = part.split(separator: " ")
            if words.count == 2, words[0] == currency { return Int64(words[1]) ?? 0 }
        }
        return 0
    }

    /// A row of `columns`.
    init(_ row: Row) {
        id = row["id"].text ?? ""
        caseRef = row["case_ref"].text ?? ""
        debtorID = row["debtor_id"].text ?? ""
        debtor = row["debtor"].text ?? ""
        creditor = row["creditor"].text ?? row["creditor_id"].text ?? ""
        currency = row["currency"].text ?? ""
        balance = row["balance"].integer ?? 0
        otherBalances = row["other_balances"].text
        status = row["status"].text ?? ""
    }

    /// What a query of the view `accounts` has to name.
    static let columns =
        """
        id, case_ref, debtor_id, debtor, creditor, creditor_id, currency, balance, other_balances,
        status
        """
}

/// Finds the account that somebody means.
enum AccountFinder {
    /// So many candidates are listed where a text means several: more nobody reads.
    static let candidatesMax = 10

    /// The account with this id or case reference, or the only one that begins so.
    ///
    /// Throws `.noAccount` and `.manyAccounts`.
    static func find(_ text: String, in db: Database) throws(OfficeError) -> Account {
        let exact = try accounts(
            "id = ?1 OR case_ref = ?2", [.text(text.lowercased()), .text(text)], in: db)
        if exact.count == 1 { return exact[0] }
        if exact.count > 1 { throw many(text, exact) }
        // An id is matched as its own letters; a case reference also in the other case.
        let found = try accounts(
            """
            substr(id, 1, length(?1)) = ?1
            OR lower(substr(case_ref, 1, length(?2))) = lower(?2)
            """, [.text(text.lowercased()), .text(text)], in: db)
        guard !text.isEmpty, let first = found.first else { throw .noAccount(text) }
        if found.count == 1 { return first }
        // Case references that differ in capitals alone: the whole one is meant, not a beginning.
        let whole = found.filter { $0.caseRef.lowercased() == text.lowercased() }
        if whole.count == 1 { return whole[0] }
        throw many(text, found)
    }

    /// The account with exactly this id or case reference; nil where there is none, or several.
    static func exact(_ text: String, in db: Database) throws(OfficeError) -> Account? {
        let found = try accounts(
            "id = ?1 OR case_ref = ?2", [.text(text.lowercased()), .text(text)], in: db)
        return found.count == 1 ? found[0] : nil
    }

    /// The accounts with these ids, by them; those that are not here are not in it.
    static func all(_ ids: [String], in db: Database) throws(OfficeError) -> [String: Account] {
        let found = try accounts(
            "id IN (SELECT value FROM json_each(?))", [.text(IDList.json(ids))], in: db)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func accounts(
        _ condition: String, _ values: [SQLValue], in db: Database
    ) throws(OfficeError) -> [Account] {
        try db.all(
            "SELECT \(Account.columns) FROM accounts WHERE \(condition) ORDER BY case_ref, id",
            values
        ).map(Account.init)
    }

    private static func many(_ text: String, _ found: [Account]) -> OfficeError {
        .manyAccounts(text, found: Array(found.prefix(candidatesMax)), count: found.count)
    }
}
