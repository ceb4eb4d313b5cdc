import Foundation

/// A terminal of so many columns and rows with a person at it, by Python's `pty`.
struct PseudoTerminal {
    var columns = 80
    var rows = 24

    /// Runs `rientro` there. Each answer is typed when the text before it was shown.
    func run(
        _ office: Office, _ words: [String], answers: [(after: String, typed: String)] = [],
        environment: [String: String] = [:]
    ) throws -> Answer {
        let typed = answers.flatMap { [$0.after, $0.typed] }
        let surroundings = [
            "RIENTRO_OPERATOR": office.operatorCode, "RIENTRO_REPLICA": office.path,
            "TERM": "xterm", "RIENTRO_PAGER": "",
        ].merging(environment) { $1 }
        let answer = try office.folder.run(
            "python3",
            ["-c", Self.script, "\(columns)", "\(rows)", "\(answers.count)"] + typed
                + [Programs.office] + words, environment: surroundings)
        return Answer(
            words: ["rientro"] + words, end: answer.end,
            output: answer.output.replacing("\r\n", with: "\n"), errors: answer.errors)
    }

    private static let script = """
        import fcntl, os, pty, select, struct, sys, termios
        columns, rows, count = map(int, sys.argv[1:4])
        answers = [(sys.argv[4 + 2 * i].encode(), sys.argv[5 + 2 * i].encode())
                   for i in range(count)]
        command = sys.argv[4 + 2 * count:]
        size = struct.pack("HHHH", rows, columns, 0, 0)
        ready, go = os.pipe()
        pid, master = pty.fork()
        if pid == 0:
            os.close(go)
            os.read(ready, 1)
            os.execvp(command[0], command)
        fcntl.ioctl(master, termios.TIOCSWINSZ, size)
        os.close(ready)
        os.close(go)
        shown = b""
        while True:
            if answers and answers[0][0] in shown:
                os.write(master, answers.pop(0)[1] + b"\\n")
            if not select.select([master], [], [], 60)[0]:
                sys.exit("nothing more is shown, and it does not end: " + repr(shown))
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        sys.stdout.buffer.write(shown)
        sys.stdout.flush()
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
}
