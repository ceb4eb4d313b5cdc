import CRientroLinux
import Foundation
import Glibc

/// The folder of one day's report.
///
/// The files are written into a folder beside it, made durable, and put into its place in one
/// step: who reads sees the old report or the new one, whole, whenever the writer is killed. One
/// writer at a time: a close has the centre for itself.
package struct ReportFolder: Sendable {
    /// Where the report stands.
    package let path: String
    /// Whether two folders can change places in one step. A test says no, as some file systems do.
    var canExchange = true

    private var fresh: String { beside("part") }
    private var old: String { beside("old") }

    /// The folder at a path, which need not be there yet.
    package init(_ path: String) {
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// Writes a report in place of what an earlier run left there.
    ///
    /// - Throws: `ReportError`; what stood there before still stands there.
    package func write(_ files: [ReportFile]) throws(ReportError) {
        for step in Self.steps(for: files) {
            do { try perform(step, files) } catch {
                // Half a report helps nobody, least of all on a full disk.
                try? remove(fresh)
                throw error
            }
        }
    }

    /// What is done, one after the other. A kill between any two leaves a report whole, and the
    /// next run begins by clearing up.
    enum Step: Equatable {
        /// What a killed run left behind goes, or back to its place.
        case clearUp
        /// The folder beside is made.
        case make
        /// The file with this index is written into it, durably.
        case write(Int)
        /// The folder knows its files, durably.
        case sync
        /// It takes the place of the old one.
        case swap
        /// The old one goes.
        case remove
    }

    static func steps(for files: [ReportFile]) -> [Step] {
        [.clearUp, .make] + files.indices.map { .write($0) } + [.sync, .swap, .remove]
    }

    func perform(_ step: Step, _ files: [ReportFile]) throws(ReportError) {
        switch step {
        case .clearUp: try clearUp()
        case .make: try make()
        case .write(let index): try write(files[index])
        case .sync: try Self.sync(fresh)
        case .swap: try swap()
        case .remove:
            try remove(fresh)
            try remove(old)
        }
    }

    private func beside(_ ending: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().path
        return "\(folder)/.\(url.lastPathComponent).\(ending)"
    }

    private var parent: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    private func clearUp() throws(ReportError) {
        try checkIsOurs(path)
        if !Self.exists(path) && Self.exists(old) {
            guard rename(old, path) == 0 else { throw .last(path, errno) }
        }
        try remove(old)
        try remove(fresh)
    }

    private func make() throws(ReportError) {
        do {
            try FileManager.default.createDirectory(
                atPath: parent, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw .notWritable(path: parent, errno: EACCES) }
        // For its owner alone, whatever the umask: cases are in it, and it may name operators.
        guard mkdir(fresh, 0o700) == 0, chmod(fresh, 0o700) == 0 else {
            throw .last(fresh, errno)
        }
    }

    private func write(_ file: ReportFile) throws(ReportError) {
        let path = "\(fresh)/\(file.name)"
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else { throw .last(path, errno) }
        defer { close(number) }
        guard fchmod(number, 0o600) == 0 else { throw .last(path, errno) }
        var written = 0
        while written < file.bytes.count {
            let count = file.bytes.withUnsafeBytes { buffer in
                Glibc.write(
                    number, buffer.baseAddress.map { $0 + written }, file.bytes.count - written)
            }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .last(path, errno)
            }
            written += count
        }
        guard fsync(number) == 0 else { throw .last(path, errno) }
    }

    private func swap() throws(ReportError) {
        if !Self.exists(path) {
            guard rename(fresh, path) == 0 else { throw .last(path, errno) }
        } else {
            // Since the beginning somebody may have put something there.
            try checkIsOurs(path)
            if !exchange() {
                guard rename(path, old) == 0 else { throw .last(path, errno) }
                guard rename(fresh, path) == 0 else {
                    let reason = errno
                    rename(old, path)
                    throw .last(path, reason)
                }
            }
        }
        try Self.sync(parent)
    }

    /// Whether the file system could do it in one step.
    private func exchange() -> Bool {
        // RENAME_EXCHANGE of <linux/fs.h>.
        canExchange && renameat2(AT_FDCWD, fresh, AT_FDCWD, path, 1 << 1) == 0
    }

    /// A folder in which nothing stands but what a report is made of; or nothing.
    private func checkIsOurs(_ path: String) throws(ReportError) {
        guard Self.exists(path) else { return }
        for name in try entries(path) where !Self.isName(name) {
            throw .foreign(path: "\(path)/\(name)")
        }
    }

    private func entries(_ path: String) throws(ReportError) -> [String] {
        var info = stat()
        guard lstat(path, &info) == 0 else { throw .last(path, errno) }
        guard info.st_mode & S_IFMT == S_IFDIR else { throw .foreign(path: path) }
        do { return try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
            throw .notWritable(path: path, errno: EACCES)
        }
    }

    /// Takes a report away, file by file: what is none stops it.
    private func remove(_ path: String) throws(ReportError) {
        guard Self.exists(path) else { return }
        for name in try entries(path) {
            let file = "\(path)/\(name)"
            guard Self.isName(name) else { throw .foreign(path: file) }
            guard unlink(file) == 0 else { throw .last(file, errno) }
        }
        guard rmdir(path) == 0 else { throw .last(path, errno) }
    }

    /// Whether a report has files of such a name.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, ["html", "csv", "json"].contains(parts[1]) else { return false }
        return parts[0] == "firm" || parts[0].hasPrefix("branch-")
            || parts[0].hasPrefix("creditor-")
    }

    private static func exists(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    private static func sync(_ folder: String) throws(ReportError) {
        let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .last(folder, errno) }
        defer { close(number) }
        guard fsync(number) == 0 else { throw .last(folder, errno) }
    }
}
