import Glibc
import Testing

@testable import Terminal

@Suite(.timeLimit(.minutes(1))) struct QuestionTests {
    /// The answer to a prompt from a pipe that holds these bytes and then ends.
    private func ask(_ bytes: [UInt8], _ remarks: Memory = Memory()) throws -> String? {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        return Question.line("Go on? ", from: ends[0], remarks: remarks.sink())
    }

    @Test("an answer is a line without blanks at its ends, and the prompt is shown before it")
    func line() throws {
        let remarks = Memory()
        #expect(try ask(Array("  sì, certo \r\nmore\n".utf8), remarks) == "sì, certo")
        #expect(remarks.text == "Go on? ")
        #expect(try ask(Array("\n".utf8)) == "")
    }

    @Test("no line, no text, and more than an answer can be, are no answer") func none() throws {
        #expect(try ask([]) == nil)
        #expect(try ask(Array("yes".utf8)) == nil)
        #expect(try ask([0xFF, 0x0A]) == nil)
        #expect(try ask([UInt8](repeating: 0x61, count: 4096) + [0x0A])?.count == 4096)
        #expect(try ask([UInt8](repeating: 0x61, count: 4097) + [0x0A]) == nil)
    }

    @Test(
        "yes is yes in both languages, and everything else is no",
        arguments: [
            ("y", true), ("YES", true), ("s", true), ("Sì", true), ("si", true), ("", false),
            ("n", false), ("no", false), ("yeah", false), ("sure", false), ("ja", false),
        ])
    func yes(answer: String, isYes: Bool) {
        #expect(Question.isYes(answer) == isYes)
    }

    @Test("only a person at a terminal, who sees the prompt, can be asked") func canAsk() throws {
        var master: Int32 = -1
        var slave: Int32 = -1
        try #require(openpty(&master, &slave, nil, nil, nil) == 0)
        defer {
            close(master)
            close(slave)
        }
        let seen = Memory().sink(isTerminal: true)
        #expect(Question.canAsk(from: slave, remarks: seen))
        #expect(!Question.canAsk(from: slave, remarks: Memory().sink()))
        let null = open("/dev/null", O_RDONLY)
        defer { close(null) }
        #expect(!Question.canAsk(from: null, remarks: seen))
    }
}
