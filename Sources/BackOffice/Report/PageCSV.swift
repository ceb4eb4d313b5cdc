/// A page as one long table: `section,key,key2,measure,currency,value`.
///
/// By RFC 4180, in UTF-8. Amounts are whole minor units and shares are two rows, numerator and
/// denominator: a spreadsheet makes of them what it likes, and nothing is rounded before.
enum PageCSV {
    static func text(of page: DayPage) -> String {
        var table = Rows()
        table.add("page", page.scope.kind.rawValue, page.scope.key, "name", text: page.scope.name)
        table.add("page", "", "", "date", text: page.date)
        table.add("page", "", "", "previous_date", text: page.previousDate ?? "")
        table.add("page", "", "", "commit", page.commit)
        table.add("page", "", "", "currency", text: page.currency)
        for measure in page.measures { table.add(measure) }
        for line in page.ageing {
            let key = line.bucket.rawValue
            table.add("ageing", key, "", "accounts", in: line.currency, line.accounts)
            table.add("ageing", key, "", "items", in: line.currency, line.items)
            table.add("ageing", key, "", "open", in: line.currency, line.amount)
        }
        for curve in page.recovery { table.add(curve) }
        for month in page.promises { table.add(month) }
        for line in page.reasons {
            table.add("reasons", line.code, line.fault ?? "", "label_it", text: line.labelIT)
            table.add("reasons", line.code, line.fault ?? "", "label_en", text: line.labelEN)
            table.add("reasons", line.code, line.fault ?? "", "accounts", line.accounts)
            table.add(
                "reasons", line.code, line.fault ?? "", "open", in: page.currency, line.amount)
        }
        for line in page.contacts {
            let hour = String(line.hour)
            table.add("contacts", hour, line.channel, "attempts", line.attempts)
            table.add("contacts", hour, line.channel, "right_party", line.rightParty)
        }
        if page.scope.kind != .creditor {
            for office in page.offices { table.add(office) }
            for line in page.operators { table.add(line) }
        }
        for line in page.totals { table.add(line) }
        table.addLists(of: page)
        return table.text
    }

    /// The rows so far.
    fileprivate struct Rows {
        var text = "section,key,key2,measure,currency,value\r\n"
    }
}

extension PageCSV.Rows {
    fileprivate mutating func add(
        _ section: String, _ key: String, _ key2: String, _ measure: String,
        in currency: String = "", _ value: Int64
    ) {
        write([section, key, key2, measure, currency].map(Self.cell) + [String(value)])
    }

    fileprivate mutating func add(
        _ section: String, _ key: String, _ key2: String, _ measure: String, text value: String
    ) {
        write([section, key, key2, measure, "", value].map(Self.cell))
    }

    private mutating func write(_ cells: [String]) {
        text += cells.joined(separator: ",") + "\r\n"
    }

    /// A text as a cell. One that a spreadsheet would take for a formula begins with an apostrophe
    /// (OWASP, CSV injection); numbers are written without passing here.
    private static func cell(_ text: String) -> String {
        var cell = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) {
            cell = "'" + text
        }
        let mustQuote = cell.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
        return mustQuote ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }

    fileprivate mutating func add(_ measure: Measure) {
        let name = measure.name.rawValue
        let period = measure.period.rawValue
        switch measure.name.form {
        case .count, .amount:
            add("measures", name, period, "value", in: measure.currency, measure.numerator)
        case .share, .average:
            add("measures", name, period, "numerator", in: measure.currency, measure.numerator)
            add("measures", name, period, "denominator", in: measure.currency, measure.denominator)
        }
    }

    fileprivate mutating func add(_ curve: RecoveryCurve) {
        // Accounts of no lot are a line for each creditor: the creditor is a part of the key.
        let key = curve.creditor + "/" + curve.lot
        add("recovery", key, "", "reference", text: curve.reference ?? "")
        add("recovery", key, "", "creditor_name", text: curve.creditorName)
        add("recovery", key, "", "placed_on", text: curve.placedOn)
        add("recovery", key, "", "accounts", in: curve.currency, curve.accounts)
        add("recovery", key, "", "placed", in: curve.currency, curve.placed)
        for (month, collected) in curve.collected.enumerated() {
            add("recovery", key, String(month), "collected", in: curve.currency, collected)
        }
    }

    fileprivate mutating func add(_ month: PromiseMonth) {
        let states: [(PromiseState, Int64, Int64)] = [
            (.kept, month.kept, month.keptAmount),
            (.partlyKept, month.partlyKept, month.partlyKeptAmount),
            (.broken, month.broken, month.brokenAmount), (.open, month.open, month.openAmount),
        ]
        for (state, count, amount) in states {
            add("promises", month.month, state.rawValue, "count", in: month.currency, count)
            add("promises", month.month, state.rawValue, "amount", in: month.currency, amount)
        }
    }

    fileprivate mutating func add(_ office: OfficeLine) {
        let key = String(office.replica)
        add("offices", key, "", "name", text: office.name)
        add("offices", key, "", "portfolios", text: office.portfolios.joined(separator: " "))
        add("offices", key, "", "last_seen", text: office.lastSeen ?? "")
        if let hours = office.hoursSilent { add("offices", key, "", "hours_silent", hours) }
        add("offices", key, "", "is_late", office.isLate ? 1 : 0)
        add("offices", key, "", "change_sets", office.changeSets)
        add("offices", key, "", "unsent_known", office.unsentKnown)
        add("offices", key, "", "behind", office.behind)
        if let commit = office.provenCommit { add("offices", key, "", "proven_commit", commit) }
        add("offices", key, "", "late_facts", office.lateFacts)
        add("offices", key, "", "quarantined", office.quarantined)
    }

    fileprivate mutating func add(_ line: OperatorLine) {
        add("operators", line.operator, "", "name", text: line.name)
        add("operators", line.operator, "", "attempts", line.attempts)
        add("operators", line.operator, "", "right_party", line.rightParty)
        add("operators", line.operator, "", "promises", line.promises)
        add("operators", line.operator, "", "promises_due", line.promisesDue)
        add("operators", line.operator, "", "promises_kept", line.promisesKept)
        add("operators", line.operator, "", "reasons", line.reasons)
    }

    fileprivate mutating func add(_ line: ControlLine) {
        add("totals", line.creditor, line.lot, "placed", in: line.currency, line.placed)
        add("totals", line.creditor, line.lot, "open", in: line.currency, line.open)
        add("totals", line.creditor, line.lot, "paid", in: line.currency, line.paid)
        add("totals", line.creditor, line.lot, "adjusted", in: line.currency, line.adjusted)
        add("totals", line.creditor, line.lot, "difference", in: line.currency, line.difference)
    }

    fileprivate mutating func addLists(of page: DayPage) {
        for change in page.promiseChanges {
            let keys = ("promise_changes", change.caseRef, change.promise)
            add(keys.0, keys.1, keys.2, "was", text: change.was?.rawValue ?? "")
            add(keys.0, keys.1, keys.2, "is", text: change.is.rawValue)
            add(keys.0, keys.1, keys.2, "due_on", text: change.dueOn)
            add(keys.0, keys.1, keys.2, "amount", in: change.currency, change.amount)
            add(keys.0, keys.1, keys.2, "paid", in: change.currency, change.paid)
            add(keys.0, keys.1, keys.2, "is_late", change.isLate ? 1 : 0)
        }
        for (section, lines) in [
            ("paid_in_full", page.paidInFull), ("newly_overdue", page.newlyOverdue),
        ] {
            for line in lines {
                if page.scope.kind != .creditor {
                    add(section, line.caseRef, line.account, "branch", text: line.branch)
                }
                add(section, line.caseRef, line.account, "creditor", text: line.creditor)
                add(section, line.caseRef, line.account, "day", text: line.day)
                add(section, line.caseRef, line.account, "amount", in: line.currency, line.amount)
            }
        }
        for line in page.tasks {
            add("tasks", line.cause.rawValue, "", "made", line.made)
            add("tasks", line.cause.rawValue, "", "cancelled", line.cancelled)
        }
        for line in page.review {
            add("review", line.kind.rawValue, "", "count", line.count)
            add("review", line.kind.rawValue, "", "new", line.new)
            add("review", line.kind.rawValue, "", "oldest", text: line.oldest)
        }
        for line in page.late {
            let office = page.scope.kind == .creditor ? "" : String(line.replica)
            add("late", line.table, office, "facts", line.facts)
            add("late", line.table, office, "first_day", text: line.firstDay)
            add("late", line.table, office, "last_day", text: line.lastDay)
            add("late", line.table, office, "amount", in: page.currency, line.amount)
        }
    }
}
