import RientroSQLite
import Simulation
import Testing

/// A database in which half a transaction would show: transaction n writes `partsCount` rows that
/// carry n, and n into the one row of `last`, and changes the rows of an earlier one.
struct Tally {
    let disk: SimulatedDisk
    let journalMode: String
    let synchronous: String

    static let path = "tally.db"
    static let partsCount = 5

    /// Opens it, and makes what is missing. A small cache, so that pages are written while a
    /// transaction is still open, and few pages in the log before it is written back.
    func open() throws -> Connection {
        let db = try Connection(path: Self.path, vfs: disk.name)
        try db.execute("PRAGMA journal_mode = \(journalMode); PRAGMA synchronous = \(synchronous)")
        try db.execute("PRAGMA wal_autocheckpoint = 30; PRAGMA cache_size = 8")
        try db.transaction {
            try db.execute(
                """
                CREATE TABLE IF NOT EXISTS part (
                    number INTEGER NOT NULL, place INTEGER NOT NULL, rewritten INTEGER,
                    filler BLOB NOT NULL, PRIMARY KEY (number, place)) WITHOUT ROWID
                """)
            try db.execute(
                """
                CREATE TABLE IF NOT EXISTS last (id INTEGER PRIMARY KEY, number INTEGER NOT NULL);
                INSERT OR IGNORE INTO last (id, number) VALUES (1, 0)
                """)
        }
        return db
    }

    /// Writes transaction `number`, whole.
    func write(_ number: Int, to db: Connection) throws {
        try db.transaction {
            for place in 1...Self.partsCount {
                try db.run(
                    "INSERT INTO part (number, place, filler) VALUES (?, ?, randomblob(900))",
                    .integer(Int64(number)), .integer(Int64(place)))
            }
            try db.run(
                "UPDATE part SET rewritten = ?, filler = randomblob(900) WHERE number = ?",
                .integer(Int64(number)), .integer(Int64(number / 2)))
            try db.run("UPDATE last SET number = ?", .integer(Int64(number)))
        }
    }

    /// The number of the last transaction, if the file is sound and holds whole transactions
    /// only; else nil.
    func soundNumber() -> Int? {
        do {
            let db = try open()
            guard try db.text("PRAGMA integrity_check") == "ok" else { return nil }
            let last = try db.integer("SELECT number FROM last") ?? -1
            let whole = try db.integer(
                """
                SELECT count(*) FROM (
                    SELECT number FROM part GROUP BY number
                    HAVING count(*) = ? AND count(DISTINCT coalesce(rewritten, 0)) = 1)
                """, .integer(Int64(Self.partsCount)))
            let rewritten = try db.integer("SELECT max(rewritten) FROM part") ?? 0
            let rows = try db.integer("SELECT count(*) FROM part")
            // Transaction 1 has nothing earlier to rewrite.
            let isWhole =
                whole == last && rows == last * Int64(Self.partsCount)
                && rewritten == (last < 2 ? 0 : last)
            return isWhole ? Int(last) : nil
        } catch {
            return nil
        }
    }
}

/// What became of a tally by one fault.
struct Aftermath {
    /// The last transaction whose commit had returned.
    let committed: Int
    /// The last that was found afterwards; nil: the file was damaged, or held half of one.
    let found: Int?
}

extension Tally {
    /// Writes transactions from `first` on until the machine dies in the disk's operation `count`
    /// from now, which is in the middle of one; lets `fault` happen, and looks what is there.
    func die(
        from first: Int, inOperation count: Int, _ fault: (SimulatedDisk) -> Void
    ) throws -> Aftermath {
        var committed = first - 1
        do {
            // It is closed after the machine has been revived, which must do no harm.
            let db = try open()
            disk.writesUntilDeath = count
            while true {
                do { try write(committed + 1, to: db) } catch { break }
                committed += 1
            }
            #expect(disk.isDead)
            fault(disk)
            disk.revive()
        }
        return Aftermath(committed: committed, found: soundNumber())
    }
}
