import Glibc

/// The program that shows what is longer than the screen, chosen as git chooses it:
/// `RIENTRO_PAGER`, else `PAGER`, else `less -FRX`. One that is set and empty, or `cat`, is none.
package struct Pager: Equatable, Sendable {
    /// What the shell runs.
    package let command: String
    private let environment: [String: String]

    /// The pager that the environment asks for; nil where it wants none.
    package init?(_ environment: [String: String]) {
        let chosen = environment["RIENTRO_PAGER"] ?? environment["PAGER"] ?? "less -FRX"
        guard !chosen.isEmpty, chosen != "cat" else { return nil }
        command = chosen
        var surroundings = environment
        // A `less` that somebody names without options behaves like ours.
        if surroundings["LESS"] == nil { surroundings["LESS"] = "FRX" }
        if surroundings["LV"] == nil { surroundings["LV"] = "-c" }
        self.environment = surroundings
    }

    /// Shows a text, and waits until its reader has enough; false where the pager cannot be run,
    /// and nobody has seen the text.
    package func show(_ text: String) -> Bool {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { return false }
        // A pager that held the writing end itself would wait for the end of the text for ever.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // Ctrl-C belongs to the pager while it runs; a reader who leaves early ends no program.
        let interrupt = signal(SIGINT, SIG_IGN)
        let broken = signal(SIGPIPE, SIG_IGN)
        defer {
            _ = signal(SIGINT, interrupt)
            _ = signal(SIGPIPE, broken)
        }
        let child = start(reading: ends[0])
        close(ends[0])
        if child != nil { _ = Sink(descriptor: ends[1]).write(text) }
        close(ends[1])
        guard let child else { return false }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return true }
        }
        // The shell ends with 126 or 127 where it could not run what it was told (POSIX, 2.8.2).
        let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 0
        return code != 126 && code != 127
    }

    private func start(reading descriptor: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What is ignored here would stay ignored in the pager, which needs both.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
        let shell = ["/bin/sh", "-c", command]
        var words: [UnsafeMutablePointer<CChar>?] = shell.map { strdup($0) }
        words.append(nil)
        var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
        settings.append(nil)
        defer { for text in words + settings { free(text) } }
        var child = pid_t()
        guard posix_spawn(&child, "/bin/sh", &actions, &attributes, words, settings) == 0 else {
            return nil
        }
        return child
    }
}
