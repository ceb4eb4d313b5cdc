/// The lists of a page: what changed since the close before, and the numbers behind it.
enum PageLists {
    /// Rows that a list shows; the files beside the page have all. A longer one is not read.
    static let rowsMax = 25

    /// A list with its title.
    private struct List {
        let name: ListName
        let table: DataTable
        /// Rows that are left out.
        let left: Int
        /// What its heading counts: mostly its rows.
        var tally: Int
    }

    /// What changed since the close before.
    static func changes(_ page: DayPage, _ words: any Words) -> Markup {
        let lists = [
            promises(page, words), paidInFull(page, words), newlyOverdue(page, words),
            page.scope.kind == .creditor ? nil : tasks(page, words), late(page, words),
        ]
        return section(
            .changes, lists.compactMap { $0 }, page, words, empty: words.nothingChanged)
    }

    /// People and totals.
    static func details(_ page: DayPage, _ words: any Words) -> Markup {
        let lists = [operators(page, words), totals(page, words), measures(page, words)]
        return section(.details, lists.compactMap { $0 }, page, words, empty: "")
    }

    private static func section(
        _ name: SectionName, _ lists: [List], _ page: DayPage, _ words: any Words, empty: String
    ) -> Markup {
        if lists.isEmpty && empty.isEmpty { return .empty }
        var parts: Markup = .empty
        for list in lists {
            let more = words.moreRows(list.left, file: Report.name(page.scope))
            let rest: Markup = list.left > 0 ? "<p class=\"note\">\(more)</p>\n" : .empty
            let count = words.numerals.count(Int64(list.tally))
            parts += """
                <details class="card list"><summary><h3>\(words.title(of: list.name))</h3>\
                <span class="tally">\(count)</span></summary>
                <p class="note">\(words.note(on: list.name))</p>
                \(list.table.markup(id: list.name.rawValue))\(rest)</details>

                """
        }
        if lists.isEmpty { parts = "<p class=\"calm\">\(empty)</p>\n" }
        return """
            <section aria-labelledby="\(name.rawValue)-title" id="\(name.rawValue)">
            <h2 id="\(name.rawValue)-title">\(words.title(of: name))</h2>
            \(parts)</section>

            """
    }

    private static func list<Row>(
        _ name: ListName, _ rows: [Row], _ columns: [DataTable.Column], _ words: any Words,
        _ cells: (Row) -> [Markup]
    ) -> List? {
        guard !rows.isEmpty else { return nil }
        var table = DataTable(caption: words.title(of: name), columns: columns)
        let isWhole = name == .totals || name == .measures
        table.rows = rows.prefix(isWhole ? rows.count : rowsMax).map(cells)
        return List(
            name: name, table: table, left: rows.count - table.rows.count, tally: rows.count)
    }

    private static func promises(_ page: DayPage, _ words: any Words) -> List? {
        let columns: [DataTable.Column] = [
            .text(words.column(.caseRef)), .text(words.column(.state)),
            .text(words.column(.before)), .text(words.column(.dueOn)),
            .number(words.column(.promised)), .number(words.column(.paid)),
        ]
        let order: [PromiseState] = [.broken, .partlyKept, .kept, .open, .cancelled, .superseded]
        // What must be called back stands first; within a state as the page has it.
        let rows = order.flatMap { state in page.promiseChanges.filter { $0.is == state } }
        return list(.promiseChanges, rows, columns, words) { change in
            let mark: Markup =
                change.isLate ? " <span class=\"mark\">\(words.lateMark)</span>" : .empty
            return [
                "\(change.caseRef)",
                """
                <span class="state \(change.is.rawValue)">\(words.name(of: change.is))</span>\(mark)
                """,
                "\(change.was.map { words.name(of: $0) } ?? words.newPromise)",
                "\(words.numerals.date(change.dueOn))",
                "\(words.numerals.amount(change.amount, change.currency))",
                "\(words.numerals.amount(change.paid, change.currency))",
            ]
        }
    }

    private static func paidInFull(_ page: DayPage, _ words: any Words) -> List? {
        accounts(
            .paidInFull, page.paidInFull, page, words, amount: words.column(.paid),
            day: words.column(.lastPayment))
    }

    private static func newlyOverdue(_ page: DayPage, _ words: any Words) -> List? {
        accounts(
            .newlyOverdue, page.newlyOverdue, page, words, amount: words.column(.openAmount),
            day: words.column(.dueOn))
    }

    private static func accounts(
        _ name: ListName, _ lines: [AccountLine], _ page: DayPage, _ words: any Words,
        amount: String, day: String
    ) -> List? {
        var columns: [DataTable.Column] = [.text(words.column(.caseRef))]
        if page.scope.kind == .firm { columns.append(.text(words.scope(.branch))) }
        if page.scope.kind != .creditor { columns.append(.text(words.scope(.creditor))) }
        columns += [.text(day), .number(amount)]
        return list(name, lines, columns, words) { line in
            var row: [Markup] = ["\(line.caseRef)"]
            if page.scope.kind == .firm { row.append("\(line.branch)") }
            if page.scope.kind != .creditor { row.append("\(line.creditor)") }
            row.append("\(words.numerals.date(line.day))")
            row.append("\(words.numerals.amount(line.amount, line.currency))")
            return row
        }
    }

    private static func tasks(_ page: DayPage, _ words: any Words) -> List? {
        let columns: [DataTable.Column] = [
            .text(words.column(.cause)), .number(words.column(.made)),
            .number(words.column(.cancelled)),
        ]
        var tasks = list(.tasks, page.tasks, columns, words) { line in
            [
                "\(words.name(of: line.cause))", "\(words.numerals.count(line.made))",
                "\(words.numerals.count(line.cancelled))",
            ]
        }
        tasks?.tally = Int(page.tasks.clampedSum(\.made))
        return tasks
    }

    private static func late(_ page: DayPage, _ words: any Words) -> List? {
        let isCreditors = page.scope.kind == .creditor
        var columns: [DataTable.Column] = [.text(words.column(.fact))]
        if !isCreditors { columns.append(.text(words.column(.office))) }
        columns += [
            .text(words.column(.days)), .number(words.column(.facts)),
            .number(words.column(.amount)),
        ]
        return list(.late, page.late, columns, words) { line in
            let first = words.numerals.date(line.firstDay)
            let last = words.numerals.date(line.lastDay)
            var row: [Markup] = ["\(words.name(ofTable: line.table))"]
            if !isCreditors { row.append("\(line.replica == 0 ? words.centre : line.office)") }
            row.append("\(first == last ? first : "\(first) – \(last)")")
            row.append("\(words.numerals.count(line.facts))")
            let hasAmount = line.table == "payment" || line.table == "promise"
            row.append("\(hasAmount ? words.numerals.amount(line.amount, page.currency) : "")")
            return row
        }
    }

    private static func operators(_ page: DayPage, _ words: any Words) -> List? {
        guard page.scope.kind != .creditor else { return nil }
        let columns: [DataTable.Column] = [
            .text(words.column(.operator)), .number(words.column(.attempts)),
            .number(words.column(.rightParty)), .number(words.column(.share)),
            .number(words.column(.promises)), .number(words.column(.fellDue)),
            .number(words.column(.kept)), .number(words.column(.keptShare)),
            .number(words.column(.reasonsRecorded)),
        ]
        let numerals = words.numerals
        return list(.operators, page.operators, columns, words) { line in
            [
                "\(line.name)", "\(numerals.count(line.attempts))",
                "\(numerals.count(line.rightParty))",
                "\(numerals.share(line.rightParty, of: line.attempts) ?? "–")",
                "\(numerals.count(line.promises))", "\(numerals.count(line.promisesDue))",
                "\(numerals.count(line.promisesKept))",
                "\(numerals.share(line.promisesKept, of: line.promisesDue) ?? "–")",
                "\(numerals.share(line.reasons, of: line.rightParty) ?? "–")",
            ]
        }
    }

    private static func totals(_ page: DayPage, _ words: any Words) -> List? {
        let isCreditors = page.scope.kind == .creditor
        var columns: [DataTable.Column] = [.text(words.column(.lot))]
        if !isCreditors { columns.append(.text(words.scope(.creditor))) }
        columns += [
            .number(words.column(.placedAmount)), .number(words.column(.openAmount)),
            .number(words.column(.paid)), .number(words.column(.adjusted)),
            .number(words.column(.difference)),
        ]
        return list(.totals, page.totals, columns, words) { line in
            func amount(_ amount: Int64) -> Markup {
                "\(words.numerals.amount(amount, line.currency))"
            }
            let lot = line.reference ?? (line.lot.isEmpty ? words.noLot : line.lot)
            var row: [Markup] = ["\(lot)"]
            if !isCreditors { row.append("\(line.creditor)") }
            row += [
                amount(line.placed), amount(line.open), amount(line.paid), amount(line.adjusted),
            ]
            row.append(
                line.difference == 0
                    ? "–" : "<span class=\"state broken\">\(amount(line.difference))</span>")
            return row
        }
    }

    private static func measures(_ page: DayPage, _ words: any Words) -> List? {
        let columns: [DataTable.Column] = [
            .text(words.column(.measure)), .number(words.column(.today)),
            .number(words.column(.thisMonth)), .number(words.column(.inAll)),
            .text(words.column(.definition)),
        ]
        let currencies = [page.currency] + page.otherCurrencies
        var rows: [(Measure.Name, String)] = []
        for name in Measure.Name.allCases {
            for currency in [""] + currencies
            where page.measures.contains(where: { $0.name == name && $0.currency == currency }) {
                rows.append((name, currency))
            }
        }
        return list(.measures, rows, columns, words) { name, currency in
            let suffix = currency.isEmpty || currency == page.currency ? "" : " (\(currency))"
            var row: [Markup] = ["\(words.name(of: name) + suffix)"]
            for period in Measure.Period.allCases {
                let measure = page.measures.first {
                    $0.name == name && $0.period == period && $0.currency == currency
                }
                row.append("\(measure.map { words.value(of: $0) } ?? "")")
            }
            row.append("\(words.definition(of: name))")
            return row
        }
    }
}
