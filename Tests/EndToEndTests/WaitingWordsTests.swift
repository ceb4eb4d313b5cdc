import Foundation
import Glibc
import Testing

/// A centre that takes a request and says nothing.
@Suite("a centre that hangs", .ownThreads, .timeLimit(.minutes(5)))
struct WaitingWordsTests {
    /// Runs a command on a terminal of its own, ends it after so many seconds, and prints what the
    /// terminal showed.
    private static let script = """
        import os, pty, select, signal, sys, time
        pid, fd = pty.fork()
        if pid == 0:
            os.execv(sys.argv[2], sys.argv[2:])
        end = time.time() + float(sys.argv[1])
        shown = b''
        while time.time() < end and b'waiting' not in shown:
            if select.select([fd], [], [], 0.2)[0]:
                try:
                    piece = os.read(fd, 4096)
                except OSError:
                    break
                if not piece:
                    break
                shown += piece
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        sys.stdout.write(shown.decode('utf-8', 'replace'))
        """

    @Test("after a few seconds a terminal shows what is waited for, and until when")
    func hung() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let silent = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(silent) }
        let port = try Socket.listen(silent)
        try matera.run("centre", "http://127.0.0.1:\(port)").expect(0)
        let answer = try firm.folder.run(
            "python3", ["-c", Self.script, "25", Programs.office, "sync", matera.path],
            seconds: 60)
        answer.says("http://127.0.0.1:\(port) has not answered yet, waiting until")
        #expect(answer.output.contains(/until [0-2][0-9]:[0-5][0-9]:[0-5][0-9]/))
    }
}
