import RientroClient
import Terminal

/// What is asked of a view, as its WHERE clause: every condition must hold.
struct SearchTerms {
    private var conditions: [String] = []
    /// The values of its numbered parameters.
    private(set) var values: [SQLValue] = []

    /// Adds a condition in which `?` stands for the value each time.
    mutating func add(_ condition: String, _ value: SQLValue) {
        values.append(value)
        conditions.append(condition.replacing("?", with: "?\(values.count)"))
    }

    /// Adds that the id is one of these, however many they are.
    mutating func add(ids: [String]) {
        add("id IN (SELECT value FROM json_each(?))", .text(IDList.json(ids)))
    }

    /// The conditions as a WHERE clause; empty where there are none.
    var clause: String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: "\nAND ")
    }
}

/// How long a list is that nobody limited.
enum ListLimit {
    /// So many rows are shown to people unless told: two screens.
    private static let rowsShown = 50
    /// The largest limit that may be asked for.
    private static let rowsMax = 10_000_000

    /// The option of every list.
    static let option = Option.value(
        "limit", "N", "So many rows at most, 0 for all: 50 unless told, all with --json")

    /// The limit for SQL, in which -1 means none.
    static func rows(_ session: Session) throws(OfficeError) -> Int {
        if let asked = try session.integer("limit", in: 0...rowsMax) {
            return asked == 0 ? -1 : asked
        }
        return session.output.style == .json ? -1 : rowsShown
    }
}
