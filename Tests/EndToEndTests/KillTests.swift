import Foundation
import Glibc
import Testing

/// `kill -9` where it hurts: inside transactions, as the kernel's table of locks tells it.
@Suite("kill -9", .ownThreads, .timeLimit(.minutes(20)))
struct KillTests {
    /// What becomes of a process that is stopped at random moments until it is seen inside a write
    /// transaction, and then killed.
    private enum Fate {
        case killedInside, killedOutside, ended
    }

    /// Stops the process again and again; kills it inside a transaction, or where it was never seen
    /// inside one, at the last try.
    private func hunt(
        _ child: Child, _ database: String, by chance: inout Seeded, until over: () -> Bool
    ) throws -> Fate {
        for _ in 0..<400 {
            usleep(.random(in: 0...9_000, using: &chance))
            if child.hasEnded() { return .ended }
            child.freeze()
            if LockTable.isWriting(child.pid, database) {
                child.kill(SIGKILL)
                try child.wait(seconds: 10)
                return .killedInside
            }
            child.kill(SIGCONT)
            if over() { break }
        }
        child.kill(SIGKILL)
        try child.wait(seconds: 10)
        return .killedOutside
    }

    private func integrity(_ folder: Folder, _ database: String) throws {
        #expect(try Shell(folder).rows(database, "PRAGMA integrity_check") == ["ok"])
    }

    @Test("a server killed inside pushes loses nothing that it acknowledged, and doubles nothing")
    func server() throws {
        let firm = try Firm()
        let offices = [try firm.office("matera"), try firm.office("milano")]
        var chance = Seeded(1)
        var inside = 0
        var kills = 0
        var written = 0
        for round in 0..<Programs.rounds(8) {
            for (index, office) in offices.enumerated() {
                try office.writeNotes(600, marked: "r\(round) o\(index)")
            }
            written += 1_200
            let syncs = try offices.map { try $0.start("sync") }
            let server = try firm.running()
            let fate = try hunt(server.child, firm.database, by: &chance) {
                syncs.allSatisfy { $0.hasEnded() }
            }
            kills += 1
            if fate == .killedInside { inside += 1 }
            let ends = try syncs.map { try $0.wait(seconds: 60) }
            try integrity(firm.folder, firm.database)
            for (index, end) in ends.enumerated() {
                #expect(
                    end == .exit(0) || end == .exit(4) || end == .exit(1),
                    "round \(round): \(syncs[index].errors)")
                let there = try firm.rows(
                    "SELECT count(*) FROM contact_attempt WHERE note GLOB 'r\(round) o\(index) *'")
                // Acknowledged is there; what was not may be there whole, or not at all.
                #expect(end == .exit(0) ? there == ["600"] : ["0", "600"].contains(there[0]))
            }
            try firm.serve()
            for office in offices { try office.sync() }
            try offices[0].sync()
            let counts = ["\(written)|\(written)"]
            let sql = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
            #expect(try firm.rows(sql) == counts, "round \(round)")
            for office in offices { #expect(try office.rows(sql) == counts, "round \(round)") }
        }
        for office in offices { try office.verify() }
        try firm.centre("verify").expect(0)
        print("kill -9 of the server: \(inside) of \(kills) kills fell inside a transaction")
        #expect(inside * 2 >= kills, "too few kills inside a transaction: \(inside) of \(kills)")
    }

    @Test("an office killed inside merges has all of an answer or nothing, and loses no own row")
    func client() throws {
        let firm = try Firm()
        let writer = try firm.office("matera")
        let reader = try firm.office("milano")
        var chance = Seeded(2)
        var inside = 0
        var kills = 0
        for round in 0..<Programs.rounds(8) {
            try writer.writeNotes(1_000, marked: "w\(round)")
            try writer.sync()
            try reader.writeNotes(20, marked: "own\(round)")
            let sync = try reader.start("sync")
            let fate = try hunt(sync, reader.path, by: &chance) { false }
            #expect(fate != .ended || sync.end == .exit(0), "\(sync.errors)")
            kills += fate == .ended ? 0 : 1
            if fate == .killedInside { inside += 1 }
            try integrity(firm.folder, reader.path)
            let got = try reader.rows(
                "SELECT count(*) FROM contact_attempt WHERE note GLOB 'w\(round) *'")
            #expect(["0", "1000"].contains(got[0]), "round \(round): half an answer: \(got)")
            let own = ["\((round + 1) * 20)"]
            let sql = "SELECT count(DISTINCT note) FROM contact_attempt WHERE note GLOB 'own*'"
            #expect(try reader.rows(sql) == own)
            try reader.sync()
            #expect(try firm.rows(sql) == own)
            let all = ["\((round + 1) * 1_020)|\((round + 1) * 1_020)"]
            let both = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
            #expect(try reader.rows(both) == all, "round \(round)")
            #expect(try firm.rows(both) == all, "round \(round)")
        }
        try writer.sync()
        for office in [writer, reader] { try office.verify() }
        print("kill -9 of an office: \(inside) of \(kills) kills fell inside a transaction")
        #expect(kills * 2 >= Programs.rounds(8), "the office ended before it was killed")
        #expect(inside * 2 >= kills, "too few kills inside a transaction: \(inside) of \(kills)")
    }

    @Test("an enrolment killed anywhere goes on when the same command is given again")
    func enrolment() throws {
        let firm = try Firm(accounts: 200)
        var chance = Seeded(3)
        for round in 0..<Programs.rounds(4) {
            let (number, code) = try firm.code("office \(round)", ["MATERA"])
            let office = Office(
                folder: firm.folder, path: firm.folder("r\(round).replica"), number: number)
            for _ in 0..<4 {
                let first = try office.start("init", "--server", firm.line.url, "--code", code)
                usleep(.random(in: 5_000...400_000, using: &chance))
                first.kill(SIGKILL)
                try first.wait(seconds: 10)
                if FileManager.default.fileExists(atPath: office.path) { break }
            }
            if !FileManager.default.fileExists(atPath: office.path) {
                try office.run("init", "--server", firm.line.url, "--code", code).expect(0)
            }
            try office.sync()
            #expect(try office.rows("SELECT count(*) FROM account") == ["200"])
            #expect(try office.status()["replica"].number == number)
            try office.verify()
        }
    }

    @Test("an import killed in the middle has loaded nothing, and loads all when it is run again")
    func importing() throws {
        let firm = try Firm()
        let file = try firm.folder.write(
            "more.csv", HandOverFile.text(creditor: "C-LATE", accounts: 1_500))
        try firm.centre("creditor", "add", id: "C-LATE", "--name", "Late").expect(0)
        var chance = Seeded(4)
        let words = ["import", firm.centre, file, "--portfolio", "MATERA"]
        let child = try firm.folder.start(Programs.centre, words)
        let fate = try hunt(child, firm.database, by: &chance) { false }
        #expect(fate == .killedInside, "\(fate): \(child.output) \(child.errors)")
        try integrity(firm.folder, firm.database)
        let sql = "SELECT count(*) FROM account WHERE creditor_id = 'C-LATE'"
        #expect(try firm.rows(sql) == ["0"])
        try firm.run(words).expect(0)
        #expect(try firm.rows(sql) == ["1500"])
        try firm.run(words).expect(0).says("already")
        #expect(try firm.rows(sql) == ["1500"])
    }
}
