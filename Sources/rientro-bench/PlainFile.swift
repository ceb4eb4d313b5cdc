import RientroProtocol
import RientroSQLite
import RientroStore

/// The baseline: the same tables with the same checks and defaults in a plain SQLite file, without
/// stamps, triggers and the engine's own tables; the same wrapper, and the same durability.
struct PlainFile {
    /// Makes the file. Its tables are ours without the columns of the stamps.
    static func create(at path: String, schema: Schema, hasIndexes: Bool) throws {
        let db = try Connection(path: path)
        try db.execute("PRAGMA journal_mode = WAL")
        let ours = Set(schema.tables.map(\.name))
        try db.transaction {
            for object in Store.objects(schema, role: .centre) {
                if object.type == "table", ours.contains(object.name) {
                    try db.execute(withoutStamps(object.sql))
                } else if object.type == "index", hasIndexes,
                    ours.contains(where: { object.sql.contains(" ON \"\($0)\"(") })
                {
                    try db.execute(object.sql)
                }
            }
        }
    }

    /// A connection with the durability of ours: a commit is on the disk when it returns.
    static func open(_ path: String) throws -> Connection {
        let db = try Connection(path: path, mode: .readWrite)
        try db.execute("PRAGMA synchronous = FULL")
        return db
    }

    private static func withoutStamps(_ sql: String) -> String {
        var lines = sql.split(separator: "\n").map(String.init).filter {
            !$0.hasSuffix("_stamp\" INTEGER,") && !$0.hasSuffix("_stamp\" INTEGER")
                && !$0.hasSuffix("born_stamp INTEGER,") && !$0.hasSuffix("born_stamp INTEGER")
        }
        // What is now the last column must not end with a comma.
        let last = lines.count - 2
        if lines[last].hasSuffix(",") { lines[last].removeLast() }
        return lines.joined(separator: "\n")
    }
}
