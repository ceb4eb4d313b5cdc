/// Why open accounts are not paid, and whose doing it is.
enum ReasonChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// Open accounts.
        let accounts: Int64
        /// Those without a recorded reason.
        let withoutReason: Int64
        /// Those whose reason is the creditor's doing.
        let creditorFault: Int64
        /// The reason that most have; nil where none is recorded.
        let most: ReasonLine?
    }

    /// Accounts from which on something follows from their reasons: of fewer, a share is chance.
    static let accountsThatTell: Int64 = 10

    /// Reasons that are drawn one by one; the others are drawn as one. More bars say less.
    static let barsMax = 10

    static func figure(_ page: DayPage, _ words: any Words) -> Figure {
        let finding = finding(page)
        guard finding.accounts > 0 else {
            return Figure(
                name: .reasons, insight: Insight(words.nothing(in: .reasons)), drawings: [],
                table: nil)
        }
        let insight = words.insight(finding)
        let bars = bars(page, words)
        let drawings = Breadth.allCases.map {
            draw(bars, of: finding.accounts, words, insight.meaning, $0)
        }
        return Figure(
            name: .reasons, insight: insight, drawings: drawings, table: table(page, words))
    }

    static func finding(_ page: DayPage) -> Finding {
        Finding(
            accounts: page.reasons.clampedSum(\.accounts),
            withoutReason: page.reasons.filter(\.code.isEmpty).clampedSum(\.accounts),
            creditorFault: page.reasons.filter { $0.fault == "creditor" }
                .clampedSum(\.accounts),
            most: page.reasons.first { !$0.code.isEmpty })
    }

    /// A bar and what it is of.
    private struct Bar {
        let label: String
        let accounts: Int64
        let fault: Fault
    }

    /// Whose doing a reason is, as it is coloured.
    enum Fault: CaseIterable {
        case creditor
        case debtor
        case neither
        case unknown

        var colour: String {
            switch self {
            case .creditor: "broken"
            case .debtor: "kept"
            case .neither: "calm"
            case .unknown: "open"
            }
        }

        init(_ line: ReasonLine) {
            switch line.fault {
            case "creditor": self = .creditor
            case "debtor": self = .debtor
            case "neither": self = .neither
            default: self = .unknown
            }
        }
    }

    private static func bars(_ page: DayPage, _ words: any Words) -> [Bar] {
        let named = page.reasons.filter { !$0.code.isEmpty }
        var bars = named.prefix(barsMax).map {
            Bar(label: words.label($0), accounts: $0.accounts, fault: Fault($0))
        }
        let others = named.dropFirst(barsMax)
        if !others.isEmpty {
            bars.append(
                Bar(
                    label: words.otherReasons(Int64(others.count)),
                    accounts: others.clampedSum(\.accounts), fault: .unknown))
        }
        let without = page.reasons.filter(\.code.isEmpty).clampedSum(\.accounts)
        if without > 0 {
            bars.append(Bar(label: words.noReason, accounts: without, fault: .unknown))
        }
        return bars
    }

    private static func draw(
        _ bars: [Bar], of accounts: Int64, _ words: any Words, _ summary: String,
        _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let isWide = breadth == .wide
        let present = Fault.allCases.filter { fault in bars.contains { $0.fault == fault } }
        var y = canvas.key(present.map { ($0.colour, words.name(of: $0), $0 == .unknown) }) + 6
        let values = bars.map {
            let share = words.numerals.shortShare($0.accounts, of: accounts) ?? ""
            return "\(words.numerals.count($0.accounts)) · \(share)"
        }
        let names = bars.map {
            TextExtent.cut($0.label, to: isWide ? 230 : breadth.width, size: breadth.text)
        }
        let left =
            isWide
            ? (names.map { TextExtent.width($0, size: breadth.text) }.max() ?? 0) + 14 : 0
        let label = values.map { TextExtent.width($0, size: breadth.text) }.max() ?? 0
        let room = breadth.width - left - label - 10
        let most = bars.map(\.accounts).max() ?? 1
        for (index, bar) in bars.enumerated() {
            let height = isWide ? 20.0 : 14.0
            if !isWide {
                canvas.text(names[index], x: 0, y: y + 12, size: breadth.text)
                y += 18
            }
            let base = y + height / 2 + breadth.text * 0.36
            if isWide {
                canvas.text(
                    names[index], x: left - 14, y: base, size: breadth.text, anchor: .end)
            }
            let width = max(2, Double(bar.accounts) / Double(max(1, most)) * room)
            canvas.box(
                x: left, y: y, width: width, height: height, colour: bar.fault.colour, radius: 3,
                hasEdge: bar.fault == .unknown)
            canvas.text(
                values[index], x: left + width + 8, y: base, size: breadth.text, colour: "muted")
            y += isWide ? 31 : 26
        }
        return canvas.svg(height: y, summary: summary)
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        var table = DataTable(
            caption: words.title(of: .reasons),
            columns: [
                .text(words.column(.reason)), .text(words.column(.fault)),
                .number(words.column(.accounts)), .number(words.column(.share)),
                .number(words.column(.openAmount)),
            ])
        let accounts = page.reasons.clampedSum(\.accounts)
        for line in page.reasons {
            table.rows.append([
                "\(line.code.isEmpty ? words.noReason : words.label(line))",
                "\(words.name(of: Fault(line)))", "\(words.numerals.count(line.accounts))",
                "\(words.numerals.share(line.accounts, of: accounts) ?? "–")",
                "\(words.numerals.amount(line.amount, page.currency))",
            ])
        }
        return table
    }
}
