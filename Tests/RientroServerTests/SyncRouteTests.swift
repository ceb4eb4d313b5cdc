import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

@Suite("the sync route", .timeLimit(.minutes(2)))
struct SyncRouteTests {
    @Test(
        "a note written in one office is in the other after both have synced, by one request each")
    func roundTrip() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        let b = try await centre.office("MT")
        try a.note(on: TestRow.account("MT", 0), "promised for Friday")
        let sent = try await a.exchange()
        #expect(sent.outcomes == [Outcome(number: 1, status: .applied, items: [])])
        let received = try await b.exchange()
        #expect(received.commits.count == 1)
        #expect(!received.hasMore)
        #expect(try b.text("SELECT text FROM note") == "promised for Friday")
        await centre.stop()
    }

    @Test("a request whose answer was lost is already applied when it comes again")
    func lostAnswer() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        try a.note(on: TestRow.account("MT", 0))
        let request = try a.engine().request()
        let lost = try SyncAnswer(decoding: try await a.send(request).body)
        #expect(lost.outcomes.map(\.status) == [.applied])
        let again = try SyncAnswer(decoding: try await a.send(request).body)
        // The stored outcome stands in place of the repeated one: nothing is applied twice.
        #expect(again.centreHead == lost.centreHead)
        #expect(again.cursor == lost.cursor)
        #expect(try await centre.metric("rientro_change_sets_total") == 1)
        let report = try a.engine().merge(again, clockOffset: nil)
        #expect(report.acknowledged == 1)
        #expect(try a.count("note") == 1)
        await centre.stop()
    }

    @Test("a change-set above the next number is a gap, one with another history is foreign")
    func gapAndForeign() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        try a.note(on: TestRow.account("MT", 0))
        var request = try a.engine().request()
        let first = try ChangeSet(decoding: request.changeSets[0])
        var third = first
        third.number = 3
        request.changeSets = [third.encoded()]
        let gap = try SyncAnswer(decoding: try await a.send(request).body)
        #expect(gap.outcomes.map(\.status) == [.gap])
        var other = first
        other.previous = SHA256.hash([1])
        request.changeSets = [other.encoded()]
        let foreign = try SyncAnswer(decoding: try await a.send(request).body)
        #expect(foreign.outcomes.map(\.status) == [.foreign])
        #expect(foreign.centreHead == .none)
        #expect(try await centre.metric("rientro_change_sets_total") == 0)
        await centre.stop()
    }

    @Test("a row of another portfolio is refused and quarantined, what came with it is applied")
    func refusal() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        let theirs = TestRow.account("PZ", 1)
        #expect(try a.text("SELECT id FROM account WHERE id = '\(theirs)'") == nil)
        try a.note(TestRow.own(1), on: theirs)
        try a.note(TestRow.own(2), on: TestRow.account("MT", 1))
        let answer = try await a.exchange()
        #expect(answer.outcomes.first?.items.map(\.reason) == [.notInPortfolio])
        #expect(try a.count("refused") == 1)
        let engine = try centre.centre.engine()
        #expect(
            try engine.db.text(
                "SELECT row || ' ' || reason FROM quarantine WHERE closed_at IS NULL")
                == "\(TestRow.own(1)) not_in_portfolio")
        #expect(try engine.db.text("SELECT group_concat(id) FROM note") == TestRow.own(2))
        await centre.stop()
    }

    @Test("a row whose parent is not there yet goes through when the parent arrives")
    func unknownParent() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        let b = try await centre.office("MT")
        // The remark's note is known to the other office only, which has not sent it.
        try b.note(TestRow.own(1), on: TestRow.account("MT", 1))
        try a.write(
            """
            INSERT INTO remark(id, note_id, text)
            VALUES ('\(TestRow.own(2))', '\(TestRow.own(1))', 'to this')
            """)
        let refused = try await a.exchange()
        #expect(refused.outcomes.first?.items.map(\.reason) == [.unknownParent])
        try await b.sync()
        try await a.sync()
        try await b.sync()
        #expect(try a.text("SELECT text FROM remark") == "to this")
        #expect(try b.text("SELECT text FROM remark") == "to this")
        #expect(try a.count("refused") == 0)
        await centre.stop()
    }

    @Test("two phones for one number: the later wins and both are listed everywhere")
    func conflict() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        let b = try await centre.office("MT")
        let phone = TestRow.phone("MT", 1)
        try a.write("UPDATE phone SET number = '111' WHERE id = '\(phone)'")
        try await a.sync()
        try b.write("UPDATE phone SET number = '222' WHERE id = '\(phone)'")
        try await b.sync()
        try await a.sync()
        for office in [a, b] {
            #expect(try office.text("SELECT number FROM phone WHERE id = '\(phone)'") == "222")
            #expect(try office.text("SELECT won || lost FROM conflicts") == "[\"222\"][\"111\"]")
        }
        #expect(try await centre.metric("rientro_conflicts_open") == 1)
        await centre.stop()
    }

    @Test("the debtor of two portfolios is in both offices, the other accounts in one")
    func portfolios() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        let both = try await centre.office("MT", "PZ")
        #expect(try a.count("account") == 3)
        #expect(try a.count("debtor") == 3)
        #expect(try both.count("account") == 6)
        #expect(try both.count("debtor") == 5)
        #expect(try both.count("phone") == 5)
        #expect(try a.count("pending") == 0)
        await centre.stop()
    }
}
