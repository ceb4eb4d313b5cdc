import RientroSQLite
import Simulation
import Testing

extension SimulationSuite {
    @Suite("A simulated disk") struct SimulatedDiskTests {
        private static func prepare(_ disk: SimulatedDisk, _ mode: String) throws -> Connection {
            let db = try Connection(path: "a.db", vfs: disk.name)
            #expect(try db.text("PRAGMA journal_mode = \(mode)") == mode.lowercased())
            try db.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
            return db
        }

        @Test(
            "carries a database that two connections share",
            arguments: ["DELETE", "TRUNCATE", "PERSIST", "WAL"])
        func shared(mode: String) throws {
            let disk = SimulatedDisk(name: "shared", seed: 1)
            let one = try Self.prepare(disk, mode)
            let two = try Connection(path: "a.db", vfs: disk.name)
            for number in 1...200 {
                let writer = number % 2 == 0 ? one : two
                try writer.run("INSERT INTO note (text) VALUES (?)", .text("note \(number)"))
                let reader = number % 2 == 0 ? two : one
                #expect(try reader.integer("SELECT count(*) FROM note") == Int64(number))
            }
            #expect(try one.text("PRAGMA integrity_check") == "ok")
            #expect(disk.syncs > 200)
        }

        @Test("isolates a reader from a writer in WAL mode, and writers from each other")
        func isolatedLog() throws {
            let disk = SimulatedDisk(name: "isolated", seed: 1)
            let writer = try Self.prepare(disk, "WAL")
            let reader = try Connection(path: "a.db", vfs: disk.name)
            try reader.execute("BEGIN")
            #expect(try reader.integer("SELECT count(*) FROM note") == 0)
            try writer.execute("BEGIN IMMEDIATE; INSERT INTO note (text) VALUES ('a')")
            #expect(try reader.integer("SELECT count(*) FROM note") == 0)
            let refused = #expect(throws: SQLiteError.self) {
                try Connection(path: "a.db", vfs: disk.name).execute("BEGIN IMMEDIATE")
            }
            #expect(refused?.isBusy == true)
            #expect(disk.sleptMicroseconds >= 15_000_000)
            try writer.execute("COMMIT")
            #expect(try reader.integer("SELECT count(*) FROM note") == 0)
            try reader.execute("COMMIT")
            #expect(try reader.integer("SELECT count(*) FROM note") == 1)
        }

        @Test("lets a writer of a rollback journal wait for readers, and readers for it")
        func isolatedJournal() throws {
            let disk = SimulatedDisk(name: "isolated", seed: 1)
            let writer = try Self.prepare(disk, "DELETE")
            let reader = try Connection(path: "a.db", vfs: disk.name)
            let late = try Connection(path: "a.db", vfs: disk.name)
            try reader.execute("BEGIN")
            #expect(try reader.integer("SELECT count(*) FROM note") == 0)
            try writer.execute("BEGIN IMMEDIATE; INSERT INTO note (text) VALUES ('a')")
            // Reserved: others still read, and none writes.
            #expect(try late.integer("SELECT count(*) FROM note") == 0)
            let second = #expect(throws: SQLiteError.self) { try late.execute("BEGIN IMMEDIATE") }
            #expect(second?.isBusy == true)
            // The reader is in the way of the commit, which is then pending: no new readers.
            let commit = #expect(throws: SQLiteError.self) { try writer.execute("COMMIT") }
            #expect(commit?.isBusy == true)
            let tooLate = #expect(throws: SQLiteError.self) {
                try late.integer("SELECT count(*) FROM note")
            }
            #expect(tooLate?.isBusy == true)
            try reader.execute("COMMIT")
            try writer.execute("COMMIT")
            #expect(try late.integer("SELECT count(*) FROM note") == 1)
        }

        @Test("holds the same bytes after the same work with the same seed, and else others")
        func deterministic() throws {
            func bytes(seed: UInt64, mode: String) throws -> SimulatedDisk.Snapshot {
                let disk = SimulatedDisk(name: "bytes", seed: seed)
                let other = SimulatedDisk(name: "other", seed: 9)
                let db = try Self.prepare(disk, mode)
                let beside = try Self.prepare(other, "WAL")
                for _ in 0..<50 {
                    try db.execute("INSERT INTO note (text) VALUES (hex(randomblob(8)))")
                    try beside.execute("INSERT INTO note (text) VALUES (random())")
                }
                return disk.snapshot()
            }
            for mode in ["WAL", "PERSIST"] {
                let first = try bytes(seed: 1, mode: mode)
                #expect(try bytes(seed: 1, mode: mode) == first)
                #expect(try bytes(seed: 2, mode: mode) != first)
            }
        }

        @Test(
            "gives SQL its clock, whatever it says",
            arguments: [
                (0, "1970-01-01 00:00:00.000"), (1_781_697_600_123, "2026-06-17 12:00:00.123"),
                (-2_208_988_800_000, "1900-01-01 00:00:00.000"),
                (253_402_300_799_999, "9999-12-31 23:59:59.999"),
            ])
        func clock(now: Int64, text: String) throws {
            let disk = SimulatedDisk(name: "clock", seed: 1)
            let db = try Connection(path: "a.db", vfs: disk.name)
            disk.now = now
            #expect(try db.text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')") == text)
            #expect(try db.integer("SELECT unixepoch('now')") == now / 1000)
            for far in [Int64.max, .min] {
                disk.now = far
                #expect(try db.text("SELECT datetime('now')") == nil)
            }
        }

        @Test("gives SQL its randomness") func randomness() throws {
            func blobs(seed: UInt64) throws -> [String?] {
                let disk = SimulatedDisk(name: "random", seed: seed)
                let db = try Connection(path: "a.db", vfs: disk.name)
                return try (0..<10).map { _ in try db.text("SELECT hex(randomblob(16))") }
            }
            let first = try blobs(seed: 1)
            #expect(Set(first).count == 10)
            #expect(try blobs(seed: 1) == first)
            #expect(Set(try blobs(seed: 2)).isDisjoint(with: first))
            // The default VFS has been put back, and seeds nobody by itself.
            let usual = try Connection(path: ":memory:")
            #expect(try usual.integer("SELECT 1") == 1)
        }

        @Test("that is full says so, undoes the transaction, and goes on once there is room")
        func full() throws {
            for mode in ["WAL", "DELETE"] {
                let disk = SimulatedDisk(name: "full", seed: 1)
                let db = try Self.prepare(disk, mode)
                try db.execute("INSERT INTO note (text) VALUES ('before')")
                disk.capacity = 200_000
                let insert = "INSERT INTO note (text) VALUES (hex(zeroblob(3000)))"
                let refused = #expect(throws: SQLiteError.self) {
                    try db.transaction { for _ in 0..<100 { try db.run(insert) } }
                }
                #expect(refused?.isFull == true)
                #expect(refused?.primaryCode == 13)
                #expect(try db.integer("SELECT count(*) FROM note") == 1)
                disk.capacity = nil
                try db.transaction { for _ in 0..<100 { try db.run(insert) } }
                #expect(try db.integer("SELECT count(*) FROM note") == 101)
                #expect(try db.text("PRAGMA integrity_check") == "ok")
            }
        }

        @Test("whose shared memory has no room cannot open a log, and says that it is full")
        func fullMemory() throws {
            let disk = SimulatedDisk(name: "full", seed: 1)
            do { _ = try Self.prepare(disk, "WAL") }
            disk.capacity = disk.files.reduce(100) { $0 + (disk.contents(of: $1)?.count ?? 0) }
            let refused = #expect(throws: SQLiteError.self) {
                try Connection(path: "a.db", vfs: disk.name)
                    .integer("SELECT count(*) FROM note")
            }
            #expect(refused?.isFull == true)
        }

        @Test("lets its files be copied while a connection is open, and the copy is a database")
        func copies() throws {
            let disk = SimulatedDisk(name: "original", seed: 1)
            let other = SimulatedDisk(name: "copy", seed: 2)
            let db = try Self.prepare(disk, "WAL")
            try db.execute("INSERT INTO note (text) VALUES ('a'), ('b')")
            #expect(disk.files == ["a.db", "a.db-wal"])
            for path in disk.files {
                try disk.copy(of: path, onto: other, as: "b" + path.dropFirst())
                try disk.copyFile(from: path, to: "c" + path.dropFirst())
            }
            let missing = #expect(throws: SimulatedDisk.NoSuchFile.self) {
                try disk.copyFile(from: "x", to: "y")
            }
            #expect(missing?.path == "x")
            try db.execute("INSERT INTO note (text) VALUES ('c')")
            for (path, disk) in [("b.db", other), ("c.db", disk)] {
                let copy = try Connection(path: path, vfs: disk.name)
                #expect(try copy.integer("SELECT count(*) FROM note") == 2)
                try copy.execute("INSERT INTO note (text) VALUES ('d'), ('e')")
                #expect(try copy.text("PRAGMA integrity_check") == "ok")
            }
            #expect(try db.integer("SELECT count(*) FROM note") == 3)
        }

        @Test("can be put back to what it was") func snapshot() throws {
            let disk = SimulatedDisk(name: "back", seed: 1)
            do { try Self.prepare(disk, "WAL").execute("INSERT INTO note (text) VALUES ('a')") }
            let before = disk.snapshot()
            do {
                let db = try Connection(path: "a.db", vfs: disk.name)
                try db.execute("INSERT INTO note (text) VALUES ('b')")
                disk.kill()
            }
            disk.put([1], at: "other")
            disk.revive()
            disk.restore(before)
            #expect(disk.snapshot() == before)
            let db = try Connection(path: "a.db", vfs: disk.name)
            #expect(try db.integer("SELECT count(*) FROM note") == 1)
        }
    }
}
