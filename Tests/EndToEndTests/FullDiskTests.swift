import Foundation
import Testing

/// Disks that are full. They are small file systems in memory, so the tests need root.
@Suite("a full disk", .ownThreads, .timeLimit(.minutes(10)))
struct FullDiskTests {
    @Test("on a full disk an office says so, loses nothing, and works on when there is room")
    func office() throws {
        let firm = try Firm()
        guard let disk = SmallDisk(firm.folder, "disk", megabytes: 6) else { return }
        let milano = try firm.office("milano")
        let (number, code) = try firm.code("matera", ["MATERA"])
        let matera = Office(folder: firm.folder, path: disk("matera.replica"), number: number)
        try matera.run("init", "--server", firm.line.url, "--code", code).expect(0)
        try matera.writeNotes(10, marked: "before")
        try milano.writeNotes(2_000, marked: "milano")
        try milano.sync()
        try disk.fill()
        let full = try matera.run(
            "note", "C-MATERA-0001", "--channel", "phone", "--outcome", "NA",
            String(repeating: "x", count: 7_000))
        #expect(full.exit == 1, "\(full)")
        full.says("full")
        let sync = try matera.run("sync")
        #expect(sync.exit == 1, "\(sync)")
        sync.says("full")
        let shell = try Shell(firm.folder).answer(
            matera.path, "UPDATE account SET note = printf('%.7000c', 'x');")
        #expect(shell.exit != 0)
        try disk.free()
        #expect(try Shell(firm.folder).rows(matera.path, "PRAGMA integrity_check") == ["ok"])
        #expect(try matera.notes().count == 10)
        try matera.sync()
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["2010"])
        try matera.verify()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["2010"])
    }

    @Test(
        "on a full disk the centre acknowledges nothing, stays up, and goes on when there is room")
    func centre() throws {
        let outer = try Folder()
        guard let disk = SmallDisk(outer, "disk", megabytes: 12) else { return }
        let firm = try Firm(centreIn: disk("centre"))
        let matera = try firm.office("matera")
        try matera.writeNotes(5, marked: "before")
        try matera.sync()
        try disk.fill()
        try matera.writeNotes(1_500, marked: "full")
        let refused = try matera.run("sync")
        #expect(refused.exit == 1 || refused.exit == 4, "\(refused)")
        refused.says("nothing is lost")
        let server = try firm.running()
        #expect(!server.child.hasEnded(), "\(server.child.errors)")
        #expect(try server.ask(.request("GET", "/metrics")).status == 200)
        try firm.centre("creditor", "add", id: "C-FULL", "--name", "Full").expect(1).says("full")
        try disk.free()
        try matera.sync()
        #expect(
            try firm.rows("SELECT count(*), count(DISTINCT note) FROM contact_attempt")
                == ["1505|1505"])
        try matera.verify()
        #expect(try server.stop() == .exit(0))
        #expect(try firm.rows("PRAGMA integrity_check") == ["ok"])
        try firm.centre("verify").expect(0)
    }
}

/// A file system of a few megabytes in memory, gone with the test.
final class SmallDisk {
    private let path: String
    private let folder: Folder

    /// Mounts it; records an issue, and is nil, where that is not allowed.
    init?(_ folder: Folder, _ name: String, megabytes: Int) {
        self.folder = folder
        path = folder(name)
        try? FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
        let mount = try? folder.run(
            "mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "tmpfs", path])
        guard mount?.exit == 0 else {
            Issue.record("no small disk: tmpfs cannot be mounted (root is needed): \(mount as Any)")
            return nil
        }
    }

    deinit { _ = try? folder.run("umount", ["-l", path]) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes until nothing more fits.
    func fill() throws {
        let fill = try folder.run("dd", ["if=/dev/zero", "of=\(self("filler"))", "bs=4096"])
        guard fill.exit == 1, fill.errors.contains("No space left") else {
            throw Failure("the disk is not full: \(fill)")
        }
    }

    /// Makes room again.
    func free() throws { try FileManager.default.removeItem(atPath: self("filler")) }
}
