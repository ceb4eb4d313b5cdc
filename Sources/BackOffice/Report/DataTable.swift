/// A table of texts and numbers: what a chart shows, for those who read or copy.
struct DataTable: Sendable {
    /// A column: its title, and whether it holds numbers, which stand to the right.
    struct Column: Sendable {
        let title: String
        let isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    /// What it is a table of, for those who hear it.
    let caption: String
    /// Its columns, the first of which names the row.
    let columns: [Column]
    /// The rows. Each has a text for each column.
    var rows: [[Markup]] = []

    /// The table in a box that scrolls by itself where the screen is too narrow.
    func markup(id: String) -> Markup {
        var head: Markup = .empty
        for column in columns {
            head += "<th scope=\"col\"\(Self.kind(column))>\(column.title)</th>"
        }
        var body: Markup = .empty
        for row in rows {
            body += "<tr>"
            for (index, cell) in row.enumerated() where index < columns.count {
                let kind = Self.kind(columns[index])
                body +=
                    index == 0
                    ? "<th scope=\"row\"\(kind)>\(cell)</th>" : "<td\(kind)>\(cell)</td>"
            }
            body += "</tr>\n"
        }
        return """
            <div class="scroll" role="region" aria-label="\(caption)" tabindex="0">
            <table id="\(id)"><caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>

            """
    }

    private static func kind(_ column: Column) -> Markup {
        column.isNumber ? " class=\"n\"" : ""
    }
}
