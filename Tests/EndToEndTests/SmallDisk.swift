import Foundation
import Testing

/// A file system of a few megabytes, gone with the test. It can be filled and freed.
final class SmallDisk {
    /// What the file system is made of.
    enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
        /// In memory. Nothing is put off: a block is there or not when it is asked for.
        case tmpfs
        /// An ext4 with its journal, in a file that a loop device makes a disk of: it puts off
        /// giving blocks to files, and gives freed ones back late, as the disks of most machines.
        case ext4
        var testDescription: String { rawValue }
    }

    private let path: String
    private let folder: Folder
    /// `sudo` where one must be root to mount and is not.
    private static let asRoot = geteuid() == 0 ? [] : ["sudo", "-n"]

    /// Mounts it; throws where that is not allowed. Root is needed, or a sudo that asks for no
    /// password; ext4 needs a loop device besides, which a container has only if it is privileged.
    init(_ folder: Folder, _ name: String, _ kind: Kind, megabytes: Int) throws {
        self.folder = folder
        path = folder(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let owner = "uid=\(getuid()),gid=\(getgid())"
        let words: [String]
        switch kind {
        case .tmpfs:
            words = ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700,\(owner)", "tmpfs", path]
        case .ext4:
            let image = folder("\(name).image")
            let made = try folder.run("truncate", ["-s", "\(megabytes)M", image])
            let formatted = try folder.run(
                "mkfs.ext4",
                ["-q", "-F", "-m", "0", "-E", "root_owner=\(getuid()):\(getgid())", image])
            guard made.exit == 0, formatted.exit == 0 else {
                throw Failure("no ext4 could be made: \(formatted)")
            }
            words = ["-o", "loop", image, path]
        }
        let all = Self.asRoot + ["mount"] + words
        let mount = try folder.run(all[0], Array(all.dropFirst()))
        guard mount.exit == 0 else {
            throw Failure(
                "no small disk: \(kind) cannot be mounted. It needs root or a sudo without a"
                    + " password, and ext4 a loop device (`docker run --privileged`): \(mount)")
        }
    }

    deinit {
        let all = Self.asRoot + ["umount", "-l", path]
        _ = try? folder.run(all[0], Array(all.dropFirst()))
    }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes until nothing more fits, or until only so much is left.
    func fill(leavingKibibytes left: Int = 0) throws {
        if left > 0 { try takeAway("room", kibibytes: left) }
        // Again and again: what was freed before comes back when the journal is written, and a
        // tmpfs keeps a few pages back for each processor, which only a writer there meets.
        for _ in 0..<6 {
            let words = ["if=/dev/zero", "of=\(self("filler"))", "bs=1024"]
            let fill = try folder.run("dd", words + ["oflag=append", "conv=notrunc"])
            guard fill.exit == 1, fill.errors.contains("No space left") else {
                throw Failure("the disk is not full: \(fill)")
            }
            try sync()
        }
        if left > 0 {
            try FileManager.default.removeItem(atPath: self("room"))
            try sync()
        }
    }

    /// Makes room again.
    func free() throws {
        try FileManager.default.removeItem(atPath: self("filler"))
        try sync()
    }

    private func takeAway(_ name: String, kibibytes: Int) throws {
        try folder.run(
            "dd",
            ["if=/dev/zero", "of=\(self(name))", "bs=1024", "count=\(kibibytes)"]
        ).expect(0)
    }

    /// What was freed is there again at once, and not when the journal is next written.
    private func sync() throws { try folder.run("sync", ["-f", path]).expect(0) }
}
