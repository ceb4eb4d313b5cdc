/// What became of promises, by the month of their deadline.
enum PromiseChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// The month that it speaks of: the last in which promises fell due.
        let month: String
        /// Those that fell due in it.
        let due: Int64
        /// Those kept.
        let kept: Int64
        /// Those kept in part.
        let partlyKept: Int64
        /// Those broken.
        let broken: Int64
        /// What the broken ones promised.
        let brokenAmount: Int64
        /// Of it.
        let currency: String
        /// Those of all months whose deadline is still to come.
        let open: Int64
        /// Kept and due in the months before, for comparison; nil where none fell due.
        let before: (kept: Int64, due: Int64)?

        static func == (left: Finding, right: Finding) -> Bool {
            left.month == right.month && left.due == right.due && left.kept == right.kept
                && left.partlyKept == right.partlyKept && left.broken == right.broken
                && left.brokenAmount == right.brokenAmount && left.currency == right.currency
                && left.open == right.open && left.before?.kept == right.before?.kept
                && left.before?.due == right.before?.due
        }
    }

    static func figure(_ page: DayPage, _ words: any Words) -> Figure {
        let months = months(page)
        let isEmpty = months.allSatisfy { $0.all == 0 }
        let table = page.promises.isEmpty ? nil : table(page, words)
        guard !isEmpty else {
            return Figure(
                name: .promises, insight: Insight(words.nothing(in: .promises)), drawings: [],
                table: table)
        }
        let insight: Insight
        if let finding = finding(page) {
            insight = words.insight(finding)
        } else {
            insight = words.onlyOpenPromises(months.clampedSum(\.open))
        }
        let drawings = Breadth.allCases.map { draw(months, words, insight.meaning, $0) }
        return Figure(name: .promises, insight: insight, drawings: drawings, table: table)
    }

    static func months(_ page: DayPage) -> [PromiseMonth] {
        // A page holds at most twelve; more could not be drawn.
        Array(page.promises.filter { $0.currency == page.currency }.suffix(12))
    }

    /// Nil where no promise fell due yet.
    static func finding(_ page: DayPage) -> Finding? {
        let months = months(page)
        guard let index = months.lastIndex(where: { $0.due > 0 }) else { return nil }
        let month = months[index]
        let earlier = months[..<index]
        let due = earlier.clampedSum(\.due)
        return Finding(
            month: month.month, due: month.due, kept: month.kept, partlyKept: month.partlyKept,
            broken: month.broken, brokenAmount: month.brokenAmount, currency: page.currency,
            open: months.clampedSum(\.open),
            before: due > 0 ? (earlier.clampedSum(\.kept), due) : nil)
    }

    private static func draw(
        _ months: [PromiseMonth], _ words: any Words, _ summary: String, _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let states: [PromiseState] = [.kept, .partlyKept, .broken, .open]
        let top =
            canvas.key(states.map { ($0.colour, words.name(of: $0), $0.hasEdge) })
            + breadth.text + 12
        let height = breadth == .wide ? 210.0 : 190.0
        let scale = ChartScale(upTo: months.map(\.all).max() ?? 1, lines: 3)
        let marks = scale.values.map { words.numerals.count($0) }
        let left = (marks.map { TextExtent.width($0, size: breadth.small) }.max() ?? 0) + 8
        for (value, mark) in zip(scale.values, marks) {
            let y = top + height - scale.place(value, on: height)
            canvas.line(
                x1: left, y1: y, x2: breadth.width, y2: y, colour: value == 0 ? "edge" : "grid")
            canvas.text(
                mark, x: left - 8, y: y + 4, size: breadth.small, colour: "muted", anchor: .end)
        }
        let pitch = (breadth.width - left) / Double(max(months.count, 4))
        let width = min(pitch * (breadth == .wide ? 0.66 : 0.9), 54)
        for (index, month) in months.enumerated() {
            let middle = left + pitch * (Double(index) + 0.5)
            var y = top + height
            for state in states {
                let count = month.count(state)
                let length = scale.place(count, on: height)
                y -= length
                canvas.box(
                    x: middle - width / 2, y: y, width: width, height: length,
                    colour: state.colour, radius: 0, hasEdge: state.hasEdge)
                let text = words.numerals.count(count)
                let size = breadth == .wide ? 12.0 : 10.0
                if length >= size + 5, TextExtent.width(text, size: size) <= width - 1 {
                    canvas.text(
                        text, x: middle, y: y + length / 2 + size * 0.36, size: size,
                        colour: "on-" + state.colour, anchor: .middle)
                }
            }
            if let share = words.numerals.shortShare(month.kept, of: month.due),
                TextExtent.width(share, size: breadth.small, isBold: true) <= pitch - 1
            {
                canvas.text(
                    share, x: middle, y: y - 7, size: breadth.small, colour: "accent",
                    anchor: .middle, isBold: true)
            }
        }
        drawMonths(months, on: &canvas, left: left, pitch: pitch, y: top + height, words)
        return canvas.svg(height: top + height + 40, summary: summary)
    }

    /// The months below the columns, and the year below the first and below each January.
    private static func drawMonths(
        _ months: [PromiseMonth], on canvas: inout Canvas, left: Double, pitch: Double, y: Double,
        _ words: any Words
    ) {
        let breadth = canvas.breadth
        let size = breadth == .wide ? 12.0 : 9.5
        for (index, month) in months.enumerated() {
            let middle = left + pitch * (Double(index) + 0.5)
            let name = words.numerals.shortMonth(month.month)
            let room = pitch - 1
            canvas.text(
                TextExtent.cut(name, to: room, size: size), x: middle, y: y + 17, size: size,
                colour: "muted", anchor: .middle)
            // A year below the first column would run into that of a January close by.
            let next = months.dropFirst(index + 1).prefix(2)
            let isAlone = index == 0 && !next.contains { $0.month.hasSuffix("-01") }
            if isAlone || month.month.hasSuffix("-01") {
                let year = String(month.month.prefix(4))
                canvas.text(
                    year, x: middle, y: y + 33, size: size, colour: "muted", anchor: .middle)
            }
        }
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        var columns: [DataTable.Column] = [.text(words.column(.month))]
        for state in [PromiseState.kept, .partlyKept, .broken, .open] {
            columns.append(.number(words.name(of: state)))
            columns.append(.number(words.column(.amount)))
        }
        columns.append(.number(words.column(.keptShare)))
        var table = DataTable(caption: words.title(of: .promises), columns: columns)
        let numerals = words.numerals
        for month in page.promises {
            table.rows.append([
                "\(numerals.month(month.month))",
                "\(numerals.count(month.kept))",
                "\(numerals.amount(month.keptAmount, month.currency))",
                "\(numerals.count(month.partlyKept))",
                "\(numerals.amount(month.partlyKeptAmount, month.currency))",
                "\(numerals.count(month.broken))",
                "\(numerals.amount(month.brokenAmount, month.currency))",
                "\(numerals.count(month.open))",
                "\(numerals.amount(month.openAmount, month.currency))",
                "\(numerals.share(month.kept, of: month.due) ?? "–")",
            ])
        }
        return table
    }
}

extension PromiseMonth {
    /// Those that fell due.
    var due: Int64 { kept.clampedAdding(partlyKept).clampedAdding(broken) }
    /// Those and the open ones.
    var all: Int64 { due.clampedAdding(open) }

    /// How many are in a state.
    func count(_ state: PromiseState) -> Int64 {
        switch state {
        case .kept: kept
        case .partlyKept: partlyKept
        case .broken: broken
        case .open: open
        case .cancelled, .superseded: 0
        }
    }
}

extension PromiseState {
    /// Its colour in charts and lists.
    var colour: String {
        switch self {
        case .kept: "kept"
        case .partlyKept: "partly"
        case .broken: "broken"
        case .open, .cancelled, .superseded: "open"
        }
    }

    /// Whether the colour alone is too close to the ground.
    var hasEdge: Bool { colour == "open" || colour == "partly" }
}
