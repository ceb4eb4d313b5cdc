import Glibc
import Terminal
import Testing

@Suite(.timeLimit(.minutes(1))) struct OutputTests {
    let facts = Memory()
    let remarks = Memory()

    private func output(_ style: Output.Style, isQuiet: Bool = false) -> Output {
        Output(
            program: "rientro", style: style, isQuiet: isQuiet, facts: facts.sink(),
            remarks: remarks.sink())
    }

    @Test("for people, facts are text and JSON is left out") func people() {
        let output = output(.text)
        output.say("Paid 5\u{1B}[2J")
        output.json(["a": 1])
        output.remark("by the way")
        output.complain("no such file")
        #expect(facts.text == "Paid 5␛[2J\n")
        #expect(remarks.text == "by the way\nrientro: no such file\n")
    }

    @Test("for programs, standard output is JSON alone, and only complaints are heard beside it")
    func programs() {
        let output = output(.json)
        output.say("Paid 5")
        output.say(TextTable([.text("x")]))
        output.json(["a": 1])
        output.remark("by the way")
        output.complain("no such file")
        output.progress("Loading", total: nil, clock: { 0 }).finish()
        #expect(facts.text == "{\n  \"a\": 1\n}\n")
        #expect(remarks.text == "rientro: no such file\n")
        #expect(output.isQuiet)
    }

    @Test("quiet leaves out remarks and nothing else") func quiet() {
        let output = output(.text, isQuiet: true)
        output.say("fact")
        output.remark("remark")
        output.complain("complaint")
        #expect(facts.text == "fact\n")
        #expect(remarks.text == "rientro: complaint\n")
    }

    @Test("a table and a sentence are folded for a terminal, and left whole for a file")
    func folded() {
        var table = TextTable([.text("")])
        table.add([String(repeating: "x", count: 30)])
        let terminal = Memory()
        let seen = Output(
            program: "r", facts: terminal.sink(isTerminal: true, columns: 20),
            remarks: terminal.sink(isTerminal: true, columns: 20))
        for output in [seen, output(.text)] {
            output.say(table)
            output.say("one two three four five")
            output.warn("six seven eight nine ten")
        }
        let x = String(repeating: "x", count: 20)
        let sentences = "one two three four\nfive\nsix seven eight nine\nten\n"
        #expect(terminal.text == "\(x)\nxxxxxxxxxx\n" + sentences)
        #expect(
            facts.text == String(repeating: "x", count: 30) + "\none two three four five\n")
        #expect(remarks.text == "six seven eight nine ten\n")
    }

    @Test("columns for which a terminal has no room are remarked on, and nothing is where all fit")
    func leftOut() {
        var table = TextTable([.key("case"), .key("creditor").leftOut(rank: 1)])
        table.add(["E-001", "Energia"])
        let output = Output(
            program: "r", facts: facts.sink(isTerminal: true, columns: 14),
            remarks: remarks.sink())
        output.say(table)
        #expect(facts.text == "case\n-----\nE-001\n")
        #expect(remarks.text == "(no room here for: creditor)\n")
        Output(program: "r", facts: facts.sink(), remarks: remarks.sink()).say(table)
        #expect(remarks.text == "(no room here for: creditor)\n")
    }

    @Test("a warning is heard also if quiet") func warning() {
        output(.text, isQuiet: true).warn("a question")
        #expect(remarks.text == "a question\n")
    }

    @Test("a fact that could not be written is noticed") func broken() {
        let output = Output(
            program: "r", facts: Sink(isTerminal: false, columns: nil) { _ in false })
        #expect(!output.isBroken)
        output.say("x")
        #expect(output.isBroken)
    }

    @Test("a long text reaches a slow reader whole, even if the pipe does not block")
    func slowReader() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0 && fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        let (source, target) = (ends[0], ends[1])
        let text = String(repeating: "è-0123456789\n", count: 50_000)
        let reading = Task.detached {
            var received: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 5_000)
            while case let count = Glibc.read(source, &piece, piece.count), count > 0 {
                received += piece[..<count]
            }
            return String(decoding: received, as: UTF8.self)
        }
        #expect(Sink(descriptor: target).write(text))
        close(target)
        #expect(await reading.value == text)
        close(source)
    }

    @Test("a full disk and a closed file are failures, an ordinary file is none") func descriptor()
    {
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        #expect(!Sink(descriptor: full).write("x"))
        #expect(!Sink(descriptor: -1).write("x"))
        let null = open("/dev/null", O_WRONLY | O_CLOEXEC)
        defer { close(null) }
        let sink = Sink(descriptor: null)
        #expect(sink.write("x") && sink.write(""))
        #expect(!sink.isTerminal && sink.columns() == nil)
    }
}

@Suite struct OpeningTests {
    let facts = Memory()
    let remarks = Memory()

    private func open(_ words: [String]) -> Opening {
        Opening.of(
            SampleProgram.program, words: words, in: Surroundings(), facts: facts.sink(),
            remarks: remarks.sink())
    }

    @Test("help goes to standard output and ends well") func help() {
        guard case .end(.done) = open(["pay", "--help"]) else {
            Issue.record("help did not end the program")
            return
        }
        #expect(facts.text.hasPrefix("Record a payment.\n"))
        #expect(remarks.text == "")
    }

    @Test("a wrong line is one sentence on standard error, with exit code 2") func wrong() {
        guard case .end(let code) = open(["pya"]) else {
            Issue.record("a wrong line was taken for right")
            return
        }
        #expect(code.rawValue == 2)
        #expect(facts.text == "")
        #expect(
            remarks.text
                == "rientro: there is no command \"pya\", did you mean pay?; "
                + "see `rientro --help`\n")
    }

    @Test("a wrong line that asks for JSON is answered with an object too") func wrongJSON() {
        for words in [["pya", "--json"], ["--json", "pay"]] {
            let facts = Memory()
            guard
                case .end(.usage) = Opening.of(
                    SampleProgram.program, words: words, in: Surroundings(), facts: facts.sink(),
                    remarks: remarks.sink())
            else {
                Issue.record("a wrong line was taken for right")
                return
            }
            #expect(facts.text.hasPrefix("{\n  \"error\": \"usage\",\n  \"message\": \""))
            #expect(facts.text.hasSuffix("\"exit_code\": 2\n}\n"))
        }
        let plain = Memory()
        _ = Opening.of(
            SampleProgram.program, words: ["pya", "--", "--json"], in: Surroundings(),
            facts: plain.sink(), remarks: remarks.sink())
        #expect(plain.text == "")
    }

    @Test("the flags json and quiet decide how the output speaks") func style() {
        guard case .run(let parsed, let output) = open(["status", "a.db", "--json"]) else {
            Issue.record("a right line was refused")
            return
        }
        #expect(parsed.argument("REPLICA") == "a.db")
        #expect(output.style == .json && output.isQuiet)
        guard case .run(_, let quiet) = open(["status", "a.db", "-q"]) else {
            Issue.record("a right line was refused")
            return
        }
        #expect(quiet.style == .text && quiet.isQuiet)
    }

    @Test("exit codes are the numbers that scripts rely on") func exitCodes() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
        #expect(ExitCode.partly.rawValue == 3 && ExitCode.noContact.rawValue == 4)
    }

    @Test("this process has an environment and files") func thisProcess() {
        let surroundings = Surroundings.ofThisProcess()
        #expect(surroundings.environment["PATH"]?.isEmpty == false)
        #expect(surroundings.fileExists("/dev/null"))
        #expect(!surroundings.fileExists("/dev/null/nothing"))
    }
}
