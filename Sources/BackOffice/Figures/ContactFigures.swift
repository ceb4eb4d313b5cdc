internal import RientroSQLite

/// When and how debtors were sought in the month so far, and whether they were reached.
struct ContactFigures {
    private struct Key: Hashable {
        let hour: Int64
        let channel: String
    }

    private let labels: CodeLabels
    private let sums: ByPage<Key, ContactSum>

    init(_ day: DayTables) throws {
        labels = try CodeLabels("channel", in: day.db)
        sums = try ByPage(
            day.db,
            """
            SELECT portfolio_id, creditor_id, hour, channel, count(*), \(count("is_right_party"))
            FROM day_contact
            WHERE direction = 'out' AND \(Span(.month, of: day.date).has("day"))
            GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
            """, values: 4
        ) { Key(hour: $0.integer(2), channel: $0.text(3)) }
    }

    /// The lines of a page, by hour and channel.
    func lines(of page: DayPage) -> [ContactLine] {
        let lines = sums[page.scope].map { key, sum in
            ContactLine(
                hour: key.hour, channel: key.channel, labelIT: labels.italian(key.channel),
                labelEN: labels.english(key.channel), attempts: sum.attempts,
                rightParty: sum.rightParty)
        }
        return lines.sorted { ($0.hour, $0.channel) < ($1.hour, $1.channel) }
    }
}

/// The numbers of a line of contacts.
struct ContactSum: Summable {
    var attempts: Int64 = 0
    var rightParty: Int64 = 0

    static var parts: [WritableKeyPath<ContactSum, Int64>] { [\.attempts, \.rightParty] }
}
