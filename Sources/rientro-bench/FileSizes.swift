import RientroSQLite

/// G: what our file weighs more than the plain one after the same work.
struct FileSizes {
    /// Bytes more for each row, without what waits to be sealed.
    let rowBytes: Double
    /// Bytes of `pending` for each change that waits.
    let waitingBytes: Double
    /// Both together for each row: the files as they lie there.
    let fileBytes: Double
    let ours: Double
    let plain: Double

    init(ours: Connection, plain: Connection, changes: Int, rows: Int) throws {
        let waiting = Double(
            try ours.integer("SELECT sum(pgsize) FROM dbstat WHERE name = 'pending'") ?? 0)
        self.ours = try Self.used(ours)
        self.plain = try Self.used(plain)
        let more = self.ours - self.plain
        rowBytes = (more - waiting) / Double(rows)
        waitingBytes = waiting / Double(changes)
        fileBytes = more / Double(rows)
    }

    /// Bytes of the pages in use: those that are free will be filled before the file grows.
    private static func used(_ db: Connection) throws -> Double {
        let pages = try db.integer("PRAGMA page_count") ?? 0
        let free = try db.integer("PRAGMA freelist_count") ?? 0
        return Double((pages - free) * (try db.integer("PRAGMA page_size") ?? 0))
    }
}
