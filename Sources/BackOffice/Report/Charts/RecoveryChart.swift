/// What came in of each lot, in percent of what was placed, by months since placement.
enum RecoveryChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// What the youngest lot is called.
        let youngest: String
        /// What came in of it so far: where its line ends.
        let soFar: Int64
        /// How many months have run out since its placement; 0 while the first is running.
        let month: Int
        /// What had come in of it by then.
        let collected: Int64
        /// What was placed of it.
        let placed: Int64
        /// The same of the older lots at the same age; nil where there is none to compare.
        let older: Older?

        /// Older lots at the age of the youngest.
        struct Older: Equatable {
            let lots: Int
            let collected: Int64
            let placed: Int64
        }

        /// By how many tenths of a percent the youngest is ahead; nil without a comparison.
        var tenthsAhead: Int64? {
            guard let older, older.placed > 0, placed > 0 else { return nil }
            return Numerals.rounded(collected, times: 1000, by: placed)
                - Numerals.rounded(older.collected, times: 1000, by: older.placed)
        }
    }

    /// Accounts that a lot must have to be compared: of fewer, a share is chance.
    static let accountsThatTell: Int64 = 10

    /// Lots that are drawn, the youngest ones; the table has all. Eight lines can be told apart.
    static let curvesMax = 8

    /// Differences below this many tenths of a percent are not worth a word.
    static let tenthsThatMatter: Int64 = 10

    static func figure(_ page: DayPage, _ words: any Words) -> Figure {
        let all = curves(page)
        let table = page.recovery.isEmpty ? nil : table(page, words)
        guard let finding = finding(page, words) else {
            return Figure(
                name: .recovery, insight: Insight(words.nothing(in: .recovery)), drawings: [],
                table: table)
        }
        var insight = words.insight(finding)
        if all.count > curvesMax {
            insight = Insight(
                insight.meaning + " " + words.youngestLotsDrawn(curvesMax, of: all.count),
                insight.action)
        }
        let drawn = Array(all.prefix(curvesMax))
        let names = drawn.map { name($0, in: page, words) }
        let drawings = Breadth.allCases.map { draw(drawn, names, words, finding, $0) }
        return Figure(name: .recovery, insight: insight, drawings: drawings, table: table)
    }

    /// The lots of the page's currency of which a share can be told; the youngest first.
    static func curves(_ page: DayPage) -> [RecoveryCurve] {
        page.recovery.filter {
            $0.currency == page.currency && $0.placed > 0 && !$0.collected.isEmpty
        }
    }

    /// Nil where nothing was placed.
    static func finding(_ page: DayPage, _ words: any Words) -> Finding? {
        let all = curves(page)
        guard let youngest = all.first, !youngest.collected.isEmpty else { return nil }
        // The month that is running has not brought yet what it will: with the whole months of
        // older lots it is not to be compared.
        let isTooEarly = youngest.collected.count == 1
        let month = youngest.collected.count - 1
        let last = max(0, month - 1)
        let collected = youngest.collected[last]
        // A lot of the same day, of another creditor, is no older one.
        let older = all.dropFirst().filter {
            !isTooEarly && $0.collected.count > month && $0.placedOn < youngest.placedOn
                && min($0.accounts, youngest.accounts) >= accountsThatTell
        }
        return Finding(
            youngest: name(youngest, in: page, words), soFar: soFar(youngest), month: month,
            collected: collected,
            placed: youngest.placed,
            older: older.isEmpty
                ? nil
                : .init(
                    lots: older.count, collected: older.clampedSum { $0.collected[last] },
                    placed: older.clampedSum(\.placed)))
    }

    /// What came in of a lot so far: what its line, its label and the sentence tell.
    static func soFar(_ curve: RecoveryCurve) -> Int64 { curve.collected.last ?? 0 }

    /// The creditor's reference, or the key; accounts of no lot have a name of their own. Where
    /// this is the name of several lines of a page, the creditor tells them apart, or else the day.
    static func name(_ curve: RecoveryCurve, in page: DayPage, _ words: any Words) -> String {
        let short = shortName(curve, words)
        let alike = page.recovery.filter {
            $0.currency == curve.currency && shortName($0, words) == short && $0 != curve
        }
        guard !alike.isEmpty else { return short }
        let isOfOneCreditor = alike.contains { $0.creditor == curve.creditor }
        let creditor = page.scope.kind == .creditor ? nil : curve.creditorName
        let day = isOfOneCreditor ? words.numerals.date(curve.placedOn) : nil
        return [short, creditor, day].compactMap { $0 }.joined(separator: " · ")
    }

    private static func shortName(_ curve: RecoveryCurve, _ words: any Words) -> String {
        if let reference = curve.reference, !reference.isEmpty { return reference }
        return curve.lot.isEmpty ? words.noLot : curve.lot
    }

    /// The frame of the chart: what lies where.
    private struct Frame {
        let left: Double
        let width: Double
        let top: Double
        let height: Double
        let months: Int
        /// In tenths of a percent.
        let scale: ChartScale
        let lowest: Int64

        func point(_ curve: RecoveryCurve, _ month: Int) -> Point {
            let tenths = Numerals.rounded(curve.collected[month], times: 1000, by: curve.placed)
            return Point(
                x: left + Double(month) / Double(max(1, months)) * width,
                y: top + height - scale.place(max(lowest, tenths), on: height))
        }

        func points(_ curve: RecoveryCurve) -> [Point] {
            curve.collected.indices.map { point(curve, $0) }
        }
    }

    private static func draw(
        _ curves: [RecoveryCurve], _ names: [String], _ words: any Words, _ finding: Finding,
        _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let isWide = breadth == .wide
        let most =
            curves.flatMap { curve in
                curve.collected.map { Numerals.rounded($0, times: 1000, by: curve.placed) }
            }.max() ?? 0
        let scale = ChartScale(upTo: max(10, most))
        let marks = scale.values.map { words.numerals.percentMark(tenths: $0) }
        let left = (marks.map { TextExtent.width($0, size: breadth.small) }.max() ?? 0) + 8
        let margin = isWide ? 160.0 : 84
        let frame = Frame(
            left: left, width: breadth.width - left - margin, top: 10,
            height: isWide ? 320 : 300, months: (curves.map(\.collected.count).max() ?? 1) - 1,
            scale: scale, lowest: 0)
        for (value, mark) in zip(scale.values, marks) {
            let y = frame.top + frame.height - scale.place(value, on: frame.height)
            canvas.line(
                x1: left, y1: y, x2: left + frame.width, y2: y,
                colour: value == 0 ? "edge" : "grid")
            canvas.text(
                mark, x: left - 8, y: y + 4, size: breadth.small, colour: "muted", anchor: .end)
        }
        drawMonths(frame, on: &canvas, words)
        for curve in curves.dropFirst().reversed() {
            let points = frame.points(curve)
            canvas.curve(points, colour: "older-lot", width: 1.5)
            if let end = points.last { canvas.dot(end, radius: 2.5, colour: "older-lot") }
        }
        if let youngest = curves.first {
            let points = frame.points(youngest)
            canvas.curve(points, colour: "accent", width: 3)
            if let end = points.last { canvas.dot(end, radius: 5, colour: "accent") }
        }
        drawLabels(curves, names, frame, on: &canvas, words)
        return canvas.svg(
            height: frame.top + frame.height + 44, summary: words.insight(finding).meaning)
    }

    private static func drawMonths(_ frame: Frame, on canvas: inout Canvas, _ words: any Words) {
        let size = canvas.breadth.small
        let base = frame.top + frame.height
        let pitch = frame.width / Double(max(1, frame.months))
        // So few that they keep a distance.
        let each = [1, 2, 3, 6, 12, 24].first { pitch * Double($0) >= 26 } ?? 48
        for month in 0...max(1, frame.months) where month % each == 0 {
            let x = frame.left + pitch * Double(month)
            canvas.text(
                "\(month)", x: x, y: base + 18, size: size, colour: "muted", anchor: .middle)
        }
        canvas.text(
            TextExtent.cut(words.monthsSincePlacement, to: canvas.breadth.width, size: size), x: 0,
            y: base + 38, size: size, colour: "muted")
    }

    private static func drawLabels(
        _ curves: [RecoveryCurve], _ names: [String], _ frame: Frame, on canvas: inout Canvas,
        _ words: any Words
    ) {
        let breadth = canvas.breadth
        var placement = LabelPlacement(
            bounds: .init(
                x: frame.left + 2, y: 0, width: breadth.width - frame.left - 2,
                height: frame.top + frame.height - 4),
            curves: curves.map { frame.points($0) })
        for (index, curve) in curves.enumerated() {
            guard let end = frame.points(curve).last else { continue }
            let isYoungest = index == 0
            let size = isYoungest ? breadth.text : breadth.small
            let share = words.numerals.share(soFar(curve), of: curve.placed) ?? ""
            let room = breadth == .wide ? (isYoungest ? 180.0 : 150) : (isYoungest ? 110 : 80)
            let isSplit = breadth == .narrow
            let width = TextExtent.width(share, size: size, isBold: isYoungest)
            let name = TextExtent.shortened(
                names[index], to: isSplit ? room : room - width - 5, size: size,
                isBold: isYoungest)
            let lines = isSplit ? [name, share] : ["\(name) \(share)"]
            let widest = lines.map { TextExtent.width($0, size: size, isBold: isYoungest) }.max()
            let height = Double(lines.count) * (size + 2) + 2
            guard
                let box = placement.place(width: (widest ?? 0) + 2, height: height, at: end)
            else { continue }
            drawLeader(
                from: end, to: box, on: &canvas, colour: isYoungest ? "accent" : "older-lot")
            for (row, line) in lines.enumerated() {
                canvas.text(
                    line, x: box.x, y: box.y + size + Double(row) * (size + 2), size: size,
                    colour: isYoungest ? "accent" : "muted", isBold: isYoungest, hasHalo: true)
            }
        }
    }

    /// A thin line to a label that had to move away from its curve.
    private static func drawLeader(
        from end: Point, to box: LabelPlacement.Box, on canvas: inout Canvas, colour: String
    ) {
        let middle = box.y + box.height / 2
        guard abs(middle - end.y) > 14 else { return }
        let isRight = box.x >= end.x
        let isLeft = box.x + box.width <= end.x
        let x = isRight ? box.x - 2 : isLeft ? box.x + box.width + 2 : end.x
        let y = isRight || isLeft ? middle : middle < end.y ? box.y + box.height : box.y
        canvas.line(x1: end.x, y1: end.y, x2: x, y2: y, colour: colour, width: 0.8)
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        let months = page.recovery.map(\.collected.count).max() ?? 0
        let isCreditors = page.scope.kind == .creditor
        var columns: [DataTable.Column] = [.text(words.column(.lot))]
        if !isCreditors { columns.append(.text(words.scope(.creditor))) }
        columns += [
            .text(words.column(.placedOn)), .number(words.column(.accounts)),
            .number(words.column(.placedAmount)), .number(words.name(of: Measure.Name.collected)),
        ]
        columns += (0..<months).map { .number(words.columnOfMonth($0)) }
        var table = DataTable(caption: words.title(of: .recovery), columns: columns)
        let numerals = words.numerals
        for curve in page.recovery {
            var row: [Markup] = ["\(name(curve, in: page, words))"]
            if !isCreditors { row.append("\(curve.creditorName)") }
            row += [
                "\(numerals.date(curve.placedOn))", "\(numerals.count(curve.accounts))",
                "\(numerals.amount(curve.placed, curve.currency))",
                "\(numerals.amount(soFar(curve), curve.currency))",
            ]
            row += (0..<months).map { month -> Markup in
                guard month < curve.collected.count else { return "" }
                return "\(numerals.share(curve.collected[month], of: curve.placed) ?? "–")"
            }
            table.rows.append(row)
        }
        return table
    }
}
