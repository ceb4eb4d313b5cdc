import Foundation
import Testing

/// Nobody sees more than his portfolios, and nobody writes into others.
@Suite("access", .ownThreads, .timeLimit(.minutes(10)))
struct AccessTests {
    @Test("a replica of Matera holds no row of Potenza")
    func sees() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: 5)
        let matera = try firm.office("matera")
        let potenza = try firm.office("potenza", ["POTENZA"])
        try potenza.writeNotes(10, marked: "potenza")
        try potenza.sync()
        try matera.sync()
        #expect(try matera.rows("SELECT DISTINCT portfolio_id FROM account") == ["MATERA"])
        #expect(try matera.notes() == [])
        // Not in any table, index or free page of the file either.
        let bytes = try #require(FileManager.default.contents(atPath: matera.path))
        for word in ["C-POTENZA-0001", "potenza 3"] {
            #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) is in the file")
        }
    }

    @Test("a row for another's account is refused, listed on both sides, and the rest is applied")
    func writes() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: 3)
        let matera = try firm.office("matera")
        let potenza = try firm.office("potenza", ["POTENZA"])
        let strange = try #require(try potenza.accounts().first)
        let id = "01900000-0000-7000-8000-00000000aaaa"
        try matera.writeNotes(3, marked: "good")
        try Shell(firm.folder).answer(
            matera.path,
            """
            INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
            VALUES ('\(id)', '\(strange)', 'phone', 'NA', 'not ours');
            """
        ).expect(0)
        try matera.run("sync").expect(3)
        try matera.run("rejected").expect(0, 3).says("belongs to no portfolio of this office")
        #expect(try matera.run("rejected", "--json").expect(0, 3).output.contains(id))
        #expect(try matera.status()["refused"].number == 1)
        try firm.centre("quarantine").expect(0, 3).says("not_in_portfolio", id)
        #expect(try firm.centre("quarantine", id: nil, "--json").output.contains(id))
        #expect(
            try firm.rows("SELECT note FROM contact_attempt ORDER BY note")
                == ["good 0", "good 1", "good 2"])
        #expect(try matera.notes() == ["good 0", "good 1", "good 2"])
        try potenza.sync()
        #expect(try potenza.notes() == [])
        // The refused row blocks nothing that comes later.
        try matera.writeNotes(2, marked: "later")
        try matera.run("sync").expect(0, 3)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["5"])
        try potenza.verify()
    }

    @Test("a change of a column that is the centre's is stopped with a sentence at once")
    func centresColumn() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"])
        let matera = try firm.office("matera")
        let answer = try Shell(firm.folder).answer(
            matera.path, "UPDATE account SET portfolio_id = 'POTENZA';")
        #expect(answer.exit != 0)
        #expect(answer.errors.contains("centre"), "\(answer)")
        let delete = try Shell(firm.folder).answer(matera.path, "DELETE FROM account;")
        #expect(delete.exit != 0)
        #expect(try matera.rows("SELECT count(*) FROM pending") == ["0"])
    }

    @Test("an office that was revoked is refused at once beside the running server")
    func revoked() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        try matera.writeNotes(1, marked: "late")
        try firm.run(["replica", "revoke", firm.centre, "\(matera.number)"]).expect(0)
        let answer = try matera.run("sync")
        #expect(answer.exit == 1 || answer.exit == 4, "\(answer)")
        answer.says("revoked")
        #expect(try matera.notes() == ["late 0"])
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["0"])
        try milano.sync()
    }

    @Test("nothing is served to a stranger")
    func stranger() throws {
        let firm = try Firm()
        let server = try firm.running()
        for token in [nil, "", String(repeating: "0", count: 64), "x"] {
            let fields =
                [("Content-Type", "application/cbor")]
                + (token.map { [("Authorization", "Bearer \($0)")] } ?? [])
            for (method, target) in [
                ("POST", "/v1/sync"), ("GET", "/v1/snapshot"), ("GET", "/v1/digest"),
                ("POST", "/v1/renumber"),
            ] {
                let body: [UInt8] = method == "POST" ? [0xA0] : []
                let answer = try server.ask(.request(method, target, fields: fields, body: body))
                #expect(
                    [400, 401].contains(answer.status), "\(method) \(target): \(answer.status)")
                #expect(!String(decoding: answer.body, as: UTF8.self).contains("MATERA"))
            }
        }
    }
}
