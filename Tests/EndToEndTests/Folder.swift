import Foundation

/// A folder of one test, gone with it.
final class Folder {
    let path: String

    init() throws {
        let name = "rientro-e2e-\(UUID().uuidString.prefix(8).lowercased())"
        path =
            FileManager.default.temporaryDirectory.appendingPathComponent(name)
            .resolvingSymlinksInPath().path
        for sub in ["", "/said"] {
            try FileManager.default.createDirectory(
                atPath: path + sub, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file or folder in it.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and gives its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: self(name)))
        return self(name)
    }

    /// Starts a program here.
    func start(
        _ program: String, _ arguments: [String], input: String = "",
        environment: [String: String] = [:]
    ) throws -> Child {
        try Child(
            program, arguments, input: input,
            environment: Programs.environment(home: path).merging(environment) { $1 },
            directory: path, outputIn: self("said"))
    }

    /// Runs a program here to its end.
    func run(
        _ program: String, _ arguments: [String], input: String = "",
        environment: [String: String] = [:], seconds: Double = 90
    ) throws -> Answer {
        let child = try start(program, arguments, input: input, environment: environment)
        let end = try child.wait(seconds: seconds)
        return Answer(
            words: [URL(fileURLWithPath: program).lastPathComponent] + arguments, end: end,
            output: child.output, errors: child.errors)
    }
}
