import Glibc

/// Reads what must not stand in a command line, where every user of the machine could see it.
package enum Secret {
    /// Reads one line: from a terminal after a prompt and without showing it, or from a pipe or
    /// file. Nothing behind the line is taken. White space around it is removed.
    ///
    /// - Parameters:
    ///   - prompt: what to ask a person for, shown on standard error.
    ///   - descriptor: where to read, standard input unless told.
    ///   - remarks: where to show the prompt.
    /// - Throws: ``SecretError``. The terminal is put back as it was in any case.
    package static func read(
        prompt: String, from descriptor: Int32 = STDIN_FILENO, remarks: Sink = .standardError
    ) throws(SecretError) -> String {
        let bytes: [UInt8]
        if isatty(descriptor) == 1 {
            bytes = try readUnseen(prompt: prompt, from: descriptor, remarks: remarks)
        } else {
            bytes = try readLine(from: descriptor)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notText }
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        guard !rest.isEmpty else { throw .empty }
        return String(rest)
    }

    private static func readLine(from descriptor: Int32) throws(SecretError) -> [UInt8] {
        var line: [UInt8] = []
        while let byte = try readByte(from: descriptor) {
            if byte == 0x0A { return line }
            guard line.count < TerminalLimits.secretBytesMax else {
                throw .tooLong(bytesMax: TerminalLimits.secretBytesMax)
            }
            line.append(byte)
        }
        if line.isEmpty { throw .endOfInput }
        return line
    }

    private static func readUnseen(
        prompt: String, from descriptor: Int32, remarks: Sink
    ) throws(SecretError) -> [UInt8] {
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else { throw .unreadable(errno: errno) }
        var silent = before
        // Without ISIG Ctrl-C arrives as a byte, so that it cannot leave a terminal without echo.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        guard tcsetattr(descriptor, TCSAFLUSH, &silent) == 0 else {
            throw .unreadable(errno: errno)
        }
        defer {
            _ = tcsetattr(descriptor, TCSAFLUSH, &before)
            _ = remarks.write("\n")
        }
        _ = remarks.write(Visible.word(prompt))
        var editor = SecretEditor()
        while let byte = try readByte(from: descriptor) {
            switch editor.receive(byte) {
            case .goOn: continue
            case .done: return editor.bytes
            case .failed(let error): throw error
            }
        }
        throw .endOfInput
    }

    private static func readByte(from descriptor: Int32) throws(SecretError) -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = Glibc.read(descriptor, &byte, 1)
            if count == 1 { return byte }
            if count == 0 { return nil }
            if errno != EINTR { throw .unreadable(errno: errno) }
        }
    }
}
