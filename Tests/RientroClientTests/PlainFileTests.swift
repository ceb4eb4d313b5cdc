import Foundation
import Synchronization
import Testing

@testable import RientroClient

/// What the system was asked for, in order; and what it was told to answer.
final class CallLog: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    /// The same without the numbers that are drawn for each name.
    var plain: [String] {
        all.map { $0.replacing(/new-[0-9a-z]+/, with: "new") }
    }

    func note(_ text: String) { lines.withLock { $0.append(text) } }

    /// The system's calls, noted by the last parts of their paths.
    func calls(_ change: (inout FileCalls) -> Void = { _ in }) -> FileCalls {
        var calls = FileCalls.system
        change(&calls)
        let told = calls
        @Sendable func name(_ path: String) -> String {
            path.split(separator: "/").last.map(String.init) ?? ""
        }
        calls.open = { [self] path, flags in
            let file = told.open(path, flags)
            note("open \(name(path))")
            return file
        }
        calls.setMode = { [self] in
            note("mode \(String($1, radix: 8))")
            return told.setMode($0, $1)
        }
        calls.write = { [self] in
            note("write")
            return told.write($0, $1)
        }
        calls.sync = { [self] in
            note("sync")
            return told.sync($0)
        }
        calls.rename = { [self] in
            note("rename \(name($0)) \(name($1))")
            return told.rename($0, $1)
        }
        calls.renameKeeping = { [self] in
            note("renameKeeping \(name($0)) \(name($1))")
            return told.renameKeeping($0, $1)
        }
        calls.remove = { [self] in
            note("remove \(name($0))")
            return told.remove($0)
        }
        return calls
    }
}

@Suite("Files beside a replica")
struct PlainFileTests {
    private func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func names(_ folder: Folder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("new content is on the disk, for its owner alone, before it takes the old one's place")
    func order() throws {
        let folder = try Folder()
        let log = CallLog()
        try PlainFile.write([65], to: folder.file("a"), calls: log.calls())
        let last = folder.path.split(separator: "/").last.map(String.init) ?? ""
        #expect(
            log.plain == [
                "open a.new", "mode 600", "write", "sync", "rename a.new a", "open \(last)", "sync",
            ])
        #expect(text(folder.file("a")) == "A")
        #expect(try mode(folder.file("a")) == 0o600)
        #expect(try names(folder) == ["a"])
    }

    @Test("the new token is on the disk before it takes the old one's place")
    func tokenOrder() throws {
        let folder = try Folder()
        let log = CallLog()
        let file = TokenFile(replica: folder.file("r"), calls: log.calls())
        let addresses = try CentreAddresses(["https://a.example"], allowsPlain: false)
        _ = try file.line(forCode: "one", at: addresses)
        let calls = log.plain
        let written = try #require(calls.firstIndex(of: "write"))
        let synced = try #require(calls.firstIndex(of: "sync"))
        let renamed = try #require(calls.firstIndex(of: "rename r.token.new r.token"))
        #expect(written < synced && synced < renamed)
        #expect(calls.last == "sync", "the folder's entry is on the disk too")
    }

    @Test("what cannot be made durable, or named, leaves the old content and nothing beside it")
    func failures() throws {
        let folder = try Folder()
        let path = folder.file("a")
        try PlainFile.write([65], to: path)
        let faults: [(inout FileCalls) -> Void] = [
            {
                $0.setMode = { _, _ in
                    errno = EPERM; return -1
                }
            },
            {
                $0.write = { _, _ in
                    errno = ENOSPC; return -1
                }
            },
            { $0.write = { _, _ in 0 } },
            {
                $0.sync = { _ in
                    errno = EIO; return -1
                }
            },
            {
                $0.rename = { _, _ in
                    errno = EROFS; return -1
                }
            },
        ]
        for fault in faults {
            let log = CallLog()
            #expect(throws: ReplicaError.self) {
                try PlainFile.write([66], to: path, calls: log.calls(fault))
            }
            #expect(text(path) == "A")
            #expect(try names(folder) == ["a"])
        }
        var full = FileCalls.system
        full.write = { _, _ in
            errno = EDQUOT; return -1
        }
        #expect(throws: ReplicaError.diskFull) { try PlainFile.write([66], to: path, calls: full) }
    }

    @Test("a write that is interrupted, or takes a part, goes on")
    func partly() throws {
        let folder = try Folder()
        let path = folder.file("a")
        let turn = Mutex(0)
        var calls = FileCalls.system
        calls.write = { file, bytes in
            let now = turn.withLock {
                $0 += 1; return $0
            }
            if now == 2 {
                errno = EINTR
                return -1
            }
            return FileCalls.system.write(file, UnsafeRawBufferPointer(rebasing: bytes.prefix(2)))
        }
        try PlainFile.write(Array("abcde".utf8), to: path, calls: calls)
        #expect(text(path) == "abcde")
        #expect(turn.withLock { $0 } == 4)
    }

    @Test("a file made before in the name that a new one could have, or a link there, is not used")
    func waiting() throws {
        let folder = try Folder()
        let path = folder.file("r.token")
        for name in ["r.token.new", "trap"] {
            try Data().write(to: URL(fileURLWithPath: folder.file(name)))
        }
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("r.download"), withDestinationPath: folder.file("trap"))
        try PlainFile.write([65], to: path)
        #expect(text(folder.file("r.token.new")) == "")
        #expect {
            try PlainFile.append([65], to: folder.file("r.download"), from: 0)
        } throws: {
            $0 as? ReplicaError
                == .file(
                    path: folder.file("r.download"), fact: "it is a link, and not the file itself")
        }
        #expect(text(folder.file("trap")) == "")
        #expect(throws: ReplicaError.self) { try PlainFile.checkOwn(folder.file("r.download")) }
        try PlainFile.checkOwn(folder.file("none"))
        try PlainFile.checkOwn(path)
    }

    @Test("each new file is made where nothing stands, and its mode does not follow the umask")
    func exclusive() throws {
        let folder = try Folder()
        let flags = Mutex<[Int32]>([])
        var calls = FileCalls.system
        calls.open = { path, asked in
            flags.withLock { $0.append(asked) }
            return FileCalls.system.open(path, asked)
        }
        try PlainFile.write([65], to: folder.file("a"), calls: calls)
        try PlainFile.append([65], to: folder.file("b"), from: 0, calls: calls)
        for asked in flags.withLock({ $0 }) where asked & O_CREAT != 0 {
            #expect(asked & O_EXCL != 0 && asked & O_NOFOLLOW != 0 && asked & O_CLOEXEC != 0)
        }
        #expect(flags.withLock { $0.count { $0 & O_CREAT != 0 } } == 2)
        chmod(folder.file("b"), 0o666)
        try PlainFile.append([66], to: folder.file("b"), from: 1, calls: calls)
        #expect(text(folder.file("b")) == "AB")
        #expect(try mode(folder.file("b")) == 0o600)
        try PlainFile.append([67], to: folder.file("b"), from: 1)
        #expect(text(folder.file("b")) == "AC")
    }

    @Test("a file of somebody else's is neither read nor written; root's may be read")
    func owner() throws {
        let folder = try Folder()
        let path = folder.file("a")
        try PlainFile.write([65], to: path)
        let isRoot = geteuid() == 0
        if isRoot { try #require(chown(path, 4711, 4711) == 0) }
        var calls = FileCalls.system
        calls.user = { isRoot ? 4712 : geteuid() + 1 }
        let refused = ReplicaError.file(path: path, fact: "it belongs to somebody else")
        #expect(throws: refused) { try PlainFile.read(path, bytesMax: 9, calls: calls) }
        #expect(throws: refused) { try PlainFile.append([1], to: path, from: 0, calls: calls) }
        #expect(throws: refused) { try PlainFile.checkOwn(path, calls: calls) }
        #expect(text(path) == "A")
        calls.user = { isRoot ? 4711 : geteuid() }
        #expect(try PlainFile.read(path, bytesMax: 9, calls: calls) == [65])
        calls.user = { 0 }
        #expect(try PlainFile.read(path, bytesMax: 9, calls: calls) == [65])
        guard isRoot else { return }
        try #require(chown(path, 0, 0) == 0)
        calls.user = { 4712 }
        #expect(try PlainFile.read(path, bytesMax: 9, calls: calls) == [65])
    }

    @Test("only a plain file of few bytes is read: no folder, no pipe that nobody writes to")
    func kinds() throws {
        let folder = try Folder()
        let path = folder.file("a")
        #expect(try PlainFile.read(path, bytesMax: 3) == nil)
        try Data("abc".utf8).write(to: URL(fileURLWithPath: path))
        #expect(try PlainFile.read(path, bytesMax: 3) == Array("abc".utf8))
        #expect(throws: ReplicaError.file(path: path, fact: "it is longer than 2 bytes")) {
            try PlainFile.read(path, bytesMax: 2)
        }
        let pipe = folder.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(throws: ReplicaError.file(path: pipe, fact: "it is not a plain file")) {
            try PlainFile.read(pipe, bytesMax: 3)
        }
        #expect(throws: ReplicaError.file(path: folder.path, fact: "it is not a plain file")) {
            try PlainFile.read(folder.path, bytesMax: 3)
        }
    }

    @Test("a name that is taken stays whose it is, whichever way the file system renames")
    func move() throws {
        for code in [0, EINVAL, ENOSYS, ENOTSUP, EPERM] {
            let folder = try Folder()
            let log = CallLog()
            let calls = log.calls { calls in
                guard code != 0 else { return }
                calls.renameKeeping = { _, _ in
                    errno = code; return -1
                }
            }
            let (source, target) = (folder.file("x.download"), folder.file("x"))
            try PlainFile.write([65], to: source)
            try PlainFile.move(source, to: target, calls: calls)
            #expect(text(target) == "A")
            #expect(try names(folder) == ["x"])
            #expect(log.all.last == "sync")
            try PlainFile.write([66], to: source)
            for _ in 0..<2 {
                #expect(throws: ReplicaError.fileExists(path: target)) {
                    try PlainFile.move(source, to: target, calls: calls)
                }
            }
            #expect(text(target) == "A" && text(source) == "B")
        }
    }

    @Test("another failure to rename is said, and takes no name")
    func moveFails() throws {
        let folder = try Folder()
        let (source, target) = (folder.file("x.download"), folder.file("x"))
        try PlainFile.write([65], to: source)
        var calls = FileCalls.system
        calls.renameKeeping = { _, _ in
            errno = EACCES; return -1
        }
        #expect(throws: ReplicaError.file(path: target, fact: "Permission denied")) {
            try PlainFile.move(source, to: target, calls: calls)
        }
        #expect(try names(folder) == ["x.download"])
        calls.renameKeeping = { _, _ in
            errno = EINVAL; return -1
        }
        calls.rename = { _, _ in
            errno = EIO; return -1
        }
        #expect(throws: ReplicaError.self) {
            try PlainFile.move(source, to: target, calls: calls)
        }
        #expect(try names(folder) == ["x.download"])
    }

    @Test("a name is held free only by an empty plain file with the file for it beside it")
    func heldFree() throws {
        let folder = try Folder()
        let (source, target) = (folder.file("x.download"), folder.file("x"))
        #expect(!PlainFile.isHeldFree(target, for: source))
        try Data().write(to: URL(fileURLWithPath: target))
        #expect(!PlainFile.isHeldFree(target, for: source))
        try PlainFile.write([65], to: source)
        #expect(PlainFile.isHeldFree(target, for: source))
        try Data([1]).write(to: URL(fileURLWithPath: target))
        #expect(!PlainFile.isHeldFree(target, for: source))
        try FileManager.default.removeItem(atPath: target)
        try FileManager.default.createDirectory(
            atPath: target, withIntermediateDirectories: false)
        #expect(!PlainFile.isHeldFree(target, for: source))
    }

    @Test("where nobody may look, it is not said that nothing is there")
    func hidden() throws {
        let folder = try Folder()
        let path = folder.file(String(repeating: "x", count: 300))
        #expect(throws: ReplicaError.file(path: path, fact: "File name too long")) {
            try PlainFile.exists(path)
        }
        #expect(try !PlainFile.exists(folder.file("none")))
        try PlainFile.write([65], to: folder.file("a"))
        #expect(try !PlainFile.exists(folder.file("a/b")))
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("broken"), withDestinationPath: folder.file("none"))
        #expect(try PlainFile.exists(folder.file("broken")))
    }
}
