import Foundation
import Glibc

/// One running program, known by its own process id and ended only by it.
///
/// Its output goes to files: no pipe can fill up, and what a killed program said stays readable.
final class Child {
    let pid: pid_t
    let outputPath: String
    let errorPath: String
    private(set) var end: End?

    enum End: Equatable {
        case exit(Int32)
        case signal(Int32)
    }

    /// Starts the program with an environment of its own; `input` is all that it can read.
    init(
        _ program: String, _ arguments: [String], input: String = "",
        environment: [String: String], directory: String, outputIn folder: String
    ) throws {
        let name = "\(folder)/\(UUID().uuidString)"
        outputPath = name + ".out"
        errorPath = name + ".err"
        let inputPath = name + ".in"
        try Data(input.utf8).write(to: URL(fileURLWithPath: inputPath))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, inputPath, O_RDONLY, 0)
        let write = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, write, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, write, 0o600)
        // The shell goes to the folder and becomes the program: the process id stays.
        let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", directory, program]
        var words = (shell + arguments).map { strdup($0) }
        words.append(nil)
        var settings = environment.map { strdup("\($0)=\($1)") }
        settings.append(nil)
        defer { for text in words + settings { free(text) } }
        var child = pid_t()
        let result = posix_spawn(&child, "/bin/sh", &actions, nil, words, settings)
        guard result == 0 else {
            throw Failure("\(program) cannot be run: \(String(cString: strerror(result)))")
        }
        pid = child
    }

    deinit {
        guard end == nil else { return }
        Glibc.kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    /// Whether it has ended by now.
    func hasEnded() -> Bool {
        if end != nil { return true }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return false }
        let signal = status & 0x7F
        end = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
        return true
    }

    /// Waits for its end; throws, and kills it, where that takes too long.
    @discardableResult
    func wait(seconds: Double) throws -> End {
        let deadline = Date() + seconds
        while !hasEnded() {
            guard Date() < deadline else {
                kill(SIGKILL)
                while !hasEnded() { usleep(1_000) }
                throw Failure("still running after \(seconds) s; it said:\n\(output)\n\(errors)")
            }
            usleep(2_000)
        }
        guard let end else { throw Failure("ended without an end") }
        return end
    }

    /// Sends it a signal; nothing where it has ended already.
    func kill(_ signal: Int32) {
        guard !hasEnded() else { return }
        Glibc.kill(pid, signal)
    }

    /// Stops it where it stands, and returns when the kernel says that it does.
    func freeze() {
        kill(SIGSTOP)
        for _ in 0..<5_000 where !hasEnded() {
            guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
                let state = status.split(separator: ")").last?.split(separator: " ").first
            else { return }
            if state == "T" { return }
            usleep(200)
        }
    }

    var output: String { text(outputPath) }
    var errors: String { text(errorPath) }

    private func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}

/// What went wrong with the test's own means.
struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
