import RientroClient
import Terminal

/// What somebody searches for, as a condition on a view: every word must be found somewhere.
struct SearchTerms {
    /// The condition; empty where there are no words.
    private(set) var conditions: [String] = []
    /// The values of its numbered parameters.
    private(set) var values: [SQLValue] = []

    /// Adds a condition in which `?` stands for the value each time.
    mutating func add(_ condition: String, _ value: SQLValue) {
        values.append(value)
        conditions.append(condition.replacing("?", with: "?\(values.count)"))
    }

    /// Adds that the column is one of these values.
    mutating func add(_ column: String, among list: [SQLValue]) {
        let first = values.count + 1
        values += list
        let marks = list.indices.map { "?\(first + $0)" }.joined(separator: ", ")
        conditions.append("\(column) IN (\(marks))")
    }

    /// Adds words; each must be in one of the columns, or among the debtor's codes and numbers.
    ///
    /// - Parameters:
    ///   - columns: columns of the view that are searched.
    ///   - debtor: the view's column that names the debtor.
    mutating func add(words: [String], columns: [String], debtor: String) {
        for word in words.flatMap({ $0.split(whereSeparator: \.isWhitespace) }) {
            let inColumns = columns.map { "\($0) LIKE ? ESCAPE '\\'" }.joined(separator: " OR ")
            let condition = """
                (\(inColumns) OR \(debtor) IN (
                  SELECT id FROM debtor WHERE codice_fiscale LIKE ? ESCAPE '\\'
                  OR partita_iva LIKE ? ESCAPE '\\')
                OR \(debtor) IN (SELECT debtor_id FROM contact_point
                  WHERE value LIKE ? ESCAPE '\\'))
                """
            add(condition, .text(Self.pattern(String(word))))
        }
    }

    /// The conditions as a WHERE clause; empty where there are none.
    var clause: String {
        conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: "\nAND ")
    }

    /// A pattern for LIKE that finds the word as it is, anywhere.
    private static func pattern(_ word: String) -> String {
        var pattern = "%"
        for character in word {
            if character == "%" || character == "_" || character == "\\" { pattern += "\\" }
            pattern.append(character)
        }
        return pattern + "%"
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
