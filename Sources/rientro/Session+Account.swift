import Foundation
import RientroClient
import RientroProtocol
import Terminal

/// The account that a command is about, and how old the file's knowledge is.
extension Session {
    /// The account that the argument ACCOUNT names: a row of the last list, else an id, a case
    /// reference or a beginning.
    ///
    /// Throws `.noList` for a number of up to three digits that is neither a row nor a case; such
    /// a number is never a beginning.
    func findAccount(in db: Database) throws(OfficeError) -> Account {
        try findAccount(try required("ACCOUNT"), in: db)
    }

    /// The account that a word names, with the errors of `findAccount(in:)`.
    func findAccount(_ text: String, in db: Database) throws(OfficeError) -> Account {
        guard let (number, isExplicit) = RememberedList.number(text) else {
            return try AccountFinder.find(text, in: db)
        }
        let named = isExplicit ? nil : try AccountFinder.exact(text, in: db)
        do throws(OfficeError) {
            let account = try row(number, in: db)
            guard let named, named.id != account.id else { return account }
            throw .noList(number: number, .alsoCase(named.title))
        } catch .noList(_, let fault) {
            if let named, fault != .gone, fault != .alsoCase(named.title) { return named }
            throw .noList(number: number, fault)
        }
    }

    private func row(_ number: Int, in db: Database) throws(OfficeError) -> Account {
        guard let list = RememberedList(file: try Self.identity(in: db), environment) else {
            throw .noList(number: number, .none)
        }
        guard !list.isStale else { throw .noList(number: number, .stale) }
        guard number <= list.accounts.count else {
            throw .noList(number: number, .short(rows: list.accounts.count))
        }
        guard let account = try AccountFinder.exact(list.accounts[number - 1], in: db) else {
            throw .noList(number: number, .gone)
        }
        return account
    }

    /// Keeps the accounts of a list that is shown, so that its numbers can be used.
    func remember(_ accounts: [String], _ office: Office) async throws(OfficeError) {
        let file = try await office.read { db throws(OfficeError) in try Self.identity(in: db) }
        do {
            try RememberedList.save(accounts, file: file, environment)
        } catch {
            output.remark("The numbers of this list cannot be used: \(error.localizedDescription)")
        }
    }

    /// Says how old the file's knowledge is, where that is worth a word.
    func remarkStaleness(_ office: Office) async throws(OfficeError) {
        let clock = try await office.read { db throws(OfficeError) in
            try OfficeClock.read(in: db)
        }
        if let text = clock.staleness(speech) { output.remark(text) }
    }

    /// What tells this file from every other: the id under which the centre gave it its number.
    private static func identity(in db: Database) throws(OfficeError) -> String {
        guard case .blob(let bytes)? = try db.one("SELECT incarnation FROM me")?["incarnation"]
        else { return "none" }
        return Hexadecimal.text(bytes)
    }
}
