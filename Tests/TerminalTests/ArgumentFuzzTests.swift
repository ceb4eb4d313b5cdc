import Terminal
import Testing

@Suite struct ArgumentFuzzTests {
    static let pieces = [
        "pay", "note", "portfolio", "add", "quarantine", "send", "debtors", "tag", "help", "--",
        "-", "--json", "--json=", "--currency", "--currency=EUR", "-c", "-q", "-h", "--help",
        "--office", "--limit", "150", "-150", "", " ", "=", "--=", "---", "-=", "\u{0}", "\n",
        "è", "-è", "--è", "\u{1B}[2J", "🧑‍⚖️", "e\u{301}", "--portfolio=\u{202E}", "a.db", "--name",
        String(repeating: "-", count: 300), String(repeating: "x", count: 5000),
    ]

    @Test("no list of words traps, and every error is one line", arguments: 0..<40)
    func random(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var outcomes: Set<String> = []
        for _ in 0..<250 {
            let count = Int.random(in: 0...7, using: &generator)
            let words = (0..<count).map { _ in Self.pieces.randomElement(using: &generator) ?? "" }
            let isSet = Bool.random(using: &generator)
            let surroundings = Surroundings(
                environment: isSet ? ["RIENTRO_REPLICA": "home.db"] : [:]
            ) { $0 == "a.db" }
            do throws(UsageError) {
                switch try SampleProgram.program.parse(words, in: surroundings) {
                case .run(let parsed):
                    outcomes.insert("run")
                    checkWordsSurvive(words, parsed: parsed)
                case .help(let path):
                    outcomes.insert("help")
                    #expect(HelpPage(path: path).text(columns: count).contains("Usage: rientro"))
                }
            } catch {
                outcomes.insert("error")
                #expect(!error.sentence.contains { $0.isNewline }, "\(words)")
            }
        }
        #expect(outcomes == ["run", "help", "error"])
    }

    /// No word that is neither an option nor a command's name gets lost or invented.
    private func checkWordsSurvive(_ words: [String], parsed: Parsed) {
        guard let command = parsed.path.last else { return }
        for argument in command.arguments {
            for value in parsed.arguments(argument.name) {
                #expect(words.contains(value) || value == "home.db", "\(words)")
            }
        }
    }
}
