import Foundation
import Testing

/// A file whose secret is lost or revoked goes on under a new number.
@Suite("enrolling again", .ownThreads, .timeLimit(.minutes(10)))
struct EnrolTests {
    /// A code for the same office once more.
    private func codeAgain(_ firm: Firm, for number: Int) throws -> String {
        let answer = try firm.run(
            ["replica", "code", firm.centre, "\(number)", "--again", "--json"])
        return try #require(try answer.expect(0).json()["code"].text, "\(answer)")
    }

    /// An office with rows that the centre has, rows that are sealed, and rows that are pending.
    private func busyOffice(_ firm: Firm) throws -> Office {
        let matera = try firm.office("matera")
        try matera.writeNotes(3, marked: "sent")
        try matera.sync()
        try matera.writeNotes(2, marked: "sealed")
        firm.line.follow { _, _ in .dropped }
        try matera.run("sync").expect(4)
        firm.line.follow()
        try matera.writeNotes(1, marked: "pending")
        return matera
    }

    private let all = ["pending 0", "sealed 0", "sealed 1", "sent 0", "sent 1", "sent 2"]

    @Test("a lost secret costs no row: all goes up once, and both sides agree")
    func lost() throws {
        let firm = try Firm()
        let matera = try busyOffice(firm)
        try FileManager.default.removeItem(atPath: matera.path + ".token")
        try matera.run("sync").expect(1).says("rientro enrol", "--again")
        let code = try codeAgain(firm, for: matera.number)
        let answer = try matera.run("enrol", "--code", "-", "--json", input: code + "\n")
        let json = try answer.expect(0).json()
        let number = try #require(json["replica"].number)
        #expect(number != matera.number && json["succeeds"].number == matera.number)
        #expect(json["on_the_way"].number ?? 0 >= 3)
        try matera.sync()
        try matera.verify()
        #expect(
            try firm.rows("SELECT note FROM contact_attempt ORDER BY note") == all)
        #expect(try matera.notes() == all)
        try matera.run("status").expect(0).says(
            "replica \(number)", "before that \(matera.number)", "everything")
        try firm.centre("verify").expect(0)
    }

    @Test("a revoked secret is said by status, and a new one is got as for a lost one")
    func revoked() throws {
        let firm = try Firm()
        let matera = try busyOffice(firm)
        try firm.centre("replica", "revoke", id: "\(matera.number)").expect(0)
        try matera.run("sync").expect(1).says("rientro enrol")
        #expect(try matera.run("status", "--json").expect(3).json()["token"].text == "refused")
        try matera.run("status").expect(3).says("ATTENTION", "rientro enrol")
        let code = try codeAgain(firm, for: matera.number)
        try matera.run("enrol", input: code + "\n").expect(0)
        try matera.sync()
        try matera.verify()
        #expect(try firm.rows("SELECT note FROM contact_attempt ORDER BY note") == all)
        #expect(try matera.status()["token"].text == "present")
    }

    @Test("a code once more is only for who has enrolled, and says what to do about the others")
    func neverEnrolled() throws {
        let firm = try Firm()
        try firm.run(["replica", "add", firm.centre, "--name", "new", "--portfolio", "MATERA"])
            .expect(0)
        let waiting = try #require(
            try firm.rows("SELECT number FROM replica WHERE enrolled_at IS NULL").first)
        for number in [waiting, "77"] {
            try firm.run(["replica", "code", firm.centre, number, "--again"]).expect(1)
                .says("no replica \(number) has enrolled", "replica list", "replica code DIR")
        }
        try firm.run(["replica", "code", firm.centre, waiting]).expect(0)
        try firm.run(["replica", "code", firm.centre, "77"]).expect(1).says("is not there")
    }

    @Test("a wrong code, and one of another office, change nothing in the file")
    func wrongCode() throws {
        let firm = try Firm()
        let matera = try busyOffice(firm)
        let milano = try firm.office("milano")
        try FileManager.default.removeItem(atPath: matera.path + ".token")
        for code in ["ABCDE-ABCDE-ABCDE-ABCDE", try codeAgain(firm, for: milano.number)] {
            try matera.run("enrol", input: code + "\n").expect(1)
            #expect(try matera.status()["replica"].number == matera.number)
        }
        try matera.run("enrol", input: try codeAgain(firm, for: matera.number) + "\n").expect(0)
        try matera.sync()
        try matera.verify()
        #expect(try firm.rows("SELECT note FROM contact_attempt ORDER BY note") == all)
    }
}
