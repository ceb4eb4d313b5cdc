/// Which columns of a table a terminal has room for, and how wide each may be.
struct TableFit {
    /// The indexes of the columns that are shown, in their order.
    private(set) var shown: [Int]
    /// The indexes of the columns that stand below their row.
    private(set) var below: [Int] = []
    private var widths: [Int]

    /// The width of a column.
    func width(_ index: Int) -> Int { widths[index] }

    /// Puts ids below their rows and leaves out columns by their ranks until the rest fits with
    /// its words whole; then takes from the widest column of words until the line fits, or nothing
    /// is left to take.
    init(_ table: TextTable, limit: Int?) {
        let columns = table.columns
        shown = Array(columns.indices)
        var natural = columns.map { TextWidth.columns($0.title) }
        // Down to here a column folds at its blanks alone.
        var least = columns.map { max(TerminalLimits.tableColumnMin, TextWidth.columns($0.title)) }
        for row in table.rows {
            for (index, cell) in row.enumerated() {
                natural[index] = max(natural[index], TextWidth.columns(cell))
                guard limit != nil, columns[index].folds else { continue }
                for word in cell.split(separator: " ") {
                    least[index] = max(least[index], TextWidth.columns(String(word)))
                }
            }
        }
        widths = natural
        guard let limit else { return }
        for index in columns.indices {
            least[index] =
                columns[index].folds
                ? min(natural[index], least[index], TerminalLimits.tableWordMax) : natural[index]
        }
        if Self.total(shown.map { least[$0] }) > limit {
            below = shown.filter { columns[$0].goesBelow }
            shown.removeAll { columns[$0].goesBelow }
        }
        while Self.total(shown.map { least[$0] }) > limit,
            let next = shown.filter({ columns[$0].rank != nil })
                .max(by: { (columns[$0].rank ?? 0) < (columns[$1].rank ?? 0) })
        {
            shown.removeAll { $0 == next }
        }
        let folding = shown.filter { columns[$0].folds }
        shrink(folding, to: least, limit: limit)
        shrink(
            folding, to: natural.map { min($0, TerminalLimits.tableColumnMin) }, limit: limit)
    }

    private static func total(_ widths: [Int]) -> Int {
        widths.reduce(0, +) + 2 * max(0, widths.count - 1)
    }

    /// Takes from the widest column that is above its least width, until the line fits.
    private mutating func shrink(_ folding: [Int], to least: [Int], limit: Int) {
        var excess = Self.total(shown.map { widths[$0] }) - limit
        while excess > 0 {
            let candidates = folding.filter { widths[$0] > least[$0] }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
            let next =
                candidates.filter { widths[$0] < widths[widest] }.map { widths[$0] }.max() ?? 0
            let taken = min(excess, max(1, widths[widest] - max(next, least[widest])))
            widths[widest] -= taken
            excess -= taken
        }
    }
}
