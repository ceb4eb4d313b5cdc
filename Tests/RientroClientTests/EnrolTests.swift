import Foundation
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroClient

@Suite("A file whose token is lost or revoked", .timeLimit(.minutes(2)))
struct EnrolTests {
    private func enrolments(_ desk: Desk) async throws -> [EnrolRequest] {
        try await desk.centre.requests.filter { $0.path == "/v1/enrol" }.map {
            try EnrolRequest(decoding: $0.body)
        }
    }

    @Test("goes on under a new number with all that it has, and loses and doubles nothing")
    func lost() async throws {
        let desk = try await Desk()
        try await desk.call("acknowledged")
        _ = try await desk.replica.sync()
        try await desk.call("sealed")
        await desk.centre.fail(.lostAnswer)
        await #expect(throws: ReplicaError.self) { try await desk.replica.sync() }
        try await desk.call("pending")
        try PlainFile.remove(desk.path + ".token")
        let noToken = ReplicaError.noToken(path: desk.path + ".token")
        await #expect(throws: noToken) { try await desk.replica.sync() }
        #expect(try await desk.replica.status().token == .unusable(noToken))
        try await desk.replica.enrol(code: "good", label: "PC 2", allowsPlainHTTP: true)
        let status = try await desk.replica.status()
        #expect(status.replica == 6 && status.succeeds == 5 && status.token == .present)
        #expect(status.sealed == 3 && status.head.number == 3 && status.pending == 0)
        let request = try #require(try await enrolments(desk).last)
        #expect(request.replica == 5 && request.label == "PC 2" && request.code == "good")
        let report = try await desk.replica.sync()
        #expect(report.acknowledged == 3 && report.renumbered == 0)
        let all = ["acknowledged", "pending", "sealed"]
        #expect(try await Desk.notes(desk.replica) == all)
        #expect(try await desk.centre.integer("SELECT count(*) FROM contact_attempt") == 3)
        #expect(await desk.centre.log.count == 3)
        #expect(try await desk.replica.verify().isProven)
        #expect(try TokenFile(replica: desk.path).lines().count == 1)
    }

    @Test("says that the centre refused its token, until it does not any more")
    func refused() async throws {
        let desk = try await Desk()
        try await desk.call("waits")
        await desk.centre.forgetTokens()
        await #expect(throws: ReplicaError.self) { try await desk.replica.sync() }
        guard case .refused(let date) = try await desk.replica.status().token else {
            Issue.record("nothing is said")
            return
        }
        #expect(abs(date.timeIntervalSinceNow) < 3_600)
        // Another refusal, and no contact, do not change what is known of the token.
        await desk.centre.fail(.lostRequest)
        await #expect(throws: ReplicaError.self) { try await desk.replica.sync() }
        #expect(try await desk.replica.status().token == .refused(date))
        try await desk.replica.enrol(code: "again", allowsPlainHTTP: true)
        #expect(try await desk.replica.status().token == .present)
        #expect(try await desk.replica.sync().acknowledged == 1)
        #expect(try await desk.replica.status().token == .present)
    }

    @Test("says so no more when the centre knows the token again by itself")
    func knownAgain() async throws {
        let desk = try await Desk()
        await desk.centre.fail(.instead(MiniCentre.problem(401, "unknown_token", "who")))
        await #expect(throws: ReplicaError.self) { try await desk.replica.sync() }
        if case .refused = try await desk.replica.status().token {} else { Issue.record("silent") }
        _ = try await desk.replica.sync()
        #expect(try await desk.replica.status().token == .present)
    }

    @Test("asks the same again where the answer was lost, or the power failed after it")
    func again() async throws {
        let desk = try await Desk()
        try await desk.call("waits")
        try PlainFile.remove(desk.path + ".token")
        await desk.centre.fail(.lostAnswer)
        await #expect(throws: ReplicaError.noContact("the test cut the line")) {
            try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        }
        #expect(try await desk.replica.status().replica == 5)
        try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        #expect(try await desk.replica.status().replica == 6)
        // As if the file had got its number, and the power had failed before the next step.
        try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        let status = try await desk.replica.status()
        #expect(status.replica == 6 && status.succeeds == 5 && status.head.number == 1)
        let asked = try await enrolments(desk).dropFirst()
        #expect(Set(asked.map(\.incarnation)).count == 1 && Set(asked.map(\.tokenHash)).count == 1)
        #expect(asked.map(\.replica) == [5, 5, nil])
        #expect(try await desk.replica.sync().acknowledged == 1)
    }

    @Test("a wrong code changes nothing, and the old token is still the one in use")
    func wrongCode() async throws {
        let desk = try await Desk()
        try await desk.call("waits")
        await #expect(throws: ReplicaError.self) {
            try await desk.replica.enrol(code: "bad", allowsPlainHTTP: true)
        }
        let status = try await desk.replica.status()
        #expect(status.replica == 5 && status.token == .present && status.succeeds == nil)
        #expect(try await desk.replica.sync().acknowledged == 1)
    }

    @Test("takes no number that it has had: two change-sets would have one name")
    func sameNumber() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        _ = try await desk.replica.sync()
        try PlainFile.remove(desk.path + ".token")
        for number: Int64 in [5, 77] {
            if number == 77 {
                try desk.peek().execute("INSERT INTO history VALUES (77, 1, zeroblob(32))")
            }
            let answer = EnrolAnswer(
                replica: number, name: "x", portfolios: [], schema: [], centreTime: 0)
            await desk.centre.fail(.instead(MiniCentre.message(answer.encoded())))
            await #expect(
                throws: ReplicaError.badAnswer(
                    "the number \(number) is one that this file has had")
            ) { try await desk.replica.enrol(code: "good", allowsPlainHTTP: true) }
            #expect(try await desk.replica.status().replica == 5)
        }
    }

    @Test("the code goes to no address that stands in the file alone and is open to others")
    func openAddress() async throws {
        let desk = try await Desk()
        try PlainFile.remove(desk.path + ".token")
        await #expect(throws: ReplicaError.openAddress("http://centre.invalid")) {
            try await desk.replica.enrol(code: "good")
        }
        #expect(try await enrolments(desk).count == 1)
        let there = try #require(URL(string: "https://new.example"))
        try await desk.replica.enrol(code: "good", servers: [there])
        #expect(try await desk.replica.status().server == "https://new.example")
        _ = try await desk.replica.sync()
    }

    @Test("a file that was found to be a copy meanwhile needs one new number, not two")
    func whileMending() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        try desk.peek().execute("UPDATE office SET mending = randomblob(16)")
        try PlainFile.remove(desk.path + ".token")
        try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        #expect(try await desk.replica.status().needsNewNumber == false)
        #expect(try await desk.replica.sync().renumbered == 0)
    }

    @Test("a name of the file's own travels with every request, until it gets a new number")
    func label() async throws {
        let desk = try await Desk()
        func told() async throws -> String? {
            let request = try #require(
                await desk.centre.requests.last { $0.path == "/v1/sync" })
            return try SyncRequest(decoding: request.body).label
        }
        _ = try await desk.replica.sync()
        #expect(try await told() == nil)
        try await desk.replica.rename(" laptop\u{7}\n of Anna")
        #expect(try await desk.replica.status().label == " laptop of Anna")
        _ = try await desk.replica.sync()
        #expect(try await told() == " laptop of Anna")
        try await desk.replica.rename(String(repeating: "é", count: 200))
        _ = try await desk.replica.sync()
        #expect(try await told() == String(repeating: "é", count: 128))
        try PlainFile.remove(desk.path + ".token")
        try await desk.replica.enrol(code: "good", allowsPlainHTTP: true)
        #expect(try await desk.replica.status().label == nil)
        try await desk.replica.rename("x")
        try await desk.replica.rename("")
        #expect(try await desk.replica.status().label == nil)
    }

    @Test("a file of a program that had no such columns gets them when it is opened")
    func olderFile() async throws {
        let desk = try await Desk()
        for column in ["label", "succeeds", "token_refused"] {
            try desk.peek().execute("ALTER TABLE office DROP COLUMN \(column)")
        }
        #expect(try await desk.replica.status().succeeds == nil)
        let again = try await desk.reopened()
        try await again.rename("x")
        #expect(try await again.status().label == "x")
        _ = try await again.sync()
    }
}
