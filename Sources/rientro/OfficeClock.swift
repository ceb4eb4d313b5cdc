import Portfolio
import RientroClient
import RientroProtocol

/// What the file knows of time: this machine's clock, the centre's as of the last sync, and how
/// long ago that was.
struct OfficeClock: Equatable, Sendable {
    /// Today's date by this machine, local.
    let machineDate: String
    /// Today's date by the centre's clock, local.
    let centreDate: String
    /// This moment by the centre's clock, as instants are kept.
    let centreNow: String
    /// The centre's time minus this machine's, in milliseconds.
    let offset: Int64
    /// How many whole days ago the last sync was, by the centre's clock; nil before the first.
    let daysSinceSync: Int?

    /// From here on a clock is far off, in milliseconds: a call noted then stands in another hour
    /// of the day, by which calls are judged.
    private static let farMilliseconds: UInt64 = 3_600_000

    /// Whether this machine's clock is known to give wrong dates or hours: off by an hour, or on
    /// another day than the centre's while off by more than a minute.
    var isFarOff: Bool {
        offset.magnitude >= Self.farMilliseconds
            || (machineDate != centreDate
                && offset.magnitude >= UInt64(SyncSummary.clockWarningMilliseconds))
    }

    /// Today's date: the centre's where this machine's clock is known to be far off.
    var today: String { isFarOff ? centreDate : machineDate }

    /// Today, counted in days from 1970-01-01.
    var todayNumber: Int64 { LocalDate.daysSince1970(today) ?? 0 }

    /// The date so many days from today.
    func date(daysFromToday days: Int64) -> String {
        LocalDate.text(daysSince1970: todayNumber + days)
    }

    /// Reads the clocks.
    static func read(in db: Database) throws(OfficeError) -> OfficeClock {
        let row = try db.one(
            """
            SELECT date('now', 'localtime') AS machine, m."offset",
              date('now', shift, 'localtime') AS centre,
              strftime('%Y-%m-%dT%H:%M:%fZ', 'now', shift) AS now,
              CAST(julianday('now', shift) - 2440587.5 - o.last_sync / 86400000.0 AS INTEGER)
                AS days
            FROM office AS o,
              (SELECT "offset", printf('%+.3f seconds', "offset" / 1000.0) AS shift FROM me) AS m
            """)
        let machine = row?["machine"].text ?? "1970-01-01"
        return OfficeClock(
            machineDate: machine, centreDate: row?["centre"].text ?? machine,
            centreNow: row?["now"].text ?? "", offset: row?["offset"].integer ?? 0,
            daysSinceSync: row?["days"].integer.map { Int(clamping: max(0, $0)) })
    }

    /// A date as it was typed; nil where it is none.
    func typed(_ text: String, toward direction: TypedDate.Direction) -> TypedDate? {
        TypedDate(text, today: todayNumber, toward: direction)
    }

    /// How old what this file knows is, as a sentence; nil where a sync was today or yesterday, or
    /// never was one.
    func staleness(_ speech: Speech) -> String? {
        guard let days = daysSinceSync, days >= Self.staleDays else { return nil }
        return speech(
            "The last sync was \(days) days ago: what others wrote since then is not here.",
            "L'ultima sincronizzazione è di \(days) giorni fa: quello che altri hanno scritto da"
                + " allora qui non c'è.")
    }

    /// So many days without a sync are worth a word: one day without a line is nothing unusual.
    private static let staleDays = 2
}
