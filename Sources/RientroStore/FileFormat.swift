package import RientroSQLite

/// The version of the file format, in SQLite's own header, where every program can read it before
/// it knows any table.
///
/// A newer version is refused, since mending by an older program's idea of the tables would spoil
/// them. A missing version is no reason to refuse: `.dump` forgets it, and any program may write
/// it. Then the tables decide, and the version is written again.
package enum FileFormat {
    /// The version that this program makes, and the newest that it opens.
    package static let version: Int64 = 1

    /// `Rnto` in ASCII, for `file` and the like, which else could say no more of an office's file
    /// than that it is SQLite's. SQLite's list of such ids, `magic.txt`, has another for each of
    /// its programs.
    package static let replicaID: Int64 = 0x526E_746F
    /// `Rntc` in ASCII: another than a replica's, so that nobody takes one file for the other.
    package static let centreID: Int64 = 0x526E_7463

    /// The version that the file says it has; 0 where it says none.
    package static func version(of db: Connection) throws(SQLiteError) -> Int64 {
        // The number has a sign, and ours has never been negative.
        max(0, try db.integer("PRAGMA user_version") ?? 0)
    }

    /// Writes version and id, in the caller's transaction.
    package static func write(_ role: Store.Role, on db: Connection) throws(SQLiteError) {
        try db.execute("PRAGMA user_version = \(version)")
        try db.execute("PRAGMA application_id = \(id(of: role))")
    }

    /// Writes what is missing of both. An id that another program has put there stays: it is for
    /// people to look at, and decides nothing.
    package static func mend(_ role: Store.Role, on db: Connection) throws(SQLiteError) {
        if try version(of: db) == 0 { try db.execute("PRAGMA user_version = \(version)") }
        if try db.integer("PRAGMA application_id") == 0 {
            try db.execute("PRAGMA application_id = \(id(of: role))")
        }
    }

    private static func id(of role: Store.Role) -> Int64 {
        switch role {
        case .replica: replicaID
        case .centre: centreID
        }
    }
}
