/// The report in English.
struct English: Words {
    let tag = "en"
    let numerals = Numerals(language: .english)
}

/// The page, its key figures, and what needs a person.
extension English {
    func scope(_ kind: PageScope.Kind) -> String {
        switch kind {
        case .firm: "The whole firm"
        case .branch: "Branch"
        case .creditor: "Creditor"
        }
    }

    func closeOf(_ date: String) -> String { "Close of \(numerals.date(date))" }

    func pageTitle(_ scope: PageScope, date: String) -> String {
        let name = scope.kind == .firm ? "" : " · \(scope.name)"
        return "\(closeOf(date)) · \(self.scope(scope.kind))\(name)"
    }

    func lead(_ page: DayPage, items: Int) -> String {
        var sentences: [String] = []
        if let today = page.measure(.collected, .day)?.numerator {
            let amount = numerals.amount(today, page.currency)
            if today > 0 {
                sentences.append("\(amount) came in during the day.")
            } else if today == 0 {
                sentences.append("Nothing came in during the day.")
            } else {
                sentences.append("Reversals were larger than what came in: \(amount).")
            }
        }
        if let open = page.measure(.open)?.numerator {
            let amount = numerals.shortAmount(open, page.currency)
            let on = page.measure(.accounts).map {
                " on \(numerals.count($0.numerator, "account", "accounts"))"
            }
            sentences.append("\(amount) is still open\(on ?? "").")
        }
        // A creditor is told how things are, not what the firm has to do.
        if page.scope.kind == .creditor { return sentences.joined(separator: " ") }
        switch items {
        case 0: sentences.append("Nothing needs a decision.")
        case 1: sentences.append("One matter needs attention today.")
        default:
            sentences.append(
                "\(numerals.count(Int64(items), "", "matters")) need attention today.")
        }
        return sentences.joined(separator: " ")
    }

    func since(_ previous: String?) -> String {
        previous.map { "Compared with the close of \(numerals.date($0))" }
            ?? "The first close, with none to compare"
    }

    func upTo(commit: Int64, currency: String) -> String {
        "data up to commit \(numerals.count(commit)) · amounts in \(currency)"
    }

    func alsoIn(_ currencies: [String]) -> String {
        "also in \(currencies.joined(separator: ", ")), in the tables only"
    }

    func title(of section: SectionName) -> String {
        switch section {
        case .figures: "The day in numbers"
        case .attention: "What needs attention today"
        case .charts: "How it is going"
        case .changes: "What changed"
        case .details: "In detail"
        case .pages: "Branches and creditors"
        }
    }

    func filesOf(_ page: String) -> String { "\(page), the same data for a spreadsheet:" }

    var skipToFigures: String { "Skip to the numbers" }

    var footer: String {
        "This page is complete in itself: it loads nothing from the network. Accounts are named"
            + " by their case reference alone."
    }

    func collectedLabel(isToday: Bool) -> String {
        isToday ? "Collected in the day" : "Collected this month"
    }

    func collectedMeaning(amount: Int64, month: Int64?, currency: String) -> String {
        guard let month else { return "\(numerals.amount(amount, currency)) net of reversals" }
        return "\(numerals.amount(month, currency)) since the first of the month, net of reversals"
    }

    func openMeaning(amount: Int64, accounts: Int64?, currency: String) -> String {
        let exact = numerals.amount(amount, currency)
        guard let accounts else { return exact }
        return "\(exact) on \(numerals.count(accounts, "open account", "open accounts"))"
    }

    func attention(_ item: Attention) -> Insight {
        switch item {
        case .totals(let lines): return totals(lines)
        case .review(let line): return review(line)
        case .lateOffices(let offices):
            let names = offices.prefix(3).map(\.name).joined(separator: ", ")
            let rest = offices.count > 3 ? " and \(offices.count - 3) more" : ""
            return Insight(
                offices.count == 1 ? "office is late" : "offices are late",
                "\(names)\(rest): phone and have them sync before reading their numbers.")
        case .unsent(let changeSets, let offices):
            let what =
                changeSets == 1
                ? "change-set has not arrived yet" : "change-sets have not arrived yet"
            let whose = offices == 1 ? "from one office" : "from \(numerals.count(offices)) offices"
            return Insight(
                "\(what), \(whose)",
                "The work is safe at the office; it counts at the next close.")
        case .broken(let count, let sums):
            let amounts = sums.map { numerals.amount($0.amount, $0.currency) }
            return Insight(
                count == 1
                    ? "promise broken since the last close"
                    : "promises broken since the last close",
                "\(amounts.joined(separator: " and ")) promised: call back today, while the"
                    + " promise is fresh.")
        case .lateFacts(let count, let firstDay):
            return Insight(
                count == 1
                    ? "fact came for a day already closed" : "facts came for days already closed",
                "The earliest is of \(numerals.date(firstDay)). Past closes stay as they were; here"
                    + " the facts are counted and marked.")
        }
    }

    private func totals(_ lines: [ControlLine]) -> Insight {
        let shown = lines.prefix(3).map { line in
            let lot =
                line.reference ?? (line.lot.isEmpty ? "\(line.creditor), \(noLot)" : line.lot)
            return "\(lot): \(numerals.amount(line.difference, line.currency))"
        }
        let rest = lines.count > 3 ? " and \(lines.count - 3) more" : ""
        return Insight(
            lines.count == 1 ? "control total does not add up" : "control totals do not add up",
            "The close has stopped. Differences: \(shown.joined(separator: "; "))\(rest).")
    }

    private func review(_ line: ReviewLine) -> Insight {
        let (what, action) = said(of: line.kind, one: line.count == 1)
        let new = line.new == 0 ? "None is new" : "\(numerals.count(line.new)) new"
        return Insight(what, "\(action) \(new), the oldest of \(numerals.date(line.oldest)).")
    }

    private func said(of kind: ReviewKind, one: Bool) -> (what: String, action: String) {
        switch kind {
        case .conflict:
            (
                one ? "field with two values" : "fields with two values",
                "Two people wrote without seeing each other: choose the value that holds."
            )
        case .quarantine:
            (
                one ? "row in quarantine" : "rows in quarantine",
                "The centre refused them: have the office correct them, or discard them."
            )
        case .duplicate:
            (
                one ? "possible duplicate payment" : "possible duplicate payments",
                "Check the bank statement and reverse only what was entered twice."
            )
        case .overpaid:
            (
                one ? "account paid over its balance" : "accounts paid over their balance",
                "Check what the payment belongs to, then refund or offset the surplus."
            )
        case .paymentOnClosed:
            (
                one ? "payment on a closed account" : "payments on closed accounts",
                "Reopen the account, or move the payment to the right one."
            )
        case .promiseOnClosed:
            (
                one ? "promise on a closed account" : "promises on closed accounts",
                "Reopen the account, or cancel the promise."
            )
        case .namesNothing:
            (
                one ? "row that names nothing" : "rows that name nothing",
                "They take back or correct what is not there, and count as nothing."
            )
        case .noDay:
            (
                one ? "account with rows of no day" : "accounts with rows of no day",
                "Their date has not come or is none: they are in no close."
            )
        case .wrongClock:
            (
                one
                    ? "account written to under a wrong clock"
                    : "accounts written to under a wrong clock",
                "Set the machine's clock, and check the dates of what it wrote."
            )
        case .setAside:
            (
                one ? "account in no figure" : "accounts in no figure",
                "More rows or more money than can be: they are set aside."
            )
        }
    }

    func totalsAgree(_ lots: Int) -> String {
        lots == 1
            ? "The control total agrees to the cent"
            : "All \(numerals.count(Int64(lots))) control totals agree to the cent"
    }

    var totalsRule: String { "Placed = open + paid + adjusted, by creditor and lot." }
    var nothingPending: String { "Nothing needs a decision today." }
    var howToSettle: String { "Entries are listed and settled with" }
}
