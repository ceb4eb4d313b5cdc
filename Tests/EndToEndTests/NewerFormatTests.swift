import Testing

/// A file that a later program has made, in the hands of this one.
@Suite("files of a newer version", .ownThreads, .timeLimit(.minutes(10)))
struct NewerFormatTests {
    @Test("both programs say that the file is newer and what to do, to people and to programs")
    func refused() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        for file in [office.path, firm.database] {
            try Shell(firm.folder).answer(file, "PRAGMA user_version = 2;").expect(0)
        }
        try office.run("status").expect(1).says("version 2 of the file format", "update this")
        let said = try office.run("sync", "--json").expect(1).json()
        #expect(said["error"].text == "newer_format")
        #expect(try firm.running().stop() == .exit(0))
        let words = "version 2 of the file format"
        try firm.centre("status").expect(1).says(words, "update this")
        try firm.centre("serve").expect(1).says(words, "update this")
        let answer = try firm.run(["verify", firm.centre, "--json"]).expect(1).json()
        #expect(answer["error"].text == "newer_format")
        for file in [office.path, firm.database] {
            try Shell(firm.folder).answer(file, "PRAGMA user_version = 1;").expect(0)
        }
        try office.run("status").expect(0)
        try firm.centre("verify").expect(0)
    }
}
