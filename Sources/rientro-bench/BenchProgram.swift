import Foundation
import Terminal

/// The benchmark's command: what is measured, and how it is told.
enum BenchProgram {
    static let command = Command(
        "rientro-bench", "Measure Rientro beside plain SQLite, in the same run",
        discussion: """
            Each figure is the median of pairs that were taken in turn. The ratios are what \
            counts: absolute times are of this machine at this hour. Leave the machine alone \
            while it runs.

            A to G and M: the work itself, in this process. H to L: through the real server. P: \
            the baseline itself, against the sqlite3 shell.
            """,
        options: [
            .flag("json", "write the figures as JSON, for programs"),
            .flag("quiet", short: "q", "no progress"),
            .value("only", "LETTERS", "only these of A to M and P, such as CDE"),
            .value(
                "rows", "N",
                "row changes of the day, for a tenth as many debtors; 100000 unless given"),
            .value("pairs", "N", "pairs of each measurement; 5 unless given"),
            .value("disk", "DIR", "make the files there; on tmpfs unless given"),
            .value("peer", "URL", "another server for L: its /healthz is measured in turn"),
            .value("record", "FILE", "write what was reached to FILE"),
            .value("compare", "FILE", "fail if a figure is worse than in FILE by over a third"),
            .value(
                "indexes", "WHICH", "none, portfolio or both, for A to G; H to L have them",
                choices: ["none", "portfolio", "both"]),
        ])

    static func run(_ parsed: Parsed, _ output: Output) async -> ExitCode {
        do {
            let figures = try await measure(parsed, output)
            output.json(.array(figures.map(\.json)))
            output.say(Figure.table(figures))
            if let path = parsed.value("record") { try Record(figures).write(to: path) }
            let losses = try parsed.value("compare").map { path in
                try Record(path: path).losses(in: figures)
            }
            for loss in losses ?? [] { output.complain(loss + ": worse by more than a third") }
            return output.isBroken || losses?.isEmpty == false ? .failed : .done
        } catch let error as UsageError {
            output.complain(error.sentence)
            return .usage
        } catch let error as BenchError {
            output.complain(error.sentence)
            return .failed
        } catch {
            output.complain("\(error)")
            return .failed
        }
    }

    private static func measure(_ parsed: Parsed, _ output: Output) async throws -> [Figure] {
        let letters = Set((parsed.value("only") ?? "ABCDEFGHIJKLMP").uppercased())
        try checkPrograms(for: letters)
        let rows = try parsed.integer("rows", in: 1_000...1_000_000) ?? 100_000
        let pairs = try parsed.integer("pairs", in: 1...100) ?? 5
        let disk = parsed.value("disk") ?? tmpfs
        let which = parsed.value("indexes") ?? "both"
        var figures: [Figure] = []
        if letters.contains("P") { figures += try ShellBench(disk: disk, pairs: pairs).run() }
        for hasIndexes in [false, true]
        where which == "both" || (which == "portfolio") == hasIndexes {
            if letters.contains("B") {
                figures += try SingleBench(disk: tmpfs, hasIndexes: hasIndexes, pairs: pairs).run()
            }
            if !letters.isDisjoint(with: "ACDEG") {
                figures += try DayBench(
                    disk: disk, hasIndexes: hasIndexes, rows: rows, pairs: pairs,
                    progress: output.remark
                ).run(only: letters)
            }
            if letters.contains("F") {
                figures += try ConcurrentBench(disk: disk, hasIndexes: hasIndexes, pairs: pairs)
                    .run()
            }
            if letters.contains("M") {
                figures += try GrowthBench(
                    disk: disk, hasIndexes: hasIndexes, pairs: pairs, progress: output.remark
                ).run()
            }
        }
        figures += try await NetworkBench(
            disk: disk, rows: rows, pairs: pairs, peer: parsed.value("peer"),
            progress: output.remark
        ).run(only: letters)
        return figures
    }

    /// Looks for the programs that figures need before any is measured: what ends after ten minutes
    /// without one has told nothing.
    private static func checkPrograms(for letters: Set<Character>) throws {
        let needed: KeyValuePairs<Character, String> = ["D": "gzip", "L": "wrk", "P": "sqlite3"]
        for (figure, program) in needed where letters.contains(figure) {
            guard ChildProgram.isInstalled(program) else {
                throw BenchError.missing(program: program, figure: "\(figure)")
            }
        }
    }

    /// A file system in memory, where there is one: then it is the work that is measured.
    private static let tmpfs =
        FileManager.default.isWritableFile(atPath: "/dev/shm")
        ? "/dev/shm" : FileManager.default.temporaryDirectory.path
}
