import RientroSQLite
import Simulation
import Testing

extension SimulationSuite {
    @Suite("A dead machine") struct DeadMachineTests {
        @Test("answers nothing, opens nothing, and its connections stay dead after revival")
        func dead() throws {
            let disk = SimulatedDisk(name: "dead", seed: 1)
            let tally = Tally(disk: disk, journalMode: "WAL", synchronous: "FULL")
            let old = try tally.open()
            try tally.write(1, to: old)
            disk.kill()
            #expect(disk.isDead)
            let read = #expect(throws: SQLiteError.self) {
                try old.integer("SELECT count(*) FROM part")
            }
            #expect(read?.primaryCode == 10)
            let opened = #expect(throws: SQLiteError.self) { try tally.open() }
            #expect(opened?.isCannotOpen == true)
            disk.revive()
            let new = try tally.open()
            try tally.write(2, to: new)
            #expect(throws: SQLiteError.self) { try tally.write(3, to: old) }
            #expect(throws: SQLiteError.self) { try old.integer("SELECT count(*) FROM part") }
            try tally.write(3, to: new)
            #expect(try new.integer("SELECT number FROM last") == 3)
        }

        @Test("dies in the operation that was told, and counts it", arguments: [1, 2, 7])
        func moment(count: Int) throws {
            let disk = SimulatedDisk(name: "moment", seed: 1)
            let tally = Tally(disk: disk, journalMode: "DELETE", synchronous: "FULL")
            let db = try tally.open()
            let before = disk.operations
            disk.writesUntilDeath = count
            #expect(throws: SQLiteError.self) {
                for number in 1...9 { try tally.write(number, to: db) }
            }
            #expect(disk.isDead)
            #expect(disk.operations == before + count)
            #expect(disk.writesUntilDeath == nil)
        }

        @Test("dies in a sync where it was told: all is written, and nothing of it durable")
        func inSync() throws {
            var found: Set<Int?> = []
            for seed in 1...30 {
                let disk = SimulatedDisk(name: "sync", seed: UInt64(seed))
                let tally = Tally(disk: disk, journalMode: "WAL", synchronous: "FULL")
                let losesPower = seed.isMultiple(of: 2)
                do {
                    let db = try tally.open()
                    try tally.write(1, to: db)
                    (disk.writesUntilDeath, disk.diesInSync) = (1, true)
                    let syncs = disk.syncs
                    #expect(throws: SQLiteError.self) { try tally.write(2, to: db) }
                    #expect(disk.isDead && disk.syncs == syncs && !disk.diesInSync)
                    if losesPower { disk.powerCut() }
                    disk.revive()
                }
                let number = tally.soundNumber()
                if losesPower { found.insert(number) } else { #expect(number == 2) }
            }
            #expect(found == [1, 2])
        }

        @Test("cuts the write it dies in at the end of a sector") func torn() throws {
            var lengths: Set<Int> = []
            for seed in 1...60 {
                let disk = SimulatedDisk(name: "torn", seed: UInt64(seed))
                let db = try Connection(path: "a.db", vfs: disk.name)
                try db.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                disk.writesUntilDeath = 1
                #expect(throws: SQLiteError.self) { try db.execute("CREATE TABLE a (b)") }
                lengths.insert(disk.contents(of: "a.db")?.count ?? 0)
            }
            #expect(lengths.isSubset(of: Set((0...8).map { $0 * 512 })))
            #expect(lengths.count > 5)
        }

        @Test("frees its locks: the next process writes at once", arguments: ["WAL", "DELETE"])
        func locks(journalMode: String) throws {
            let disk = SimulatedDisk(name: "locks", seed: 1)
            let tally = Tally(disk: disk, journalMode: journalMode, synchronous: "FULL")
            let old = try tally.open()
            try old.execute("BEGIN EXCLUSIVE; UPDATE last SET number = 7")
            disk.kill()
            disk.revive()
            let new = try tally.open()
            #expect(try new.integer("SELECT number FROM last") == 0)
            try tally.write(1, to: new)
            #expect(disk.sleptMicroseconds == 0)
        }

        @Test("leaks nothing: all handles are given back, and the disk goes with the last")
        func leaks() throws {
            weak var gone: SimulatedDisk?
            do {
                var connections: [Connection] = []
                let disk = SimulatedDisk(name: "leaks", seed: 1)
                gone = disk
                for round in 0..<30 {
                    let mode = round % 2 == 0 ? "WAL" : "DELETE"
                    let tally = Tally(disk: disk, journalMode: mode, synchronous: "FULL")
                    for path in disk.files { disk.remove(path) }
                    let db = try tally.open()
                    try db.execute("BEGIN IMMEDIATE; CREATE TEMP TABLE t AS SELECT 1")
                    try db.execute("UPDATE last SET number = 7")
                    connections.append(db)
                    if round % 3 == 0 { disk.powerCut() } else { disk.kill() }
                    disk.revive()
                }
                #expect(disk.openHandles >= 30)
                connections.removeAll()
                #expect(disk.openHandles == 0)
            }
            #expect(gone == nil)
            // The name is free again.
            _ = SimulatedDisk(name: "leaks", seed: 1)
        }

        @Test("may lose its disk before its connection is closed") func early() throws {
            var disk: SimulatedDisk? = SimulatedDisk(name: "early", seed: 1)
            weak let kept = disk
            var db: Connection? = try Connection(path: "a.db", vfs: "early")
            try db?.execute("CREATE TABLE a (b)")
            disk?.unregister()
            #expect(throws: SQLiteError.self) { try Connection(path: "a.db", vfs: "early") }
            disk = nil
            try db?.execute("INSERT INTO a VALUES (1)")
            #expect(kept?.openHandles == 1)
            db = nil
            #expect(kept == nil)
        }
    }
}
