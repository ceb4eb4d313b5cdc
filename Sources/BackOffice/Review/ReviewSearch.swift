internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Finds all that a person should look at, as of the day of the tables that it is given.
///
/// What a later row of the centre has dealt with already (a reversal, a withdrawal of a promise) is
/// found no more, whatever its date: it waits for nobody.
struct ReviewSearch {
    let day: DayTables
    let schema: Schema
    let perGroupMax: Int64
    var db: Connection { day.db }

    /// Prepares the search. Throws `SQLiteError`, and `SchemaError` or `StoreError` for a centre's
    /// schema that cannot be read.
    ///
    /// - Parameter perGroupMax: of refused rows and conflicts of one group so many are listed.
    init(_ day: DayTables, perGroupMax: Int = ReviewLimits.entriesPerGroupMax) throws {
        self.day = day
        self.perGroupMax = Int64(perGroupMax)
        schema = try Schema(
            json: Array(
                (try day.db.text("SELECT value FROM main.setting WHERE name = 'schema'") ?? "")
                    .utf8))
        try db.execute(
            "CREATE INDEX IF NOT EXISTS temp.day_account_debtor ON day_account(debtor_id)")
    }

    /// Everything there is, in the order of kinds, of days and of keys; of refused rows and of
    /// conflicts as many of a group as anybody settles singly.
    func all() throws -> [ReviewEntry] {
        let found = [
            try conflicts(), try quarantine(), try duplicates(), try overpaid(),
            try paymentsOnClosed(), try promisesOnClosed(), try rowsThatNameNothing(),
            try rowsOfNoDay(), try rowsOfWrongClocks(), try accountsSetAside(),
        ]
        return found.flatMap { $0.sorted { ($0.since, $0.key) < ($1.since, $1.key) } }
    }

    /// What `all()` leaves out, counted by group and day.
    func rest() throws -> [ReviewRest] { try conflictsLeftOut() + refusalsLeftOut() }

    /// The place of an account; nil where it is in no close.
    func place(account: String) throws -> ReviewPlace? {
        try db.first(
            "SELECT \(Self.placeColumns) FROM day_account AS a WHERE a.id = ?", .text(account)
        ) { Self.place($0, 0) }
    }

    /// The places of a debtor's accounts.
    func places(debtor: String) throws -> [ReviewPlace] {
        try db.rows(
            "SELECT \(Self.placeColumns) FROM day_account AS a WHERE a.debtor_id = ? ORDER BY a.id",
            .text(debtor)
        ) { Self.place($0, 0) }
    }

    /// The places that a row of the trade belongs to, by what it names.
    func places(_ table: String, row id: String) throws -> [ReviewPlace] {
        switch table {
        case "account": return [try place(account: id)].compactMap { $0 }
        case "debtor": return try places(debtor: id)
        case "contact_point":
            let debtor = try db.text(
                "SELECT debtor_id FROM main.contact_point WHERE id = ?", .text(id))
            return try debtor.map(places(debtor:)) ?? []
        case "task":
            let account = try db.text("SELECT account_id FROM main.task WHERE id = ?", .text(id))
            return [try account.flatMap(place(account:))].compactMap { $0 }
        default: return []
        }
    }

    /// The columns of a place, of the row of `day_account` that SQL calls `a`.
    static let placeColumns = "a.id, a.case_ref, a.portfolio_id, a.creditor_id"

    /// A place from four columns in this order.
    static func place(_ row: Statement, _ first: Int) -> ReviewPlace {
        ReviewPlace(
            account: row.text(first), caseRef: row.text(first + 1), branch: row.text(first + 2),
            creditor: row.text(first + 3))
    }
}
