import Foundation
import Testing

/// "In sync" is a checked statement.
@Suite("verify", .ownThreads, .timeLimit(.minutes(10)))
struct VerifyTests {
    @Test("verify proves equal digests, and finds the one row that was changed by hand")
    func planted() throws {
        let firm = try Firm(accounts: 20)
        let matera = try firm.office("matera")
        try matera.writeNotes(200, marked: "nota")
        try matera.sync()
        try matera.verify()
        #expect(try matera.status()["proven"].isNull == false)
        let row = try #require(
            try matera.rows("SELECT id FROM contact_attempt WHERE note = 'nota 117'").first)
        try Shell(firm.folder).answer(
            matera.path,
            """
            BEGIN;
            UPDATE me SET quiet = 1;
            UPDATE contact_attempt SET note = 'something else' WHERE id = '\(row)';
            UPDATE me SET quiet = 0;
            COMMIT;
            """
        ).expect(0)
        #expect(
            try matera.rows("SELECT note FROM contact_attempt WHERE id = '\(row)'")
                == ["something else"], "the difference was not planted")
        try matera.run("verify").expect(1, 3).says(row, "contact_attempt")
        let json = try matera.run("verify", "--json").expect(1, 3)
        #expect(json.output.contains(row), "\(json)")
        let other = try #require(
            try matera.rows("SELECT id FROM contact_attempt WHERE note = 'nota 3'").first)
        #expect(!json.output.contains(other), "\(json)")
    }

    @Test("verify names a row that is missing here and one that the centre does not know")
    func missing() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(4, marked: "nota")
        try matera.sync()
        let account = try #require(try matera.accounts().first)
        let lost = try #require(
            try matera.rows("SELECT id FROM contact_attempt WHERE note = 'nota 2'").first)
        let forged = "01900000-0000-7000-8000-00000000abcd"
        try Shell(firm.folder).answer(
            matera.path,
            """
            BEGIN;
            UPDATE me SET quiet = 1;
            DELETE FROM contact_attempt WHERE id = '\(lost)';
            INSERT INTO contact_attempt(id, account_id, channel, outcome, note)
            VALUES ('\(forged)', '\(account)', 'phone', 'NA', 'forged');
            UPDATE me SET quiet = 0;
            COMMIT;
            """
        ).expect(0)
        try matera.run("verify").expect(1, 3).says(lost, forged)
    }

    @Test("the centre's verify finds one changed byte of its log")
    func log() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(5, marked: "nota")
        try matera.sync()
        try firm.centre("verify").expect(0)
        #expect(try firm.running().stop() == .exit(0))
        let bytes = try firm.rows(
            "SELECT rowid, hex(content) FROM commit_part ORDER BY length(content) DESC LIMIT 1")
        let parts = try #require(bytes.first).split(separator: "|")
        var hex = Array(String(parts[1]))
        let middle = hex.count / 2
        hex[middle] = hex[middle] == "0" ? "1" : "0"
        try Shell(firm.folder).answer(
            firm.database,
            "UPDATE commit_part SET content = x'\(String(hex))' WHERE rowid = \(parts[0]);"
        ).expect(0)
        try firm.centre("verify").expect(1, 3)
    }
}
