internal import RientroClient
internal import RientroSQLite

/// Statements on a file, by the library or by any other program; values are text or NULL.
struct Statements {
    private let all: (String, [String]) throws -> [[String?]]

    init(library db: Database) {
        all = { sql, values in
            try db.rows(sql, values.map { .text($0) }).map { row in
                row.values.map(Self.text)
            }
        }
    }

    init(shell db: Connection) {
        all = { sql, values in
            var found: [[String?]] = []
            try db.forEach(sql, values.map { .text($0) }) { row in
                found.append((0..<row.columnCount).map { row.optionalText($0) })
            }
            return found
        }
    }

    /// All rows.
    func rows(_ sql: String, _ values: [String] = []) throws -> [[String?]] {
        try all(sql, values)
    }

    /// The first row.
    func row(_ sql: String, _ values: [String] = []) throws -> [String?]? {
        try all(sql, values).first
    }

    private static func text(_ value: SQLValue) -> String? {
        switch value {
        case .null: nil
        case .text(let text): text
        case .integer(let integer): "\(integer)"
        case .real(let real): "\(real)"
        case .blob: ""
        }
    }
}
