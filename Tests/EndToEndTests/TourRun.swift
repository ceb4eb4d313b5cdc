import Foundation

/// Runs a page's commands in a fresh folder, with the built programs on the PATH.
final class TourRun {
    /// Ports as pages write them; each is a free one in the run.
    private static let writtenPort = "127.0.0.1:8080"

    private let folder: Folder
    private let port: Int
    private var background: [Child] = []
    private var names: [(page: String, real: String)] = []
    private var lastStatus: Int32 = 0

    init() throws {
        folder = try Folder()
        port = try Socket.freePort()
        try FileManager.default.createDirectory(
            atPath: folder("tour"), withIntermediateDirectories: false)
    }

    deinit { for child in background { child.kill(SIGTERM) } }

    /// The step as it really went: names in the command are those of this run.
    func run(_ step: TourPage.Step) throws -> TourPage.Step {
        var real = step
        real.command = step.command.map(inThisRun)
        let text = real.text.replacing(Self.writtenPort, with: "127.0.0.1:\(port)")
        if step.isBackground {
            try runOn(String(text.dropLast()))
            real.output = []
            return real
        }
        let answer = try folder.run("bash", ["-c", Self.script, "tour", text, "\(lastStatus)"])
        guard case .exit(let status) = answer.end else { throw Failure("\(answer)") }
        lastStatus = status
        var lines = (answer.output + answer.errors).replacing(
            "127.0.0.1:\(port)", with: Self.writtenPort
        ).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last == "" { lines.removeLast() }
        real.output = lines.map { line in
            line.replacing(folder("tour") + "/", with: "").trimmingTrailingSpaces
        }
        names += TourWords.pairs(step.output, real.output)
        return real
    }

    /// The shell's variables and last exit code go on from command to command.
    private static let script = """
        cd tour
        [ -f ../variables ] && . ../variables 2>/dev/null
        trap 'status=$?; declare -p | grep -v "^declare -[a-zA-Z]*r" > ../variables; exit $status' \
          EXIT
        exec 2>&1
        (exit "$2")
        eval "$1"
        """

    /// The step as the page would show it: the command as it stood, and in the output the names
    /// that the page uses.
    func onThePage(_ step: TourPage.Step, _ done: TourPage.Step) -> TourPage.Step {
        var shown = step
        shown.output = done.output.map { line in
            names.reversed().reduce(line) { $0.replacing($1.real, with: $1.page) }
        }
        return shown
    }

    private func inThisRun(_ line: String) -> String {
        names.reversed().reduce(line) { $0.replacing($1.page, with: $1.real) }
    }

    private func runOn(_ text: String) throws {
        let child = try folder.start("bash", ["-c", "cd tour && exec \(text)"])
        background.append(child)
        let deadline = Date() + 20
        while (try? Socket(port: port)) == nil {
            guard Date() < deadline, !child.hasEnded() else {
                throw Failure("\(text) does not listen: \(child.output) \(child.errors)")
            }
            usleep(20_000)
        }
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
