/// Contacts of the month so far, by hour and channel.
enum ContactChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// Attempts in all.
        let attempts: Int64
        /// Those that reached the right person.
        let rightParty: Int64
        /// The hour in which attempts succeed most, of those in which people may be called; nil
        /// where fewer than two of them have enough attempts: then there is nothing to compare.
        let best: Hour?
        /// Attempts at hours in which nobody may be called.
        let outOfHours: Int64
        /// The hour with most attempts.
        let busiest: Hour

        /// One hour of the day.
        struct Hour: Equatable {
            let hour: Int64
            let attempts: Int64
            let rightParty: Int64
        }
    }

    /// Hours are compared only if this many attempts fall into them: of fewer, a share is chance.
    static let attemptsThatTell: Int64 = 20

    /// The hours in which people may be called: from 8.30 to 21 by the code of the trade.
    static let callHours: ClosedRange<Int64> = 8...20
    /// The hours that are always drawn: these, and one before and behind them.
    static let usualHours: ClosedRange<Int64> = 7...21

    static func figure(_ page: DayPage, _ words: any Words) -> Figure {
        guard let finding = finding(page) else {
            return Figure(
                name: .contacts, insight: Insight(words.nothing(in: .contacts)), drawings: [],
                table: nil)
        }
        let insight = words.insight(finding)
        let drawings = Breadth.allCases.map { draw(page, words, insight.meaning, $0) }
        return Figure(
            name: .contacts, insight: insight, drawings: drawings, table: table(page, words))
    }

    static func hour(_ hour: Int64, _ page: DayPage) -> Finding.Hour {
        let lines = page.contacts.filter { $0.hour == hour }
        return .init(
            hour: hour, attempts: lines.clampedSum(\.attempts),
            rightParty: lines.clampedSum(\.rightParty))
    }

    /// Nil where nobody was contacted.
    static func finding(_ page: DayPage) -> Finding? {
        let hours = hours(page).map { hour($0, page) }
        let attempts = hours.clampedSum(\.attempts)
        guard attempts > 0, var busiest = hours.first else { return nil }
        for hour in hours where hour.attempts > busiest.attempts { busiest = hour }
        var best: Finding.Hour?
        let told = hours.filter {
            $0.attempts >= attemptsThatTell && callHours.contains($0.hour)
        }
        for hour in told where told.count > 1 {
            guard let known = best else {
                best = hour
                continue
            }
            // Compared as fractions, the earlier of two equal ones.
            let left = hour.rightParty.multipliedFullWidth(by: known.attempts)
            let right = known.rightParty.multipliedFullWidth(by: hour.attempts)
            if (left.high, left.low) > (right.high, right.low) { best = hour }
        }
        return Finding(
            attempts: attempts, rightParty: hours.clampedSum(\.rightParty),
            best: best?.rightParty == 0 ? nil : best,
            outOfHours: hours.filter { !callHours.contains($0.hour) }.clampedSum(\.attempts),
            busiest: busiest)
    }

    private static func hours(_ page: DayPage) -> [Int64] {
        let used = page.contacts.filter { $0.attempts > 0 }.map(\.hour)
        let first = min(usualHours.lowerBound, used.min() ?? usualHours.lowerBound)
        let last = max(usualHours.upperBound, used.max() ?? usualHours.upperBound)
        return Array(max(0, first)...min(23, last))
    }

    /// A channel: its code and what it is called.
    private struct Channel {
        let code: String
        let name: String
        let attempts: Int64
    }

    /// Those that were used, the most used first, and by code where equal.
    private static func channels(_ page: DayPage, _ words: any Words) -> [Channel] {
        var channels: [Channel] = []
        for code in Set(page.contacts.map(\.channel)).sorted() {
            let lines = page.contacts.filter { $0.channel == code }
            let attempts = lines.clampedSum(\.attempts)
            guard attempts > 0, let first = lines.first else { continue }
            channels.append(Channel(code: code, name: words.label(first), attempts: attempts))
        }
        return channels.sorted { ($1.attempts, $0.code) < ($0.attempts, $1.code) }
    }

    /// On a telephone the hours stand in two rows: in one a cell is too narrow for its number, and
    /// the busiest would be blank.
    private static func bands(_ hours: [Int64], _ breadth: Breadth) -> [[Int64]] {
        guard breadth == .narrow else { return [hours] }
        let half = (hours.count + 1) / 2
        return [Array(hours.prefix(half)), Array(hours.dropFirst(half))].filter { !$0.isEmpty }
    }

    private static func draw(
        _ page: DayPage, _ words: any Words, _ summary: String, _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let bands = bands(hours(page), breadth)
        let left = breadth == .wide ? 150.0 : 0
        let columns = bands.map(\.count).max() ?? 1
        let pitch = (breadth.width - left) / Double(max(1, columns))
        var y = 0.0
        for hours in bands {
            y = drawChannels(page, hours, on: &canvas, left: left, pitch: pitch, y: y, words)
            y = drawHours(hours, on: &canvas, left: left, pitch: pitch, y: y + 14)
            y = drawShares(page, hours, on: &canvas, left: left, pitch: pitch, y: y, words)
            if breadth == .narrow { y += 18 }
        }
        return canvas.svg(height: y, summary: summary)
    }

    /// A row of cells for each channel; returns where the last ends.
    private static func drawChannels(
        _ page: DayPage, _ hours: [Int64], on canvas: inout Canvas, left: Double, pitch: Double,
        y: Double, _ words: any Words
    ) -> Double {
        let breadth = canvas.breadth
        let isWide = breadth == .wide
        let most = page.contacts.map(\.attempts).max() ?? 1
        let height = isWide ? 30.0 : 24
        var y = y
        for channel in channels(page, words) {
            if isWide {
                let name = TextExtent.cut(channel.name, to: left - 14, size: breadth.text)
                canvas.text(
                    name, x: left - 14, y: y + height / 2 + 5, size: breadth.text, anchor: .end)
            } else {
                let name = TextExtent.cut(channel.name, to: breadth.width, size: breadth.text)
                canvas.text(name, x: 0, y: y + 13, size: breadth.text)
                y += 19
            }
            for (column, hour) in hours.enumerated() {
                let attempts = page.contacts
                    .filter { $0.hour == hour && $0.channel == channel.code }
                    .clampedSum(\.attempts)
                drawCell(
                    attempts, of: most, on: &canvas, x: left + pitch * Double(column), y: y,
                    width: pitch, height: height, words)
            }
            y += height + (isWide ? 3 : 9)
        }
        return y
    }

    private static func drawCell(
        _ attempts: Int64, of most: Int64, on canvas: inout Canvas, x: Double, y: Double,
        width: Double, height: Double, _ words: any Words
    ) {
        // Five shades: none, and up to a quarter, a half, three quarters and all of the most.
        let some = min(attempts, Int64.max / 8)
        let shade = some <= 0 ? 0 : min(4, 1 + Int((some * 4 - 1) / max(1, most)))
        canvas.box(
            x: x + 1, y: y, width: width - 2, height: height, colour: "heat-\(shade)", radius: 3)
        guard attempts > 0 else { return }
        let text = words.numerals.cellCount(attempts)
        var size = canvas.breadth == .wide ? 12.0 : 10.5
        while TextExtent.width(text, size: size) > width - 3, size > 8 { size -= 0.5 }
        guard TextExtent.width(text, size: size) <= width - 3 else { return }
        canvas.text(
            text, x: x + width / 2, y: y + height / 2 + size * 0.36, size: size,
            colour: "on-heat-\(shade)", anchor: .middle)
    }

    private static func drawHours(
        _ hours: [Int64], on canvas: inout Canvas, left: Double, pitch: Double, y: Double
    ) -> Double {
        let size = canvas.breadth == .wide ? 12.0 : 10.5
        for (column, hour) in hours.enumerated() {
            guard TextExtent.width("\(hour)", size: size) <= pitch - 1 else { continue }
            canvas.text(
                "\(hour)", x: left + pitch * (Double(column) + 0.5), y: y, size: size,
                colour: "muted", anchor: .middle)
        }
        return y + 14
    }

    /// Below the hours: how many of a hundred attempts reached the right person. Returns where the
    /// drawing ends.
    private static func drawShares(
        _ page: DayPage, _ hours: [Int64], on canvas: inout Canvas, left: Double, pitch: Double,
        y: Double, _ words: any Words
    ) -> Double {
        let breadth = canvas.breadth
        let isWide = breadth == .wide
        var y = y
        let title = words.rightPartyPercent
        if isWide {
            for (row, line) in words.rightPartyPercentLines.enumerated() {
                canvas.text(
                    line, x: left - 14, y: y + 40 + Double(row) * 15, size: breadth.small,
                    colour: "accent", anchor: .end)
            }
        } else {
            canvas.text(
                TextExtent.cut(title, to: breadth.width, size: breadth.small), x: 0, y: y + 14,
                size: breadth.small, colour: "accent")
            y += 20
        }
        let all = hours.map { hour($0, page) }
        let shares = all.map {
            $0.attempts >= attemptsThatTell
                ? Numerals.rounded($0.rightParty, times: 100, by: $0.attempts) : nil
        }
        let most = max(1, highestShare(page))
        let tall = 44.0
        let base = y + tall + 18
        let size = isWide ? 12.0 : 10.5
        for (column, share) in shares.enumerated() {
            guard let share else { continue }
            let middle = left + pitch * (Double(column) + 0.5)
            let height = max(1, Double(share) / Double(most) * tall)
            let width = min(pitch - 4, 22)
            canvas.box(
                x: middle - width / 2, y: base - height, width: width, height: height,
                colour: "accent", radius: 2)
            canvas.text(
                "\(share)", x: middle, y: base - height - 4, size: size, colour: "accent",
                anchor: .middle, isBold: share == most)
        }
        canvas.line(x1: left, y1: base, x2: breadth.width, y2: base, colour: "edge")
        return base + 6
    }

    /// The highest share of any hour, in percent: to which all bars are drawn.
    private static func highestShare(_ page: DayPage) -> Int64 {
        hours(page).map { hour($0, page) }.filter { $0.attempts >= attemptsThatTell }
            .map { Numerals.rounded($0.rightParty, times: 100, by: $0.attempts) }.max() ?? 1
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        var table = DataTable(
            caption: words.title(of: .contacts),
            columns: [
                .text(words.column(.hour)), .text(words.column(.channel)),
                .number(words.column(.attempts)), .number(words.column(.rightParty)),
                .number(words.column(.share)),
            ])
        for line in page.contacts {
            table.rows.append([
                "\(words.hours(line.hour))", "\(words.label(line))",
                "\(words.numerals.count(line.attempts))",
                "\(words.numerals.count(line.rightParty))",
                "\(words.numerals.share(line.rightParty, of: line.attempts) ?? "–")",
            ])
        }
        return table
    }
}
