import RientroSQLite
import RientroServer
import Terminal

/// What a command needs of the centre that its command line names.
extension Parsed {
    /// The centre in DIR, as whose owner the process runs from now on. Throws
    /// `CentreError.noCentre`, `CommandError.notTheOwner`.
    func centre() throws -> Centre {
        let folder = try required("DIR")
        try FolderOwner.become(ofFolder: folder)
        return try Centre.open(folder: folder)
    }

    /// An engine that writes to the centre in DIR, beside a running server.
    func writingEngine() throws -> CentreEngine {
        let engine = try centre().engine(.readWrite)
        engine.db.setBusyTimeout(milliseconds: Self.patienceMilliseconds)
        return engine
    }

    /// How long a command waits for another that writes: an import of 100,000 accounts holds the
    /// lock for about a minute.
    private static var patienceMilliseconds: Int32 { 180_000 }

    /// An engine that reads the centre in DIR.
    func readingEngine() throws -> CentreEngine { try centre().engine(.readOnly) }
}

extension CentreEngine {
    /// Whether the centre's schema has a table with this name.
    func hasTable(_ name: String) throws -> Bool {
        try db.integer(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", .text(name)) == 1
    }

    /// The columns of a table, in order.
    func columns(of table: String) throws -> [String] {
        try db.rows("SELECT name FROM pragma_table_info(?)", .text(table)) { $0.text(0) }
    }
}
