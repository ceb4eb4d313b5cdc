import Foundation
import Testing

/// A centre whose disk is full, on file systems that are small enough to be filled.
@Suite("the centre's disk is full", .ownThreads, .timeLimit(.minutes(10)))
struct FullCentreTests {
    /// A centre on a small disk, with two offices on the ordinary one.
    private struct Scene {
        let outer: Folder
        let disk: SmallDisk
        let firm: Firm
        let matera: Office
        let milano: Office

        init(_ kind: SmallDisk.Kind, megabytes: Int) throws {
            outer = try Folder()
            disk = try SmallDisk(outer, "disk", kind, megabytes: megabytes)
            firm = try Firm(centreIn: disk("centre"))
            matera = try firm.office("matera")
            milano = try firm.office("milano")
        }

        /// Everything is at the centre once, and at both offices, and the files are whole.
        func settle(notes: Int) throws {
            for office in [matera, milano, matera] { try office.sync() }
            let sql = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
            for rows in [firm.rows, matera.rows, milano.rows] {
                #expect(try rows(sql) == ["\(notes)|\(notes)"])
            }
            for office in [matera, milano] { try office.verify() }
            #expect(try firm.running().stop() == .exit(0))
            #expect(try firm.rows("PRAGMA integrity_check") == ["ok"])
            try firm.centre("verify").expect(0)
        }
    }

    @Test(
        "it acknowledges nothing, says why, still serves those who read, and goes on afterwards",
        arguments: SmallDisk.Kind.allCases)
    func merging(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 14)
        let firm = scene.firm
        try scene.matera.writeNotes(5, marked: "before")
        try scene.matera.sync()
        try scene.milano.writeNotes(2, marked: "news")
        try scene.milano.sync()
        try scene.disk.fill()
        try scene.matera.writeNotes(1_500, marked: "full")
        let refused = try scene.matera.run("sync").expect(1)
        refused.says("the centre's disk is full", "nothing is lost", "again")
        // What others wrote has come, and is told.
        refused.says("2 accounts changed")
        try scene.matera.run("changes").expect(0).says("2 accounts changed since")
        #expect(try scene.matera.status()["sealed"].number != 0)
        // Reading needs no room.
        try scene.milano.sync()
        #expect(try scene.milano.notes().count == 7)
        let server = try firm.running()
        #expect(!server.child.hasEnded(), "\(server.child.errors)")
        #expect(try server.ask(.request("GET", "/metrics")).status == 200)
        #expect(server.child.errors.contains("failure=disk_full"), "\(server.child.errors)")
        // Commands beside it.
        try firm.centre("creditor", "add", id: "C-FULL", "--name", "Full").expect(1)
            .says("disk is full", "nothing was changed", "make room")
        try firm.run(["replica", "add", firm.centre, "--name", "x", "--portfolio", "MATERA"])
            .expect(1).says("disk is full")
        try scene.disk.free()
        try scene.settle(notes: 1_507)
    }

    @Test(
        "where it becomes full between pushes, what was acknowledged stays and the rest follows",
        arguments: SmallDisk.Kind.allCases)
    func filling(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 14)
        try scene.disk.fill(leavingKibibytes: 2_500)
        var written = 0
        var acknowledged = 0
        var refusals = 0
        for round in 0..<12 where refusals < 2 {
            let office = round % 2 == 0 ? scene.matera : scene.milano
            try office.writeNotes(700, marked: "r\(round)")
            written += 700
            let sync = try office.run("sync").expect(0, 1)
            if sync.exit == 0 {
                acknowledged = written
            } else {
                refusals += 1
                sync.says("disk is full")
            }
            let there = try scene.firm.rows("SELECT count(*) FROM contact_attempt")
            #expect((Int(there.first ?? "") ?? -1) >= acknowledged - refusals * 1_400)
        }
        #expect(acknowledged > 0 && refusals > 0, "it never became full while it worked")
        try scene.firm.running().killNine()
        try scene.disk.free()
        try scene.firm.serve()
        try scene.settle(notes: written)
    }

    @Test(
        "an import without room loads nothing, and all of it when it is run again",
        arguments: SmallDisk.Kind.allCases)
    func importing(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 14)
        let firm = scene.firm
        try firm.centre("creditor", "add", id: "C-LATE", "--name", "Late").expect(0)
        let file = try firm.folder.write(
            "late.csv", HandOverFile.text(creditor: "C-LATE", accounts: 600))
        let words = ["import", firm.centre, file, "--portfolio", "MATERA"]
        for left in [0, 300] {
            try scene.disk.fill(leavingKibibytes: left)
            try firm.run(words).expect(1).says("disk is full", "nothing was changed", "make room")
            try scene.disk.free()
            let late = "SELECT count(*) FROM account WHERE creditor_id = 'C-LATE'"
            #expect(try firm.rows(late) == ["0"])
        }
        try firm.run(words).expect(0)
        try firm.run(words).expect(0).says("already")
        try scene.matera.writeNotes(3, marked: "after")
        try scene.settle(notes: 3)
        #expect(try scene.milano.rows("SELECT count(*) FROM account") == ["604"])
    }

    @Test(
        "a snapshot without room is not given, leaves nothing behind, and is made afterwards",
        arguments: SmallDisk.Kind.allCases)
    func snapshot(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 20)
        let firm = scene.firm
        // Another set of portfolios, so that no snapshot of it lies ready.
        try firm.centre("portfolio", "add", id: "POTENZA", "--name", "Potenza").expect(0)
        try scene.matera.writeNotes(3_000, marked: "nota")
        try scene.matera.sync()
        let (number, code) = try firm.code("new", ["MATERA", "POTENZA"])
        let office = Office(folder: firm.folder, path: firm.folder("new.replica"), number: number)
        let shelf = scene.disk("centre/snapshots")
        let before = try FileManager.default.contentsOfDirectory(atPath: shelf).sorted()
        try scene.disk.fill(leavingKibibytes: 600)
        try office.run("init", "--server", firm.line.url, "--code", code).expect(1)
            .says("the centre's disk is full", "nothing is lost")
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf).sorted() == before)
        #expect(!FileManager.default.fileExists(atPath: office.path))
        try scene.disk.free()
        try office.run("init", "--server", firm.line.url, "--code", code).expect(0)
        #expect(try office.notes().count == 3_000)
        try office.verify()
        try scene.settle(notes: 3_000)
    }

    @Test(
        "a server that finds the disk full at its start says so, and starts when there is room",
        arguments: SmallDisk.Kind.allCases)
    func starting(_ kind: SmallDisk.Kind) throws {
        let scene = try Scene(kind, megabytes: 14)
        try scene.matera.writeNotes(50, marked: "nota")
        try scene.matera.sync()
        #expect(try scene.firm.running().stop() == .exit(0))
        try scene.disk.fill()
        let words = ["serve", scene.firm.centre, "--listen", "127.0.0.1:0"]
        try scene.firm.run(words, seconds: 20).expect(1).says("disk is full", "make room")
        try scene.disk.free()
        try scene.firm.serve()
        try scene.settle(notes: 50)
    }
}
