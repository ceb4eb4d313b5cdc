/// A table for people: aligned columns, folded by nobody, cut only where the terminal is narrow.
package struct TextTable: Equatable, Sendable {
    /// One column.
    package struct Column: Equatable, Sendable {
        let title: String
        let isNumber: Bool
        let mayBeCut: Bool

        /// A column of words, aligned to the left. It is cut if the terminal is too narrow.
        package static func text(_ title: String) -> Column {
            Column(title: title, isNumber: false, mayBeCut: true)
        }

        /// A column of ids and references, aligned to the left. Nobody can copy or type half of
        /// one, so it is never cut.
        package static func key(_ title: String) -> Column {
            Column(title: title, isNumber: false, mayBeCut: false)
        }

        /// A column of numbers, aligned to the right. A number is never cut: half an amount is
        /// a wrong amount.
        package static func number(_ title: String) -> Column {
            Column(title: title, isNumber: true, mayBeCut: false)
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// A table with these columns and no rows yet. Without titles there is no heading, which
    /// makes it a list of names and values.
    package init(_ columns: [Column]) {
        self.columns = columns.map {
            Column(
                title: Visible.word($0.title), isNumber: $0.isNumber, mayBeCut: $0.mayBeCut)
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
    /// - Parameter columns: the terminal's width, or nil to cut nothing, for files and pipes.
    package func text(columns limit: Int?) -> String {
        let widths = fitted(naturalWidths, into: limit)
        var text = ""
        if columns.contains(where: { !$0.title.isEmpty }) {
            text += line(columns.map(\.title), widths: widths)
            text += line(widths.map { String(repeating: "-", count: $0) }, widths: widths)
        }
        for row in rows { text += line(row, widths: widths) }
        return text
    }

    private var naturalWidths: [Int] {
        var widths = columns.map { TextWidth.columns($0.title) }
        for row in rows {
            for (index, cell) in row.enumerated() {
                widths[index] = max(widths[index], TextWidth.columns(cell))
            }
        }
        return widths
    }

    /// Takes from the widest column of words until the line fits or nothing is left to take.
    private func fitted(_ natural: [Int], into limit: Int?) -> [Int] {
        guard let limit else { return natural }
        var widths = natural
        var excess = widths.reduce(0, +) + 2 * max(0, widths.count - 1) - limit
        while excess > 0 {
            let candidates = columns.indices.filter {
                columns[$0].mayBeCut && widths[$0] > TerminalLimits.tableColumnMin
            }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            let next =
                candidates.filter { widths[$0] < widths[widest] }
                .map { widths[$0] }.max() ?? TerminalLimits.tableColumnMin
            let taken = min(excess, max(1, widths[widest] - next))
            widths[widest] -= taken
            excess -= taken
        }
        return widths
    }

    private func line(_ cells: [String], widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { line += "  " }
            let cut =
                columns[index].mayBeCut ? TextWidth.cut(cell, columns: widths[index]) : cell
            let gap = max(0, widths[index] - TextWidth.columns(cut))
            let padding = String(repeating: " ", count: gap)
            line += columns[index].isNumber ? padding + cut : cut + padding
        }
        while line.hasSuffix(" ") { line.removeLast() }
        return line + "\n"
    }
}
