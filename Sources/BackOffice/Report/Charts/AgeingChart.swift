/// What is open, by how long it has been due.
enum AgeingChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// What is open in all.
        let total: Int64
        /// The bucket that most is open in.
        let largest: AgeingBucket
        /// What is open in it.
        let largestAmount: Int64
        /// What has been due for more than 180 days.
        let old: Int64
        /// What has been due for 1 to 60 days.
        let young: Int64
        /// Of all these.
        let currency: String

        /// Where to begin.
        enum Advice: Equatable {
            /// A third or more is old: it must be decided.
            case decide
            /// Half or more is young: calls bring most now.
            case call
            /// Neither: what lies between must not grow old.
            case hold
        }

        /// By plain rules, in this order.
        var advice: Advice {
            if old >= total - total / 3 * 2 { return .decide }
            return young >= total - total / 2 ? .call : .hold
        }
    }

    static func figure(_ page: DayPage, _ words: any Words) -> Figure {
        guard let finding = finding(page) else {
            return Figure(
                name: .ageing, insight: Insight(words.nothing(in: .ageing)), drawings: [],
                table: page.ageing.isEmpty ? nil : table(page, words))
        }
        let insight = words.insight(finding)
        let drawings = Breadth.allCases.map { draw(page, finding, words, insight.meaning, $0) }
        return Figure(
            name: .ageing, insight: insight, drawings: drawings, table: table(page, words))
    }

    /// The lines in the page's currency, those with nothing open left out of sums.
    static func lines(_ page: DayPage) -> [AgeingLine] {
        page.ageing.filter { $0.currency == page.currency }
    }

    /// Nil where nothing is open.
    static func finding(_ page: DayPage) -> Finding? {
        var amounts: [AgeingBucket: Int64] = [:]
        for line in lines(page) {
            amounts[line.bucket] = (amounts[line.bucket] ?? 0).clampedAdding(max(0, line.amount))
        }
        func sum(_ buckets: [AgeingBucket]) -> Int64 {
            buckets.clampedSum { amounts[$0] ?? 0 }
        }
        let total = sum(AgeingBucket.allCases)
        guard total > 0 else { return nil }
        // Of two that are equal the younger.
        var largest = AgeingBucket.notDue
        for bucket in AgeingBucket.allCases
        where (amounts[bucket] ?? 0) > (amounts[largest] ?? 0) {
            largest = bucket
        }
        return Finding(
            total: total, largest: largest, largestAmount: amounts[largest] ?? 0,
            old: sum([.upTo360, .older]), young: sum([.upTo30, .upTo60]),
            currency: page.currency)
    }

    private static func draw(
        _ page: DayPage, _ finding: Finding, _ words: any Words, _ summary: String,
        _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let pitch = breadth == .wide ? 36.0 : 34.0
        let bar = 22.0
        let names = AgeingBucket.allCases.map { words.name(of: $0) }
        let left = (names.map { TextExtent.width($0, size: breadth.text) }.max() ?? 0) + 14
        var values: [(amount: Int64, text: String)] = []
        for bucket in AgeingBucket.allCases {
            let amount = lines(page).filter { $0.bucket == bucket }.clampedSum(\.amount)
            let short = words.numerals.shortAmount(amount, page.currency)
            let share = words.numerals.shortShare(max(0, amount), of: finding.total) ?? ""
            values.append((amount, amount == 0 ? "–" : "\(short) · \(share)"))
        }
        let label =
            (values.map { TextExtent.width($0.text, size: breadth.text, isBold: true) }.max() ?? 0)
        let room = max(40, breadth.width - left - label - 12)
        var y = 4.0
        for (index, bucket) in AgeingBucket.allCases.enumerated() {
            let middle = y + bar / 2 + breadth.text * 0.36
            let isLargest = bucket == finding.largest
            canvas.text(
                names[index], x: left - 14, y: middle, size: breadth.text,
                colour: isLargest ? "ink" : "muted", anchor: .end, isBold: false)
            let length =
                Double(max(0, values[index].amount)) / Double(finding.largestAmount) * room
            let width = values[index].amount > 0 ? max(2, length) : 0
            canvas.box(
                x: left, y: y, width: width, height: bar, colour: colour(bucket), radius: 3)
            canvas.text(
                values[index].text, x: left + width + 8, y: middle, size: breadth.text,
                colour: isLargest ? "ink" : "muted", isBold: isLargest)
            y += pitch
        }
        canvas.line(x1: left, y1: 0, x2: left, y2: y - pitch + bar + 4, colour: "edge")
        return canvas.svg(height: y - pitch + bar + 8, summary: summary)
    }

    /// Not due, young, on its way, old.
    private static func colour(_ bucket: AgeingBucket) -> String {
        switch bucket {
        case .notDue: "calm"
        case .upTo30, .upTo60: "fresh"
        case .upTo90, .upTo120, .upTo180: "ageing"
        case .upTo360, .older: "old"
        }
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        var table = DataTable(
            caption: words.title(of: .ageing),
            columns: [
                .text(words.column(.bucket)), .number(words.column(.accounts)),
                .number(words.column(.items)), .number(words.column(.openAmount)),
                .number(words.column(.share)),
            ])
        for currency in [page.currency] + page.otherCurrencies {
            let lines = page.ageing.filter { $0.currency == currency }
            let total = lines.clampedSum { max(0, $0.amount) }
            for line in lines {
                table.rows.append([
                    "\(words.name(of: line.bucket))", "\(words.numerals.count(line.accounts))",
                    "\(words.numerals.count(line.items))",
                    "\(words.numerals.amount(line.amount, currency))",
                    "\(words.numerals.share(max(0, line.amount), of: total) ?? "–")",
                ])
            }
        }
        return table
    }
}
