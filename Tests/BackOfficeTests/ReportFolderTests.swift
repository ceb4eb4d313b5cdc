import Foundation
import Testing

@testable import BackOffice

@Suite("the folder of a report")
struct ReportFolderTests {
    /// A folder that is gone with the test.
    final class Scratch {
        let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/report-\(UUID().uuidString)"
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func entries(_ name: String = "") -> [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").sorted()) ?? []
        }
    }

    private static let names = ["firm.html", "firm.csv", "branch-MT.html"]

    private static func report(_ word: String) -> [ReportFile] {
        names.map { ReportFile(name: $0, bytes: Array("\(word) \($0)\n".utf8)) }
    }

    /// The word that all files of the report at a path are of; nil where it is not whole.
    private static func word(at path: String) -> String? {
        for word in ["old", "new"] {
            let isWhole = report(word).allSatisfy {
                FileManager.default.contents(atPath: "\(path)/\($0.name)").map(Array.init)
                    == $0.bytes
            }
            let entries = try? FileManager.default.contentsOfDirectory(atPath: path)
            if isWhole && entries?.sorted() == names.sorted() { return word }
        }
        return nil
    }

    @Test("a report is written, and a second one takes its place with nothing left of the first")
    func replaces() throws {
        let scratch = try Scratch()
        let path = scratch.path + "/a/2026-11-22"
        try ReportFolder(path).write(Self.report("old"))
        #expect(Self.word(at: path) == "old")
        let more = [ReportFile(name: "creditor-EN.json", bytes: [0x7B, 0x7D])]
        try ReportFolder(path + "/").write(more)
        #expect(scratch.entries("a/2026-11-22") == ["creditor-EN.json"])
        try ReportFolder(path).write(Self.report("new"))
        #expect(Self.word(at: path) == "new")
        #expect(scratch.entries("a") == ["2026-11-22"])
    }

    @Test(
        "killed between any two steps, a report is there whole, and the next run ends the same",
        arguments: [true, false])
    func killed(canExchange: Bool) throws {
        let steps = ReportFolder.steps(for: Self.report("new"))
        for done in 0...steps.count {
            let scratch = try Scratch()
            var folder = ReportFolder(scratch.path + "/day")
            folder.canExchange = canExchange
            try folder.write(Self.report("old"))
            for step in steps.prefix(done) { try folder.perform(step, Self.report("new")) }
            let swapped = steps.prefix(done).contains(.swap)
            #expect(Self.word(at: folder.path) == (swapped ? "new" : "old"), "\(done)")
            try folder.write(Self.report("new"))
            #expect(Self.word(at: folder.path) == "new")
            #expect(scratch.entries() == ["day"])
        }
    }

    @Test(
        "killed between the two renames of a file system that cannot exchange, the old one returns")
    func killedBetweenRenames() throws {
        let scratch = try Scratch()
        let folder = ReportFolder(scratch.path + "/day")
        try folder.write(Self.report("old"))
        // What stands there then: the old one renamed away, the new one not yet in its place.
        try FileManager.default.moveItem(atPath: folder.path, toPath: scratch.path + "/.day.old")
        try ReportFolder(scratch.path + "/.day.part").write(Self.report("new"))
        try folder.perform(.clearUp, [])
        #expect(Self.word(at: folder.path) == "old")
        #expect(scratch.entries() == ["day"])
    }

    @Test("a half-written file of a killed run is not kept")
    func halfWritten() throws {
        let scratch = try Scratch()
        let folder = ReportFolder(scratch.path + "/day")
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/.day.part", withIntermediateDirectories: false)
        try Data("ne".utf8).write(to: URL(fileURLWithPath: scratch.path + "/.day.part/firm.html"))
        try folder.write(Self.report("new"))
        #expect(Self.word(at: folder.path) == "new")
        #expect(scratch.entries() == ["day"])
    }

    @Test("who reads while it is written a hundred times always finds a whole file")
    func reads() throws {
        let scratch = try Scratch()
        let folder = ReportFolder(scratch.path + "/day")
        try folder.write(Self.report("old"))
        let file = folder.path + "/firm.html"
        let tally = Tally()
        // A thread of its own: the tests' own threads may all be busy.
        let reader = Thread {
            while !tally.isOver {
                let bytes = FileManager.default.contents(atPath: file).map(Array.init)
                tally.add(isWhole: ["old", "new"].contains { Self.report($0)[0].bytes == bytes })
            }
        }
        reader.start()
        var rounds = 0
        while rounds < 100 || tally.reads < 100 {
            try folder.write(Self.report(rounds % 2 == 0 ? "new" : "old"))
            rounds += 1
        }
        tally.stop()
        #expect(tally.missed == 0)
    }

    /// What a reader found, counted on one thread and read on another.
    private final class Tally: @unchecked Sendable {
        // Every access holds the lock.
        private let lock = NSLock()
        private var counts = (reads: 0, missed: 0, isOver: false)

        var reads: Int { lock.withLock { counts.reads } }
        var missed: Int { lock.withLock { counts.missed } }
        var isOver: Bool { lock.withLock { counts.isOver } }

        func add(isWhole: Bool) {
            lock.withLock {
                counts.reads += 1
                if !isWhole { counts.missed += 1 }
            }
        }

        func stop() { lock.withLock { counts.isOver = true } }
    }

    @Test("a folder in which something else stands is left as it is")
    func foreign() throws {
        let scratch = try Scratch()
        let note = scratch.path + "/letters.txt"
        try Data("dear".utf8).write(to: URL(fileURLWithPath: note))
        #expect(throws: ReportError.foreign(path: note)) {
            try ReportFolder(scratch.path).write(Self.report("new"))
        }
        #expect(scratch.entries() == ["letters.txt"])
        // Nor is a link followed: what it leads to is not ours to replace.
        let link = scratch.path + "/link"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: scratch.path)
        #expect(throws: ReportError.foreign(path: link)) {
            try ReportFolder(link).write(Self.report("new"))
        }
        #expect(throws: ReportError.foreign(path: note)) {
            try ReportFolder(note).write(Self.report("new"))
        }
        #expect(FileManager.default.contents(atPath: note) == Data("dear".utf8))
    }

    @Test("where it cannot be written, the path is named")
    func unwritable() throws {
        let scratch = try Scratch()
        try Data().write(to: URL(fileURLWithPath: scratch.path + "/file"))
        let error = #expect(throws: ReportError.self) {
            try ReportFolder(scratch.path + "/file/day").write(Self.report("new"))
        }
        guard case .notWritable(let path, _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(path.hasPrefix(scratch.path + "/file"))
    }

    @Test("on a full disk the old report stays, and the new one is written when there is room")
    func fullDisk() throws {
        let scratch = try Scratch()
        let mount = scratch.path + "/disk"
        try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: false)
        let options = "size=256k,mode=0700,uid=\(getuid()),gid=\(getgid())"
        try Self.asRoot(["mount", "-t", "tmpfs", "-o", options, "tmpfs", mount])
        defer { try? Self.asRoot(["umount", "-l", mount]) }
        let folder = ReportFolder(mount + "/day")
        try folder.write(Self.report("old"))
        let large = [ReportFile(name: "firm.json", bytes: Array(repeating: 0x20, count: 400_000))]
        #expect(throws: ReportError.full(path: mount + "/.day.part/firm.json")) {
            try folder.write(large)
        }
        #expect(Self.word(at: folder.path) == "old")
        #expect(scratch.entries("disk") == ["day"])
        try folder.write(Self.report("new"))
        #expect(Self.word(at: folder.path) == "new")
    }

    /// Runs a program that only root may run: as root, or by a sudo that asks for no password.
    private static func asRoot(_ words: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = (geteuid() == 0 ? [] : ["sudo", "-n"]) + words
        try process.run()
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "no small disk: it needs root, or a sudo without a password: \(words)")
    }
}
