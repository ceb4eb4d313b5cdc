import Foundation
import Glibc

/// A program that the benchmark started: known by its process id, and ended by it also where the
/// benchmark fails. What it writes goes to files, so that no pipe fills up.
final class ChildProgram {
    let pid: pid_t
    private let name: String
    private let outputPath: String
    private var exitStatus: Int32?

    /// Whether a shell would find a program.
    static func isInstalled(_ name: String) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.contains { access("\($0)/\(name)", X_OK) == 0 }
    }

    /// Starts a program, found as a shell finds it. It stays in this process's group, so that what
    /// ends the benchmark from a terminal ends it too.
    init(_ words: [String], in folder: String) throws {
        name = words.first.flatMap { $0.split(separator: "/").last }.map(String.init) ?? ""
        outputPath = folder + "/\(UUID().uuidString).out"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, outputPath + ".err", flags, 0o600)
        var arguments = words.map { strdup($0) } + [nil]
        var settings =
            ProcessInfo.processInfo.environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + settings { free(text) } }
        var child = pid_t()
        guard posix_spawnp(&child, words[0], &actions, nil, &arguments, &settings) == 0 else {
            throw BenchError.failed(program: name)
        }
        pid = child
    }

    deinit {
        if exitStatus == nil { end(SIGKILL) }
        for end in ["", ".err"] { unlink(outputPath + end) }
    }

    /// What it has written to its standard output so far.
    var output: String {
        String(
            decoding: FileManager.default.contents(atPath: outputPath) ?? Data(), as: UTF8.self)
    }

    /// Whether it has ended.
    func hasEnded() -> Bool {
        guard exitStatus == nil else { return true }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return false }
        exitStatus = status
        return true
    }

    /// Waits for its end. Throws where it has failed.
    func wait() throws {
        var status: Int32 = exitStatus ?? 0
        while exitStatus == nil {
            if waitpid(pid, &status, 0) == pid { exitStatus = status }
        }
        guard exitStatus == 0 else { throw BenchError.failed(program: name) }
    }

    /// Sends it a signal and waits for its end.
    func end(_ signal: Int32) {
        guard !hasEnded() else { return }
        kill(pid, signal)
        try? wait()
    }

    /// Runs a program to its end and returns what it wrote.
    static func run(_ words: [String], in folder: String) throws -> String {
        let child = try ChildProgram(words, in: folder)
        try child.wait()
        return child.output
    }
}
