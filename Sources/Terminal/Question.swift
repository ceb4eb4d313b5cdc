import Glibc

/// Asks a person something at the terminal, and waits for a line.
package enum Question {
    /// Whether there is somebody to ask: whoever types sits at `descriptor`, and reads remarks.
    package static func canAsk(
        from descriptor: Int32 = STDIN_FILENO, remarks: Sink = .standardError
    ) -> Bool {
        isatty(descriptor) == 1 && remarks.isTerminal
    }

    /// The line that somebody types after the prompt, without blanks at its ends; nil where the
    /// input ends before a line does, and where the line is no text or longer than an answer is.
    package static func line(
        _ prompt: String, from descriptor: Int32 = STDIN_FILENO, remarks: Sink = .standardError
    ) -> String? {
        _ = remarks.write(Visible.lines(prompt))
        var bytes: [UInt8] = []
        while true {
            guard let byte = readByte(descriptor) else {
                _ = remarks.write("\n")
                return nil
            }
            if byte == 0x0A { break }
            // One byte too many tells that it is too long; the rest of it is read over.
            if bytes.count <= TerminalLimits.answerBytesMax { bytes.append(byte) }
        }
        guard bytes.count <= TerminalLimits.answerBytesMax,
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let start = text.drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }

    /// Whether an answer says yes, in Italian or English. Everything else says no.
    package static func isYes(_ answer: String) -> Bool {
        ["y", "yes", "s", "si", "sì"].contains(answer.lowercased())
    }

    private static func readByte(_ descriptor: Int32) -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(descriptor, &byte, 1)
            if count == 1 { return byte }
            guard count < 0, errno == EINTR else { return nil }
        }
    }
}
