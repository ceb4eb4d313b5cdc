/// How each office stands with the centre.
enum OfficeChart {
    /// What the sentence is made from.
    struct Finding: Equatable {
        /// All offices.
        let offices: Int64
        /// Those silent for too long, and those that were never heard of.
        let late: [OfficeLine]
        /// Change-sets that the centre knows of and has not, of all offices.
        let unsent: Int64
        /// Offices with such.
        let officesWithUnsent: Int64
        /// Rows in quarantine.
        let quarantined: Int64
    }

    /// Offices that are drawn, those with trouble first; the table has all.
    static let rowsMax = 40

    /// Where bars end at the latest, in hours, where no limit is known; else at twice the limit. A
    /// longer silence is drawn as this long and cut, or one forgotten office would make all other
    /// bars invisible.
    private static let hoursDrawnMax: Int64 = 72

    static func figure(_ page: DayPage, limit: Int64?, _ words: any Words) -> Figure {
        guard !page.offices.isEmpty else {
            return Figure(
                name: .offices, insight: Insight(words.nothing(in: .offices)), drawings: [],
                table: nil)
        }
        let finding = finding(page)
        var insight = words.insight(finding)
        if page.offices.count > rowsMax {
            insight = Insight(
                insight.meaning + " " + words.worstOfficesDrawn(rowsMax, of: page.offices.count),
                insight.action)
        }
        let rows = Array(sorted(page.offices).prefix(rowsMax))
        let drawings = Breadth.allCases.map { draw(rows, limit, words, insight.meaning, $0) }
        return Figure(
            name: .offices, insight: insight, drawings: drawings, table: table(page, words))
    }

    static func finding(_ page: DayPage) -> Finding {
        Finding(
            offices: Int64(page.offices.count), late: sorted(page.offices.filter(\.isLate)),
            unsent: page.offices.clampedSum(\.unsentKnown),
            officesWithUnsent: Int64(page.offices.count { $0.unsentKnown > 0 }),
            quarantined: page.offices.clampedSum(\.quarantined))
    }

    /// Those that were never heard of, then those silent for longest.
    static func sorted(_ offices: [OfficeLine]) -> [OfficeLine] {
        offices.sorted { left, right in
            let a = (
                left.isLate ? 0 : 1,
                left.hoursSilent.map { Int64(0).clampedSubtracting($0) } ?? .min, left.replica
            )
            let b = (
                right.isLate ? 0 : 1,
                right.hoursSilent.map { Int64(0).clampedSubtracting($0) } ?? .min, right.replica
            )
            return a < b
        }
    }

    private static func draw(
        _ offices: [OfficeLine], _ limit: Int64?, _ words: any Words, _ summary: String,
        _ breadth: Breadth
    ) -> Markup {
        var canvas = Canvas(breadth)
        let isWide = breadth == .wide
        let hours = max(24, limit.map { $0 * 2 } ?? hoursDrawnMax)
        let left = isWide ? 196.0 : 0
        let room = isWide ? 210.0 : breadth.width
        var y = 0.0
        let place = limit.map { left + min(1, Double($0) / Double(hours)) * room }
        if let limit, let place {
            let text = words.silenceLimit(limit)
            let half = TextExtent.width(text, size: breadth.small) / 2
            let x = min(max(place, half), breadth.width - half)
            canvas.text(
                text, x: x, y: 12, size: breadth.small, colour: "muted", anchor: .middle)
            y = 22
        }
        let top = y
        for office in offices {
            y += drawOffice(office, on: &canvas, left: left, room: room, hours: hours, y: y, words)
        }
        if let place {
            canvas.line(
                x1: place, y1: top - 4, x2: place, y2: y - 6, colour: "edge", isDashed: true)
        }
        return canvas.svg(height: y, summary: summary)
    }

    /// One row; returns its height.
    private static func drawOffice(
        _ office: OfficeLine, on canvas: inout Canvas, left: Double, room: Double, hours: Int64,
        y: Double, _ words: any Words
    ) -> Double {
        let breadth = canvas.breadth
        let isWide = breadth == .wide
        let silence = office.hoursSilent.map { words.numerals.silence($0) } ?? words.neverSeen
        let colour = office.isLate ? "stop" : "accent"
        let length = Double(min(hours, office.hoursSilent ?? hours)) / Double(hours) * room
        let isCut = (office.hoursSilent ?? .max) > hours
        let wordColour = office.isLate ? "stop" : "muted"
        let badges = badges(office, words)
        if isWide {
            let name = TextExtent.cut(office.name, to: left - 14, size: breadth.text)
            canvas.text(name, x: left - 14, y: y + 14, size: breadth.text, anchor: .end)
            canvas.box(
                x: left, y: y + 4, width: max(2, length), height: 12, colour: colour, radius: 2)
            if isCut { canvas.cutMark(x: left + length - 14, y: y + 2, height: 16) }
            canvas.text(
                silence, x: left + room + 10, y: y + 14, size: breadth.small, colour: wordColour)
            var x = left + room + 92
            for badge in badges {
                let width = TextExtent.width(badge.text, size: breadth.small) + 14
                guard x + width <= breadth.width else { break }
                x = canvas.badge(badge.text, x: x, y: y + 14, colour: badge.colour)
            }
            return 24
        }
        let width = TextExtent.width(silence, size: breadth.small)
        let name = TextExtent.cut(
            office.name, to: breadth.width - width - 10, size: breadth.text)
        canvas.text(name, x: 0, y: y + 13, size: breadth.text)
        canvas.text(
            silence, x: breadth.width, y: y + 13, size: breadth.small, colour: wordColour,
            anchor: .end)
        canvas.box(x: left, y: y + 20, width: max(2, length), height: 8, colour: colour, radius: 2)
        if isCut { canvas.cutMark(x: left + length - 14, y: y + 18, height: 12) }
        var height = 38.0
        var x = 0.0
        if !badges.isEmpty {
            for badge in badges {
                let width = TextExtent.width(badge.text, size: breadth.small) + 14
                guard x + width <= breadth.width else { break }
                x = canvas.badge(badge.text, x: x, y: y + 46, colour: badge.colour)
            }
            height += 24
        }
        return height
    }

    private static func badges(
        _ office: OfficeLine, _ words: any Words
    ) -> [(text: String, colour: String)] {
        var badges: [(text: String, colour: String)] = []
        if office.isLate { badges.append((words.badgeLate, "stop")) }
        if office.unsentKnown > 0 {
            badges.append((words.badgeUnsent(office.unsentKnown), "warn"))
        }
        if office.quarantined > 0 {
            badges.append((words.badgeQuarantined(office.quarantined), "warn"))
        }
        return badges
    }

    private static func table(_ page: DayPage, _ words: any Words) -> DataTable {
        var table = DataTable(
            caption: words.title(of: .offices),
            columns: [
                .text(words.column(.office)), .text(words.column(.portfolios)),
                .text(words.column(.lastSeen)), .number(words.column(.silence)),
                .number(words.column(.changeSets)), .number(words.column(.unsent)),
                .number(words.column(.behind)), .number(words.column(.provenCommit)),
                .number(words.column(.lateFacts)), .number(words.column(.quarantined)),
            ])
        let numerals = words.numerals
        for office in sorted(page.offices) {
            table.rows.append([
                "\(office.name) (\(office.replica))",
                "\(office.portfolios.joined(separator: ", "))",
                "\(office.lastSeen.map { numerals.moment($0) } ?? words.neverSeen)",
                "\(office.hoursSilent.map { numerals.silence($0) } ?? "–")",
                "\(numerals.count(office.changeSets))", "\(numerals.count(office.unsentKnown))",
                "\(numerals.count(office.behind))",
                "\(office.provenCommit.map { numerals.count($0) } ?? "–")",
                "\(numerals.count(office.lateFacts))", "\(numerals.count(office.quarantined))",
            ])
        }
        return table
    }
}
