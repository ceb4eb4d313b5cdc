internal import RientroProtocol
internal import RientroSQLite

/// What a column may hold, as a condition in built-in SQL that says what
/// `Schema.Column.refusal(of:)` says. NULL is neither true nor false, so a CHECK lets it through.
///
/// SQL's `length` and GLOB end at a NUL character, so texts of a fixed form are measured in bytes.
enum ColumnCheckSQL {
    /// The condition; nil where the type alone, or a look at other rows, decides.
    static func text(of column: Schema.Column) -> String? {
        let name = SQL.name(column.name)
        switch column.limit {
        case .none: return nil
        case .bytes(let most): return "\(bytes(name)) <= \(most)"
        case .range(let low, let high):
            return "\(name) BETWEEN \(TableDDL.integer(low)) AND \(TableDDL.integer(high))"
        case .codes(let codes):
            return "\(name) IN (\(codes.map(SQL.text).joined(separator: ", ")))"
        case .codeList: return "\(bytes(name)) BETWEEN 1 AND \(column.bytesMax)"
        case .date: return isDate(name)
        case .moment: return isMoment(name)
        case .letters(let alphabet, let least, let most):
            return isOf(alphabet.rawValue, least, most, name)
        case .key: return isKey(name)
        case .id, .sibling: return isUUID(name)
        }
    }

    /// Whether the text is a UUID of any version in lower case.
    static func isUUID(_ name: String) -> String {
        let groups = [8, 4, 4, 4, 12].map { String(repeating: "[0-9a-f]", count: $0) }
        return "\(name) GLOB '\(groups.joined(separator: "-"))' AND \(bytes(name)) = 36"
    }

    /// Whether the text is a key of a reference table.
    static func isKey(_ name: String) -> String {
        isOf("A-Za-z0-9_-", 1, Limits.referenceKeyBytesMax, name)
    }

    private static func isOf(
        _ letters: String, _ least: Int, _ most: Int, _ name: String
    ) -> String {
        "length(\(name)) BETWEEN \(least) AND \(most) AND \(name) NOT GLOB '*[^\(letters)]*'"
            + " AND \(bytes(name)) = length(\(name))"
    }

    // date() turns a date that does not exist into another one, but only when it computes: without
    // a modifier it gives 30 February back as it came. The year 0, which SQL has, is none in
    // `LocalDate`.
    private static func isDate(_ text: String) -> String {
        "date(\(text), '+0 days') IS \(text) AND \(text) >= '0001'"
    }

    /// Not by strftime(): it computes the thousandths with floating point, and would refuse some.
    private static func isMoment(_ name: String) -> String {
        let time = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z"
        return "\(name) GLOB '??????????T\(time)' AND \(bytes(name)) = 24"
            + " AND substr(\(name), 12, 2) < '24' AND \(isDate("substr(\(name), 1, 10)"))"
    }

    private static func bytes(_ name: String) -> String { "length(CAST(\(name) AS BLOB))" }
}
