/// One page of the report: a file that needs nothing but itself.
struct PageDocument {
    /// What it shows.
    let page: DayPage
    /// The words that it is written in.
    let words: any Words
    /// From how many hours on an office's silence is too long; nil where that is not known.
    let silenceLimit: Int64?
    /// The other pages, for the firm's page to lead to; empty on all others.
    var others: [DayPage] = []

    /// Nothing is fetched, nothing runs: the page's own style is all that it may use.
    private static let policy: Markup =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

    /// The whole file.
    func markup() -> Markup {
        let items = Attention.items(page).count
        let charts = figures.map { figure in
            var figure = figure
            figure.isForCreditor = page.scope.kind == .creditor
            return figure.markup(words)
        }
        return """
            <!DOCTYPE html>
            <html lang="\(words.tag)">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>\(words.pageTitle(page.scope, date: page.date))</title>
            <style>
            \(StyleSheet.markup)</style>
            </head>
            <body>
            <a class="skip" href="#figures">\(words.skipToFigures)</a>
            <header>
            <p class="eyebrow">\(words.scope(page.scope.kind))\(subject)</p>
            <h1>\(words.closeOf(page.date))</h1>
            <p class="lead">\(words.lead(page, items: items))</p>
            <p class="note">\(colophon)</p>
            </header>
            <main>
            \(KeyFigures.section(page, words))\(Attention.section(page, words))\
            <section aria-labelledby="charts-title" id="charts">
            <h2 id="charts-title">\(words.title(of: .charts))</h2>
            \(charts)</section>
            \(PageLists.changes(page, words))\(PageIndex.section(others, words))\
            \(PageLists.details(page, words))</main>
            <footer>
            <p class="files">\(words.filesOf(words.closeOf(page.date))) \(files)</p>
            <p>\(words.footer)</p>
            </footer>
            </body>
            </html>

            """
    }

    private var subject: Markup {
        page.scope.kind == .firm ? .empty : " · <strong>\(page.scope.name)</strong>"
    }

    private var colophon: String {
        var parts = [words.since(page.previousDate)]
        parts.append(words.upTo(commit: page.commit, currency: page.currency))
        if !page.otherCurrencies.isEmpty { parts.append(words.alsoIn(page.otherCurrencies)) }
        return parts.joined(separator: " · ")
    }

    private var files: Markup {
        let name = Report.name(page.scope)
        return """
            <a href="\(name).csv">\(name).csv</a>, <a href="\(name).json">\(name).json</a>
            """
    }

    private var figures: [Figure] {
        var figures = [
            AgeingChart.figure(page, words), RecoveryChart.figure(page, words),
            PromiseChart.figure(page, words), ReasonChart.figure(page, words),
            ContactChart.figure(page, words),
        ]
        if page.scope.kind != .creditor {
            figures.append(OfficeChart.figure(page, limit: silenceLimit, words))
        }
        return figures
    }
}
