package import RientroProtocol

/// The tables of a credit-management firm: what the engine replicates by default.
///
/// Reference tables (`ReferenceTables.swift`) come from the centre and go to everyone. Record
/// tables (`DebtorTables.swift`, `AccountTables.swift`) hold what changes, ledger tables
/// (`LedgerTables.swift`) what happened. A debtor goes to every office that works one of his
/// accounts; everything else goes where its account goes. Balances, states and counts stand in no
/// table: the views compute them (`AccountViews.swift`, `PaymentViews.swift`, `PromiseView.swift`,
/// `TimelineView.swift`, `DanglingView.swift`).
package enum DebtorPortfolio {
    /// The name that the schema carries.
    package static let name = "debtor portfolio"

    /// The version of the schema; the next one may only add to it.
    package static let version = 1

    /// The schema of this version.
    ///
    /// It is checked when it is made; that it passes is a test of this module, so an error here can
    /// only follow a change of the tables.
    package static func schema() throws(SchemaError) -> Schema {
        try Schema(
            name: name, version: version,
            tables: tables,
            views: [
                debtors, accounts, debtItems, payments, promises, timeline, danglingReferences,
            ],
            indexes: indexes,
            codes: .init(table: "code", list: "list", code: "code"))
    }

    static let tables = [
        creditor, portfolio, `operator`, code, lot,
        debtor, contactPoint, account, task,
        debtItem, contactAttempt, payment, promise,
    ]

    /// What the views search by, and what an import knows rows by.
    static let indexes: [Schema.Index] = [
        .init(table: "account", columns: ["debtor_id"]),
        .init(table: "account", columns: ["case_ref"]),
        .init(table: "account", columns: ["customer_ref"]),
        .init(table: "contact_attempt", columns: ["account_id", "started_at"]),
        .init(table: "contact_point", columns: ["debtor_id"]),
        .init(table: "debt_item", columns: ["account_id"]),
        .init(table: "debt_item", columns: ["adjusts_id"]),
        .init(table: "debt_item", columns: ["item_ref"]),
        .init(table: "debtor", columns: ["codice_fiscale"]),
        .init(table: "debtor", columns: ["partita_iva"]),
        .init(table: "payment", columns: ["account_id"]),
        .init(table: "payment", columns: ["reverses_id"]),
        .init(table: "promise", columns: ["account_id"]),
        .init(table: "task", columns: ["account_id"]),
    ]
}
