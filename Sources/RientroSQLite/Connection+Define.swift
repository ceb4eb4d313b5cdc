internal import CRientroSQLite

/// What a statement of a schema makes.
package enum DefinedKind: String, Sendable {
    case table
    case index
    case view
    case trigger
}

/// Running the text of a schema that was not written here: it came in a file or over the line, and
/// may hold more than the one object that it should make.
extension Connection {
    /// Makes one table, index, view or trigger by its own statement.
    ///
    /// The text must be exactly one statement, and it may do nothing but make the object of this
    /// kind and name: whatever else it asks for is denied while it is prepared
    /// (<https://www.sqlite.org/c3ref/set_authorizer.html>). Throws `SQLiteError`; then nothing
    /// was made.
    package func define(_ kind: DefinedKind, name: String, sql: String) throws(SQLiteError) {
        let door = DefinitionDoor(kind: kind, name: name)
        let pointer = Unmanaged.passUnretained(door).toOpaque()
        sqlite3_set_authorizer(
            handle,
            { pointer, action, first, second, _, _ in
                DefinitionDoor.decide(pointer, action, first, second)
            }, pointer)
        defer {
            OutsideFunctions.refuse(on: handle)
            withExtendedLifetime(door) {}
        }
        let made = try Statement(only: sql, handle: handle)
        try made.run()
    }
}

/// What may be asked for while one object is made.
private final class DefinitionDoor {
    private let kind: DefinedKind
    private let name: String

    init(kind: DefinedKind, name: String) {
        self.kind = kind
        self.name = name
    }

    static func decide(
        _ pointer: UnsafeMutableRawPointer?, _ action: Int32, _ first: UnsafePointer<CChar>?,
        _ second: UnsafePointer<CChar>?
    ) -> Int32 {
        guard let pointer else { return SQLITE_DENY }
        let door = Unmanaged<DefinitionDoor>.fromOpaque(pointer).takeUnretainedValue()
        let isAllowed = door.allows(
            action, first.map { String(cString: $0) } ?? "",
            second.map { String(cString: $0) } ?? "")
        return isAllowed ? SQLITE_OK : SQLITE_DENY
    }

    private func allows(_ action: Int32, _ first: String, _ second: String) -> Bool {
        switch action {
        case SQLITE_CREATE_TABLE: kind == .table && first == name
        case SQLITE_CREATE_VIEW: kind == .view && first == name
        case SQLITE_CREATE_TRIGGER: kind == .trigger && first == name
        // A table's own key is an index of SQLite's making.
        case SQLITE_CREATE_INDEX:
            kind == .index
                ? first == name
                : kind == .table && first.hasPrefix("sqlite_autoindex_") && second == name
        // An index is filled as it is made.
        case SQLITE_REINDEX: kind == .index && first == name
        // Each object is a row of SQLite's own table.
        case SQLITE_INSERT, SQLITE_UPDATE: first == "sqlite_master" || first == "sqlite_schema"
        case SQLITE_READ, SQLITE_SELECT, SQLITE_RECURSIVE: true
        case SQLITE_FUNCTION: !OutsideFunctions.names.contains(second.lowercased())
        default: false
        }
    }
}
