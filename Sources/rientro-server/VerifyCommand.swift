import RientroServer
import Terminal

/// `verify`: proves that file, log, routes and rows agree.
enum VerifyCommand {
    static let declaration = Command(
        "verify", "Check every hash of the log, and that the log alone gives the same rows",
        discussion: "Works beside a running server. Exit code 1 if anything is not as it must be.",
        arguments: [CentreProgram.folder])

    static func run(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let centre = try parsed.centre()
        let meters = CentreVerify.Stage.allCases.map {
            ($0, output.progress(label($0), total: 100))
        }
        let progress = Dictionary(meters, uniquingKeysWith: { first, _ in first })
        defer { for (_, meter) in meters { meter.finish() } }
        let report = try CentreVerify.run(centre) { stage, done, total in
            progress[stage]?.advance(to: total == 0 ? 100 : Int(done * 100 / total))
        }
        for (_, meter) in meters { meter.finish() }
        let sentences = report.findings.map(FindingSentences.about)
        output.json([
            "ok": .bool(report.findings.isEmpty), "commits": .integer(report.commits),
            "parts": .integer(report.parts), "rows": .integer(report.rows),
            "findings": .array(sentences.map(JSONValue.string)),
            "findings_left_out": .count(report.findingsLeftOut),
        ])
        guard report.findings.isEmpty else {
            for sentence in sentences { output.say(sentence) }
            if report.findingsLeftOut > 0 { output.say("… and \(report.findingsLeftOut) more") }
            output.complain("the centre is not as it must be")
            return .failed
        }
        output.say(
            "\(report.commits) commits, \(report.parts) parts, \(report.rows) rows: every hash is "
                + "right, and the log alone gives the same rows.")
        return .done
    }

    private static func label(_ stage: CentreVerify.Stage) -> String {
        switch stage {
        case .file: "Checking the file"
        case .log: "Checking the log"
        case .changeSets: "Checking the change-sets"
        case .routes: "Checking the routes"
        case .merge: "Merging the log again"
        case .digests: "Comparing the rows"
        }
    }
}
