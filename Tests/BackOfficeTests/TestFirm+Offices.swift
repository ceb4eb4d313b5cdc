import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

@testable import BackOffice

/// Offices of a test's firm, whose change-sets are made by hand.
extension TestFirm {
    /// Milliseconds since 1970 of noon in UTC.
    func noon(_ day: String) throws -> Int64 {
        (try engine.db.integer("SELECT strftime('%s', ? || 'T12:00:00Z')", .text(day)) ?? 0) * 1000
    }

    /// An office of these portfolios; its number.
    func office(_ name: String, _ branches: String...) throws -> Int64 {
        try engine.db.transaction {
            try engine.addReplica(name: name, portfolios: branches, now: now).replica
        }
    }

    /// Sends one row as the office's next change-set, as of now; the reasons of refusals.
    @discardableResult
    func send(_ change: RowChange, under unit: Unit, from office: Int64) throws -> [RefusalReason] {
        let head = try engine.head(of: office)
        let content = UnitChanges.encode([UnitChanges(unit: unit, rows: [change])])
        let set = ChangeSet(
            replica: office, number: head.number + 1, previous: head.hash,
            cursor: try engine.cursor(), names: [],
            part: Part(salt: Array(repeating: 1, count: 16), content: content))
        return try engine.db.transaction {
            try engine.ingest(set, from: office, now: now).items.compactMap(\.reason)
        }
    }

    /// A contact point, as the centre writes it.
    func phone(of account: String, _ value: String) throws -> String {
        let debtor = try engine.db.text(
            "SELECT debtor_id FROM account WHERE id = ?", .text(account))
        return try insert(
            "contact_point",
            [
                "debtor_id": .text(debtor ?? ""), "kind": .text("mobile"), "value": .text(value),
            ])
    }

    /// An office's write of a contact point's value, made when it had seen `base`.
    func write(_ point: String, _ value: String, base: Int64, from office: Int64) throws {
        now += 1000
        let debtor = try engine.db.text(
            "SELECT debtor_id FROM contact_point WHERE id = ?", .text(point))
        try send(
            RowChange(
                table: 21, id: point,
                content: .record(
                    birth: nil,
                    writes: [
                        RegisterWrite(
                            register: 2, stamp: Stamp(milliseconds: now, replica: office),
                            base: Stamp(rawValue: base), values: [.text(value)])
                    ])),
            under: Unit(table: 20, id: debtor ?? ""), from: office)
    }

    /// The stamp of a contact point's value.
    func stamp(_ point: String) throws -> Int64 {
        try engine.db.integer(
            "SELECT coalesce(value_stamp, born_stamp) FROM contact_point WHERE id = ?",
            .text(point)) ?? 0
    }

    /// Two offices that write a phone number each, unseen by each other.
    func disagree(_ account: String, _ first: String, _ second: String) throws -> String {
        let (one, other) = (try office("Matera", "MT"), try office("Potenza", "MT"))
        let point = try phone(of: account, "+390835000000")
        let base = try stamp(point)
        try write(point, first, base: base, from: one)
        try write(point, second, base: base, from: other)
        return point
    }

    /// Another account of the same debtor.
    func sibling(
        of account: String, _ caseRef: String, branch: String, creditor: String
    ) throws -> String {
        let debtor = try engine.db.text(
            "SELECT debtor_id FROM account WHERE id = ?", .text(account))
        return try insert(
            "account",
            [
                "debtor_id": .text(debtor ?? ""), "portfolio_id": .text(branch),
                "creditor_id": .text(creditor), "case_ref": .text(caseRef),
                "placed_on": .text("2026-09-01"),
            ])
    }

    /// Closes an account at noon of a day.
    func close(_ account: String, on day: String) throws {
        now = max(now, try noon(day))
        try set("account", account, ["status": .text("closed_settled")])
    }

    /// What waits as of a day.
    func queue(_ date: String, book: CloseBook? = nil) throws -> ReviewQueue {
        try ReviewQueue(try tables(date), book: book)
    }

    /// What waits of one kind.
    func found(_ kind: ReviewKind, _ date: String = "2026-11-22") throws -> [ReviewEntry] {
        try queue(date).entries.filter { $0.kind == kind }
    }
}
