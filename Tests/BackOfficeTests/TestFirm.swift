import Foundation
import Portfolio
import RientroProtocol
import RientroSQLite
import RientroServer

@testable import BackOffice

/// A small firm with a centre in a folder of its own, whose rows a test writes by hand.
///
/// Ids are counted, so that a test can name them and two firms that are built alike are alike.
final class TestFirm {
    let folder: String
    let centre: Centre
    let engine: CentreEngine
    /// The centre's clock, which every write moves on by a second.
    var now: Int64
    private var count = 0

    /// Local days and hours are those of Rome, on whatever machine the tests run. Set once, before
    /// the first connection is made; `FigureZoneTests` proves that SQLite sees it.
    private static let zone: Void = {
        setenv("TZ", "Europe/Rome", 1)
        tzset()
    }()

    init(now: Int64 = 1_760_000_000_000) throws {
        Self.zone
        self.now = now
        folder =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-firm-\(UUID().uuidString)").path
        centre = try Centre.create(folder: folder, schema: try DebtorPortfolio.schema()) {
            engine in
            try engine.act(now: now) { act in
                for row in DebtorPortfolio.codes {
                    let values = zip(CodeRow.columns, row.values)
                    try act.insert(
                        "code", id: row.id,
                        Dictionary(values, uniquingKeysWith: { first, _ in first }))
                }
            }
        }
        engine = try centre.engine(.readWrite)
        try engine.db.execute("PRAGMA synchronous = OFF")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// An id that says which row it is: `…-000000000007` is the seventh.
    private func nextID() -> String {
        count += 1
        let digits = String(count)
        return "01890000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    /// Inserts one row as an act of the centre.
    @discardableResult
    func insert(_ table: String, id: String? = nil, _ values: [String: Value]) throws -> String {
        now += 1000
        let id = id ?? nextID()
        _ = try engine.db.transaction {
            try engine.act(now: now) { act in try act.insert(table, id: id, values) }
        }
        return id
    }

    /// Sets columns of a row as an act of the centre.
    func set(_ table: String, _ id: String, _ values: [String: Value]) throws {
        now += 1000
        _ = try engine.db.transaction {
            try engine.act(now: now) { act in try act.set(table, id: id, values) }
        }
    }

    func creditor(_ id: String, _ name: String) throws {
        try insert("creditor", id: id, ["name": .text(name)])
    }

    func branch(_ id: String, _ name: String) throws {
        try insert("portfolio", id: id, ["name": .text(name)])
    }

    func `operator`(_ id: String, _ name: String) throws {
        try insert("operator", id: id, ["name": .text(name)])
    }

    /// A lot; write it after its accounts, as an import does, or before, as suits the test.
    func lot(_ id: String, of creditor: String, on day: String) throws {
        try insert(
            "lot", id: id, ["creditor_id": .text(creditor), "received_on": .text(day)])
    }

    /// An account with a debtor of its own and items of (due date, cents).
    func account(
        _ caseRef: String, branch: String, creditor: String, lot: String? = nil,
        placed: String, items: [(due: String, cents: Int64)], _ more: [String: Value] = [:]
    ) throws -> String {
        let debtor = try insert("debtor", ["surname": .text("Debtor \(caseRef)")])
        var values: [String: Value] = [
            "debtor_id": .text(debtor), "portfolio_id": .text(branch),
            "creditor_id": .text(creditor), "case_ref": .text(caseRef),
            "placed_on": .text(placed),
        ]
        if let lot { values["lot_id"] = .text(lot) }
        let account = try insert("account", values.merging(more) { $1 })
        for (due, cents) in items {
            var item: [String: Value] = [
                "account_id": .text(account), "due_on": .text(due), "open_amount": .integer(cents),
            ]
            if let lot { item["lot_id"] = .text(lot) }
            if let currency = more["currency"] { item["currency"] = currency }
            try insert("debt_item", item)
        }
        return account
    }

    @discardableResult
    func pay(
        _ account: String, _ cents: Int64, on day: String, _ more: [String: Value] = [:]
    ) throws -> String {
        try insert(
            "payment",
            [
                "account_id": .text(account), "amount": .integer(cents),
                "received_on": .text(day),
            ].merging(more) { $1 })
    }

    @discardableResult
    func promise(
        _ account: String, _ cents: Int64, made: String, due: String, _ more: [String: Value] = [:]
    ) throws -> String {
        try insert(
            "promise",
            [
                "account_id": .text(account), "amount": .integer(cents), "made_on": .text(made),
                "due_on": .text(due),
            ].merging(more) { $1 })
    }

    /// A contact at an instant in UTC, such as `2026-11-20T09:30:00.000Z`.
    @discardableResult
    func contact(
        _ account: String, _ outcome: String, at: String, _ more: [String: Value] = [:]
    ) throws -> String {
        try insert(
            "contact_attempt",
            [
                "account_id": .text(account), "channel": .text("phone"),
                "outcome": .text(outcome), "started_at": .text(at),
            ].merging(more) { $1 })
    }

    /// The tables of a day's close, over the centre as it stands.
    func tables(_ date: String, previous: (date: String, commit: Int64)? = nil) throws -> DayTables
    {
        try DayTables(
            try Connection(path: centre.file, mode: .readOnly), date: date, previous: previous)
    }

    /// The last commit.
    func commit() throws -> Int64 { try engine.cursor().commit }
}
