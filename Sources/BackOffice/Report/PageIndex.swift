/// Where the firm's page leads: its branches and creditors, side by side.
enum PageIndex {
    static func section(_ pages: [DayPage], _ words: any Words) -> Markup {
        guard !pages.isEmpty else { return .empty }
        var parts: Markup = .empty
        for kind in [PageScope.Kind.branch, .creditor] {
            let some = pages.filter { $0.scope.kind == kind }
            guard !some.isEmpty else { continue }
            parts += """
                <div class="card list">
                \(table(some, kind, words).markup(id: "\(kind.rawValue)-pages"))</div>

                """
        }
        return """
            <section aria-labelledby="pages-title" id="pages">
            <h2 id="pages-title">\(words.title(of: .pages))</h2>
            \(parts)</section>

            """
    }

    private static func table(
        _ pages: [DayPage], _ kind: PageScope.Kind, _ words: any Words
    ) -> DataTable {
        var table = DataTable(
            caption: words.scope(kind),
            columns: [
                .text(words.scope(kind)), .number(words.column(.openAmount)),
                .number(words.column(.collectedMonth)),
                .number(words.name(of: Measure.Name.recoveryRate)),
                .number(words.column(.keptShare)), .number(words.column(.toLookAt)),
            ])
        for page in pages {
            func amount(_ measure: Measure?) -> Markup {
                "\(measure.map { words.numerals.amount($0.numerator, page.currency) } ?? "–")"
            }
            func share(_ measure: Measure?) -> Markup {
                "\(measure.map { words.value(of: $0) } ?? "–")"
            }
            let items = Attention.items(page).clampedSum(\.count)
            let name = page.scope.name.isEmpty ? page.scope.key : page.scope.name
            table.rows.append([
                "<a href=\"\(Report.name(page.scope)).html\">\(name)</a>",
                amount(page.measure(.open)), amount(page.measure(.collected, .month)),
                share(page.measure(.recoveryRate, .total)),
                share(page.measure(.keptByNumber, .month)),
                "\(words.numerals.count(items))",
            ])
        }
        return table
    }
}
