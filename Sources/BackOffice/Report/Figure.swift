/// What a chart says, and what follows from it.
struct Insight: Equatable, Sendable {
    /// What the numbers mean.
    let meaning: String
    /// What to do about it; nil where there is nothing to do.
    let action: String?

    init(_ meaning: String, _ action: String? = nil) {
        self.meaning = meaning
        self.action = action
    }
}

/// A chart with its title, the sentence that explains it, and its numbers.
struct Figure: Sendable {
    /// Which chart.
    enum Name: String, CaseIterable, Sendable {
        case ageing
        case recovery
        case promises
        case reasons
        case contacts
        case offices
    }

    /// Which one.
    let name: Name
    /// What it means and what to do.
    let insight: Insight
    /// The chart in each breadth; empty where there is nothing to draw.
    let drawings: [Markup]
    /// Its numbers; nil where there are none.
    let table: DataTable?
    /// Whether a creditor reads it, who is told what is so and not what the firm's people do.
    var isForCreditor = false

    /// The figure as a part of the page.
    func markup(_ words: any Words) -> Markup {
        let title = words.title(of: name)
        let drawn: Markup =
            drawings.isEmpty ? .empty : "<div class=\"drawn\">\(drawings)</div>\n"
        var numbers: Markup = .empty
        if let table {
            numbers = """
                <details><summary>\(words.numbersAsTable)</summary>
                \(table.markup(id: "\(name.rawValue)-table"))</details>

                """
        }
        let order = isForCreditor ? nil : insight.action
        let action: Markup = order.map { "<p class=\"do\">\($0)</p>\n" } ?? .empty
        return """
            <figure id="\(name.rawValue)" class="card">
            <figcaption>
            <h3>\(title)</h3>
            <p class="meaning">\(insight.meaning)</p>
            \(action)<p class="note">\(drawings.isEmpty ? "" : words.note(on: name))</p>
            </figcaption>
            \(drawn)\(numbers)</figure>

            """
    }
}
