import Testing

/// What the centre knows of an office's work that has not come, and of its proofs.
@Suite("what an office tells of itself", .ownThreads, .timeLimit(.minutes(10)))
struct ToldTests {
    /// What `status` and `replica list` say of the only office, once the server has written it.
    private func told(_ firm: Firm) throws -> JSON {
        #expect(try firm.running().stop() == .exit(0))
        let status = try firm.centre("status", "--json").expect(0).json()["replicas"][0]
        let list = try firm.centre("replica", "list", "--json").expect(0).json()["replicas"][0]
        for key in ["unsent", "proven_commit"] {
            #expect(status[key].number == list[key].number, "\(key): \(status) \(list)")
            #expect(status[key].isNull == list[key].isNull, "\(key): \(status) \(list)")
        }
        return status
    }

    @Test("a backlog that is cut off after its first request is shown with what is unsent")
    func backlog() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        // Six million letters of notes: more than one request carries.
        try Shell(firm.folder).answer(
            matera.path,
            """
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            SELECT (SELECT min(id) FROM account), 'phone', 'NA', hex(randomblob(1000)) FROM n;
            """
        ).expect(0)
        firm.line.follow { number, _ in number == 0 ? .none : .dropped }
        try matera.run("sync").expect(4).says("nothing is lost")
        let sealed = try #require(try matera.status()["sealed"].number)
        #expect(sealed > 0)
        let cut = try told(firm)
        #expect(cut["unsent"].number == sealed, "\(cut)")
        #expect(cut["proven_commit"].isNull, "\(cut)")
        try firm.centre("status").expect(0).says("unsent", "proven")
        firm.line.follow()
        try firm.serve()
        try matera.sync()
        let whole = try told(firm)
        #expect(whole["unsent"].number == 0, "\(whole)")
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["3000"])
    }

    @Test("an office that verified shows its proven commit, until it proves a later one")
    func proven() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        for round in 0..<2 {
            try matera.writeNotes(3, marked: "round \(round)")
            try matera.verify()
            let commit = try #require(try matera.status()["proven"]["commit"].number)
            let last = try firm.rows("SELECT max(number) FROM commit_log")
            #expect(last == ["\(commit)"])
            try matera.sync()
            let after = try told(firm)
            #expect(after["proven_commit"].number == commit, "\(after)")
            #expect(after["unsent"].number == 0, "\(after)")
            try firm.serve()
        }
    }
}
