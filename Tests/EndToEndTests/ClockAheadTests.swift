import Testing

/// A centre whose clock was ahead once has commits of a time that is still to come.
@Suite("a clock that was ahead", .ownThreads, .timeLimit(.minutes(10)))
struct ClockAheadTests {
    @Test("the centre says so and how to go on, and tells no office with a right clock to set it")
    func goesOn() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        #expect(try firm.running().stop() == .exit(0))
        try firm.centre("status").expect(0).unfolded.says("as the log")
        try Shell(firm.folder).answer(
            firm.database,
            """
            UPDATE commit_log SET time = time + 3 * 86400000
            WHERE number = (SELECT max(number) FROM commit_log);
            """
        ).expect(0)
        let serve = ["serve", firm.centre, "--listen", "127.0.0.1:0"]
        try firm.run(serve).expect(1).says("behind the last commit", "--clock-is-right")
        #expect(try firm.run(serve + ["--json"]).json()["error"].text == "clock_behind")
        let before = try firm.centre("status", "--json").expect(0).json()
        #expect(before["clock_ahead_ms"].number ?? 0 > 2 * 86_400_000, "\(before)")
        try firm.centre("status").expect(0).unfolded.says(
            "2 days ahead of this machine's clock", "or is now")
        let server = try ServerProcess(
            firm.centre, in: firm.folder, after: ["--clock-is-right"])
        #expect(try server.stop() == .exit(0))
        let said = server.child.errors.replacing("\n", with: " ")
        #expect(said.contains("2 days ahead"), "\(said)")
        try firm.centre("status").expect(0).unfolded.says("offices are told the right time")
        // Once said it holds.
        try firm.serve()
        try matera.writeNotes(1, marked: "later")
        try matera.sync()
        let offset = try #require(try matera.status()["clock_offset_ms"].number)
        #expect(offset.magnitude < 60_000)
        #expect(try !matera.run("status").output.contains("set it right"))
        #expect(try firm.rows("SELECT note FROM contact_attempt") == ["later 0"])
        #expect(
            try firm.rows(
                "SELECT count(*) FROM commit_log AS a JOIN commit_log AS b"
                    + " ON b.number = a.number + 1 WHERE b.time < a.time") == ["0"])
    }
}
