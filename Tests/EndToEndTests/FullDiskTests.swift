import Foundation
import Testing

/// Offices whose disk is full, on file systems that are small enough to be filled.
@Suite("an office's disk is full", .ownThreads, .timeLimit(.minutes(10)))
struct FullDiskTests {
    /// An office on a small disk, and one with work for it on the ordinary one.
    private struct Scene {
        let outer = try? Folder()
        let disk: SmallDisk
        let firm: Firm
        let matera: Office
        let milano: Office

        init(_ kind: SmallDisk.Kind, megabytes: Int) throws {
            firm = try Firm()
            disk = try SmallDisk(firm.folder, "disk", kind, megabytes: megabytes)
            milano = try firm.office("milano")
            let (number, code) = try firm.code("matera", ["MATERA"])
            matera = Office(folder: firm.folder, path: disk("matera.replica"), number: number)
            try matera.run("init", "--server", firm.line.url, "--code", code).expect(0)
        }

        func isWhole() throws -> Bool {
            try Shell(firm.folder).rows(matera.path, "PRAGMA integrity_check") == ["ok"]
        }
    }

    @Test(
        "nothing is written on a full disk, the office is told what to do, and goes on afterwards",
        arguments: SmallDisk.Kind.allCases)
    func writing(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 10)
        let (matera, disk) = (scene.matera, scene.disk)
        try matera.writeNotes(10, marked: "before")
        try disk.fill()
        let note = ["--channel", "phone", "--outcome", "NA", String(repeating: "x", count: 7_000)]
        // The write-ahead log may have room for a few small ones yet.
        var written = 0
        var refused: Answer?
        while refused == nil, written < 200 {
            let answer = try scene.firm.folder.run(
                Programs.office, ["note", matera.path, "C-MATERA-0001", "--json"] + note,
                environment: ["RIENTRO_OPERATOR": "MROSSI"])
            if answer.exit == 0 { written += 1 } else { refused = answer }
        }
        let full = try #require(refused, "the disk never was full")
        try full.expect(1).says("the disk is full", "nothing was written", "make room", "disk_full")
        try matera.run("pay", "C-MATERA-0001", "10").expect(1).says("disk is full", "make room")
        let shell = try Shell(scene.firm.folder).answer(
            matera.path, "UPDATE account SET note = printf('%.7000c', 'x');")
        // SQLite itself says "disk I/O error" where the log's index has no room.
        #expect(shell.exit != 0, "\(shell)")
        try matera.run("sync").expect(1).says("disk is full", "make room")
        try disk.free()
        #expect(try scene.isWhole())
        #expect(try matera.notes().count == 10 + written)
        try matera.run("pay", "C-MATERA-0001", "12.34").expect(0)
        try matera.sync()
        try matera.verify()
        #expect(
            try scene.firm.rows("SELECT count(*) FROM contact_attempt") == ["\(10 + written)"])
        #expect(try scene.firm.rows("SELECT amount FROM payment") == ["1234"])
    }

    @Test(
        "an answer for which there is no room is taken whole later, and what was taken stays",
        arguments: SmallDisk.Kind.allCases)
    func receiving(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 16)
        let (matera, milano) = (scene.matera, scene.milano)
        try milano.writeNotes(6_000, marked: "milano")
        try milano.sync()
        try matera.writeNotes(10, marked: "own")
        // Room for a part of what comes.
        try scene.disk.fill(leavingKibibytes: 1_500)
        try matera.run("sync").expect(1).says("disk is full", "make room")
        let cut = try matera.rows("SELECT count(*) FROM contact_attempt WHERE note GLOB 'milano *'")
        #expect((Int(cut.first ?? "") ?? -1) < 6_000)
        #expect(
            try matera.rows("SELECT count(*) FROM contact_attempt WHERE note GLOB 'own *'") == [
                "10"
            ])
        try scene.disk.free()
        #expect(try scene.isWhole())
        try matera.sync()
        let all = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
        #expect(try matera.rows(all) == ["6010|6010"])
        #expect(try scene.firm.rows(all) == ["6010|6010"])
        try matera.verify()
    }

    @Test(
        "an enrolment on a full disk leaves no file, and goes on with the same code",
        arguments: SmallDisk.Kind.allCases)
    func enrolling(_ kind: SmallDisk.Kind) throws {
        let firm = try Firm(accounts: 1_000)
        let disk = try SmallDisk(firm.folder, "disk", kind, megabytes: 10)
        let (number, code) = try firm.code("matera", ["MATERA"])
        let office = Office(folder: firm.folder, path: disk("matera.replica"), number: number)
        for left in [0, 100, 700] {
            try disk.fill(leavingKibibytes: left)
            try office.run("init", "--server", firm.line.url, "--code", code).expect(1)
                .says("disk is full", "make room")
            #expect(!FileManager.default.fileExists(atPath: office.path), "\(left) KiB")
            try disk.free()
        }
        try office.run("init", "--server", firm.line.url, "--code", code).expect(0)
        #expect(try office.status()["replica"].number == number)
        #expect(try office.rows("SELECT count(*) FROM account") == ["1000"])
        try office.writeNotes(3, marked: "after")
        try office.sync()
        try office.verify()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["3"])
    }
}
