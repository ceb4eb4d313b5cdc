import RientroClient
import Terminal

/// An account's file as a page for people.
struct AccountPage {
    /// What is shown.
    let file: AccountFile
    /// Where, and in which language.
    let session: Session
    /// Whether the ids are wanted.
    let hasIDs: Bool

    /// Writes the page, section by section; sections without rows are left out.
    func say() {
        let account = file.account
        for line in AccountBanner.lines(file, session.speech) { session.output.say(line) }
        session.output.say("\(account["case_ref"].shown)  \(account["debtor"].shown)")
        say(facts: accountFacts)
        say("Debtor", facts: debtorFacts)
        say("Contact points", contacts)
        say("Items", items)
        say("Payments", payments)
        say("Promises", promises)
        say("Tasks", tasks)
        let more = file.timelineCount - Int64(file.timeline.count)
        say("Timeline, the latest first", timeline)
        if more > 0 { session.output.say("and \(more) more (--all shows them)") }
    }

    private func say(_ title: String, _ table: TextTable) {
        guard table.rowCount > 0 else { return }
        session.output.say("\n\(title)")
        session.output.say(table)
    }

    private func say(_ title: String? = nil, facts: [(String, String)]) {
        var table = TextTable([.text(""), .text("")])
        for (name, text) in facts where !text.isEmpty { table.add([name, text]) }
        if let title { return say(title, table) }
        session.output.say(table)
    }

    private var accountFacts: [(String, String)] {
        let account = file.account
        let currency = account["currency"].shown
        let announced = account["announced"].integer ?? 0
        return [
            ("Balance", Amount.text(account["balance"].integer ?? 0, currency, session)),
            ("In other currencies", others(account["other_balances"].shown)),
            ("Reported as paid", announced == 0 ? "" : Amount.text(announced, currency, session)),
            ("Ageing", ageing),
            ("Status", joined(account, "status", "status_reason")),
            ("Creditor", account["creditor"].text ?? account["creditor_id"].shown),
            ("Customer number", account["customer_ref"].shown),
            ("Portfolio", account["portfolio_id"].shown),
            ("Priority", account["priority"].shown),
            ("Next action", account["next_action_on"].shown),
            ("Assigned to", account["assignee"].shown),
            ("Handed over", account["placed_on"].shown),
            ("To be given back", account["recall_on"].shown),
            ("Note", account["note"].shown),
            ("Id", hasIDs ? account["id"].shown : ""),
        ]
    }

    private var ageing: String {
        let days = file.account["days_overdue"].integer ?? 0
        guard let since = file.account["open_since"].text else { return "nothing open" }
        return days > 0
            ? "\(SyncSummary.count(Int(clamping: days), "day")) overdue, since \(since)"
                + " (\(file.account["bucket"].shown))"
            : "not due before \(since)"
    }

    /// The view gives `USD 1200, CHF 50`, in minor units.
    private func others(_ text: String) -> String {
        text.split(separator: ",").map { part in
            let words = part.split(separator: " ")
            guard words.count == 2, let amount = Int64(words[1]) else { return String(part) }
            return Amount.text(amount, String(words[0]), session)
        }.joined(separator: ", ")
    }

    private var debtorFacts: [(String, String)] {
        guard let debtor = file.debtor else { return [] }
        return [
            ("Name", joined(debtor, "form_of_address", "name")),
            ("Kind", debtor["kind"].shown.replacing("_", with: " ")),
            ("Codice fiscale", flagged(debtor, "codice_fiscale")),
            ("Partita IVA", flagged(debtor, "partita_iva")),
            ("Born", joined(debtor, "birth_date", "birth_place")),
            ("Address", joined(debtor, "street", "postcode", "city", "province", "country")),
            ("IBAN", flagged(debtor, "iban")),
            ("Language", debtor["language"].shown),
            ("Note", debtor["note"].shown),
            ("Accounts here", debtor["accounts"].shown),
            ("Id", hasIDs ? debtor["id"].shown : ""),
        ]
    }

    private func flagged(_ row: Row, _ column: String) -> String {
        guard let flag = row["\(column)_flag"].text else { return row[column].shown }
        return "\(row[column].shown) (doubtful: \(flag))"
    }

    private func joined(_ row: Row, _ columns: String...) -> String {
        columns.map { row[$0].shown }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private func amount(_ row: Row, _ column: String) -> String {
        row[column].integer.map { Amount.text($0, row["currency"].shown, session) } ?? ""
    }
}

extension AccountPage {
    /// A table whose last column is the id, where ids are wanted.
    private func table(_ columns: [TextTable.Column]) -> TextTable {
        TextTable(columns + (hasIDs ? [.id("id")] : []))
    }

    private var contacts: TextTable {
        var table = table([.text("kind"), .key("value"), .text("quality"), .text("remark")])
        for row in file.contacts {
            table.add([
                row["kind"].shown, row["value"].shown, joined(row, "quality", "verified_on"),
                joined(row, "preferred_time", "remark"), row["id"].shown,
            ])
        }
        return table
    }

    private var items: TextTable {
        var table = table([
            .key("due"), .text("kind"), .text("document"), .text("reference"),
            .number("handed over as open"),
        ])
        for row in file.items {
            table.add([
                row["due_on"].shown, row["kind"].shown, joined(row, "doc_number", "doc_date"),
                row["item_ref"].shown, amount(row, "open_amount"), row["id"].shown,
            ])
        }
        return table
    }

    private var payments: TextTable {
        var table = table([
            .key("on"), .number("amount"), .text("state"), .text("method"), .text("reference"),
            .text("by"),
        ])
        for row in file.payments {
            let state =
                row["reverses_id"].isNull
                ? row["state"].shown + (row["reversed"] == 1 ? ", reversed" : "") : "reversal"
            table.add([
                row["received_on"].shown, amount(row, "amount"), state, row["method"].shown,
                joined(row, "reference", "note"), row["operator"].shown, row["id"].shown,
            ])
        }
        return table
    }

    private var promises: TextTable {
        var table = table([
            .key("made"), .text("due"), .number("amount"), .number("paid"), .text("state"),
            .text("by"), .text("note"),
        ])
        for row in file.promises {
            let due =
                row["deadline"] == row["due_on"]
                ? row["due_on"].shown : "\(row["due_on"].shown), at most \(row["deadline"].shown)"
            table.add([
                row["made_on"].shown, due, amount(row, "amount"), amount(row, "paid"),
                row["state"].shown.replacing("_", with: " "), row["operator"].shown,
                row["note"].shown, row["id"].shown,
            ])
        }
        return table
    }

    private var tasks: TextTable {
        TaskCommand.table(file.tasks, ids: hasIDs)
    }

    private var timeline: TextTable {
        var table = table([
            .key("when"), .text("what"), .text("text"), .number("amount"), .text("by"),
        ])
        for row in file.timeline {
            let taken =
                file.corrected.contains(row["id"].shown)
                ? session.speech(" (taken back)", " (annullata)") : ""
            table.add([
                String(row["at"].shown.prefix(16)), row["kind"].shown.replacing("_", with: " "),
                row["text"].shown + taken, amount(row, "amount"), row["operator"].shown,
                row["id"].shown,
            ])
        }
        return table
    }
}
