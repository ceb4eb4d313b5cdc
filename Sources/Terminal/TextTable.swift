/// A table for people: aligned columns, whose words fold into further lines where the terminal is
/// narrow. Nothing is cut: what has no room is left out whole, and said.
package struct TextTable: Equatable, Sendable {
    /// One column.
    package struct Column: Equatable, Sendable {
        let title: String
        let isNumber: Bool
        let folds: Bool
        /// What leaves first where there is no room, the highest first; nil stays.
        var rank: Int?
        /// Whether it goes below its row where there is no room beside the others.
        var goesBelow = false

        /// A column of words, aligned to the left. It folds if the terminal is too narrow.
        package static func text(_ title: String) -> Column {
            Column(title: title, isNumber: false, folds: true)
        }

        /// A column of ids and references, aligned to the left. Nobody can copy or type half of
        /// one, so it never folds.
        package static func key(_ title: String) -> Column {
            Column(title: title, isNumber: false, folds: false)
        }

        /// A column of long ids: a key that stands on a line of its own below the row, with its
        /// title, where the terminal is too narrow for it beside the others.
        package static func id(_ title: String) -> Column {
            Column(title: title, isNumber: false, folds: false, goesBelow: true)
        }

        /// A column of numbers, aligned to the right. A number never folds: half an amount is
        /// a wrong amount.
        package static func number(_ title: String) -> Column {
            Column(title: title, isNumber: true, folds: false)
        }

        /// The same column, left out where the terminal is too narrow for all: the one with the
        /// highest rank first.
        package func leftOut(rank: Int) -> Column {
            var column = self
            column.rank = rank
            return column
        }
    }

    let columns: [Column]
    private(set) var rows: [[String]] = []

    /// A table with these columns and no rows yet. Without titles there is no heading, which
    /// makes it a list of names and values.
    package init(_ columns: [Column]) {
        self.columns = columns.map {
            Column(
                title: Visible.word($0.title), isNumber: $0.isNumber, folds: $0.folds,
                rank: $0.rank, goesBelow: $0.goesBelow)
        }
    }

    /// Adds a row. Cells that are missing stay empty, cells too many are left out; control
    /// characters are made visible.
    package mutating func add(_ cells: [String]) {
        var row = cells.prefix(columns.count).map(Visible.word)
        row += Array(repeating: "", count: columns.count - row.count)
        rows.append(row)
    }

    /// How many rows it has.
    package var rowCount: Int { rows.count }

    /// The table as lines, each ending with a newline.
    ///
    /// - Parameter columns: the terminal's width, or nil for all columns unfolded, as files and
    ///   pipes get them.
    package func text(columns limit: Int?) -> String {
        let fit = TableFit(self, limit: limit)
        var text = ""
        if columns.contains(where: { !$0.title.isEmpty }) {
            text += lines(columns.map(\.title), fit)
            text += lines(columns.indices.map { String(repeating: "-", count: fit.width($0)) }, fit)
        }
        for row in rows {
            text += lines(row, fit)
            for index in fit.below where !row[index].isEmpty {
                text += "  \(columns[index].title) \(row[index])\n"
            }
        }
        return text
    }

    /// The titles of the columns that a terminal of this width has no room for.
    package func leftOut(columns limit: Int?) -> [String] {
        let fit = TableFit(self, limit: limit)
        return columns.indices.filter { !fit.shown.contains($0) && !fit.below.contains($0) }
            .map { columns[$0].title }
    }

    /// A row as lines: as many as its highest cell has.
    private func lines(_ cells: [String], _ fit: TableFit) -> String {
        let folded = fit.shown.map { index in
            columns[index].folds
                ? Wrapping.cell(cells[index], columns: fit.width(index)) : [cells[index]]
        }
        var text = ""
        for height in 0..<(folded.map(\.count).max() ?? 0) {
            var line = ""
            for (position, index) in fit.shown.enumerated() {
                if position > 0 { line += "  " }
                let cell = height < folded[position].count ? folded[position][height] : ""
                let gap = max(0, fit.width(index) - TextWidth.columns(cell))
                let padding = String(repeating: " ", count: gap)
                line += columns[index].isNumber ? padding + cell : cell + padding
            }
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }
}
