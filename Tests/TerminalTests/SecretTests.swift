import Glibc
import Testing

@testable import Terminal

@Suite(.timeLimit(.minutes(1))) struct SecretTests {
    /// Reads a secret from a pipe that holds these bytes and then ends.
    private func read(_ bytes: [UInt8]) throws -> (secret: String, rest: Int) {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        let secret = try Secret.read(prompt: "Code: ", from: ends[0], remarks: Memory().sink())
        var rest = [UInt8](repeating: 0, count: 100)
        return (secret, Glibc.read(ends[0], &rest, rest.count))
    }

    @Test("from a pipe one line is read, and nothing behind it is taken") func pipeLine() throws {
        let (secret, rest) = try read(Array(" AB-12è \r\nnext".utf8))
        #expect(secret == "AB-12è")
        #expect(rest == 4)
        #expect(try read(Array("no newline".utf8)).secret == "no newline")
    }

    @Test("what is no secret is refused") func refused() {
        #expect(throws: SecretError.endOfInput) { try read([]) }
        #expect(throws: SecretError.empty) { try read(Array(" \n".utf8)) }
        #expect(throws: SecretError.notText) { try read([0x41, 0xFF, 0x0A]) }
        #expect(throws: SecretError.tooLong(bytesMax: 4096)) {
            try read([UInt8](repeating: 0x41, count: 4097))
        }
        #expect(throws: SecretError.unreadable(errno: EBADF)) {
            try Secret.read(prompt: "", from: -1, remarks: Memory().sink())
        }
    }

    @Test("on a terminal the code is not shown, and echo is back afterwards") func terminal() throws
    {
        var master: Int32 = -1
        var slave: Int32 = -1
        try #require(openpty(&master, &slave, nil, nil, nil) == 0)
        defer {
            close(master)
            close(slave)
        }
        // Flushing on the change of mode drops what was typed before the prompt, so the
        // keys are sent by the prompt itself.
        let keys = Array("AX\u{7F}B\u{E8}\u{7F}C\r".utf8)
        let shown = Memory()
        let remarks = Sink(isTerminal: true, columns: 80) { [master] text in
            if text == "Code: " { _ = write(master, keys, keys.count) }
            return shown.sink().write(text)
        }
        #expect(try Secret.read(prompt: "Code: ", from: slave, remarks: remarks) == "ABC")
        #expect(shown.text == "Code: \n")
        var mode = termios()
        try #require(tcgetattr(slave, &mode) == 0)
        #expect(mode.c_lflag & tcflag_t(ECHO | ICANON | ISIG) == tcflag_t(ECHO | ICANON | ISIG))
        try #require(fcntl(master, F_SETFL, O_NONBLOCK) == 0)
        var echo = [UInt8](repeating: 0, count: 100)
        #expect(Glibc.read(master, &echo, echo.count) == -1, "keys were shown")
    }

    @Test("each reason is told in a sentence of its own") func sentences() {
        let errors: [SecretError] = [
            .endOfInput, .empty, .tooLong(bytesMax: 4096), .notText, .cancelled,
            .unreadable(errno: 9),
        ]
        let sentences = Set(errors.map { $0.sentence(name: "the code") })
        #expect(sentences.count == errors.count)
        #expect(sentences.contains("the code is longer than 4096 bytes"))
    }

    @Test("keys edit the unseen line as they edit a shown one") func editor() {
        func line(_ keys: String) -> (String, SecretEditor.Step) {
            var editor = SecretEditor()
            for byte in keys.utf8 {
                let step = editor.receive(byte)
                if step != .goOn { return (String(decoding: editor.bytes, as: UTF8.self), step) }
            }
            return (String(decoding: editor.bytes, as: UTF8.self), .goOn)
        }
        #expect(line("ab\u{7F}c\n") == ("ac", .done))
        #expect(line("à\u{8}b\r") == ("b", .done))
        #expect(line("\u{7F}\u{7F}a\n") == ("a", .done))
        #expect(line("wrong\u{15}right\n") == ("right", .done))
        #expect(line("ab\u{3}").1 == .failed(.cancelled))
        #expect(line("\u{4}").1 == .failed(.endOfInput))
        #expect(line("ab\u{4}") == ("ab", .done))
        let long = String(repeating: "a", count: 4097)
        #expect(line(long).1 == .failed(.tooLong(bytesMax: 4096)))
    }
}
