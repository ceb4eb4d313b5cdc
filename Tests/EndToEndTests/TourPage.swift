/// The blocks of a page that begin with ```` ```console ````: commands after `$ `, and under each
/// what it prints.
struct TourPage: Equatable {
    /// One command with its output.
    struct Step: Equatable {
        /// The command; lines that end with a backslash go on in the next.
        var command: [String]
        var output: [String]
        /// The line of the page on which the command stands, from 0.
        var line: Int

        /// The command for the shell.
        var text: String { command.joined(separator: "\n") }
        /// A program that runs on while the tour goes on.
        var isBackground: Bool { text.hasSuffix("&") && !text.hasSuffix("&&") }
    }

    private(set) var steps: [Step] = []
    private let lines: [String]
    /// For each step the lines of the page that it takes up.
    private var places: [Range<Int>] = []

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var isConsole = false
        var isCommand = false
        for (index, line) in lines.enumerated() {
            if line.hasPrefix("```") {
                isConsole = line == "```console" && !isConsole
                isCommand = false
                continue
            }
            guard isConsole else { continue }
            if line.hasPrefix("$ ") {
                steps.append(Step(command: [String(line.dropFirst(2))], output: [], line: index))
                places.append(index..<(index + 1))
                isCommand = line.hasSuffix("\\")
            } else if let last = steps.indices.last {
                if isCommand {
                    steps[last].command.append(line)
                    isCommand = line.hasSuffix("\\")
                } else {
                    steps[last].output.append(line)
                }
                places[last] = places[last].lowerBound..<(index + 1)
            }
        }
    }

    /// The page with these steps in place of its own.
    func text(with new: [Step]) -> String {
        var result: [String] = []
        var next = 0
        for (place, step) in zip(places, new) {
            result += lines[next..<place.lowerBound]
            result += ["$ " + (step.command.first ?? "")] + step.command.dropFirst()
            result += step.output
            next = place.upperBound
        }
        return (result + lines[next...]).joined(separator: "\n")
    }
}

/// What differs from run to run, and what stands for it.
enum TourWords {
    /// What a later command may repeat: ids, hashes and one-time codes.
    nonisolated(unsafe) static let names =
        #/
        [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
        | \b[0-9a-f]{16,64}\b
        | \b[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}\b
        /#

    /// A line without what differs from run to run, and without the width of tables.
    static func plain(_ line: String) -> String {
        var text = line.replacing(names, with: "<name>")
        text = text.replacing(
            /\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?/, with: "<time>")
        text = text.replacing(/\d{4}-\d{2}-\d{2}/, with: "<date>")
        text = text.replacing(/\b\d{1,2}:\d{2}(?::\d{2})?\b/, with: "<time>")
        text = text.replacing(/127\.0\.0\.1:\d+/, with: "<address>")
        text = text.replacing(/\d+(?:\.\d+)? (?:ms|s|seconds?|minutes?|hours?)\b/, with: "<length>")
        text = text.replacing(/\d+ bytes?\b/, with: "<bytes>")
        text = text.replacing(/-{3,}|─+/, with: "-")
        return text.split(separator: " ").joined(separator: " ")
    }

    /// Whether the real lines are those of the page; `…` stands for any lines.
    static func agree(_ page: [String], _ real: [String]) -> Bool {
        let page = trimmed(page.map(plain))
        let real = trimmed(real.map(plain))
        guard let gap = page.firstIndex(of: "…") else { return page == real }
        let before = Array(page[..<gap])
        let after = Array(page[(gap + 1)...])
        guard real.count >= before.count, Array(real[..<before.count]) == before else {
            return false
        }
        let rest = Array(real[before.count...])
        return (0...rest.count).contains { agree(after, Array(rest[$0...])) }
    }

    private static func trimmed(_ lines: [String]) -> [String] {
        var lines = lines
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Which real name stands for which of the page, as far as the lines correspond.
    static func pairs(_ page: [String], _ real: [String]) -> [(page: String, real: String)] {
        func found(_ lines: [String]) -> [String] {
            lines.flatMap { line in line.matches(of: names).map { String($0.output) } }
        }
        return Array(zip(found(page), found(real))).map { (page: $0, real: $1) }
    }
}
