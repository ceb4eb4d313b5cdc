import Foundation
import Testing

/// A text that is far too long, typed or written by another tool.
@Suite("a text of 5 MB", .ownThreads, .timeLimit(.minutes(10)))
struct LargeTextTests {
    /// A thousand times what a note may have.
    private static let bytes = 5_000_000

    @Test("typed, it is refused with the limit in the message, and nothing is written")
    func typed() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let words = ["C-MATERA-0001", "--channel", "phone", "--outcome", "NA"]
        let text = String(repeating: "x", count: Self.bytes)
        let command = try firm.folder.start(
            Programs.office, ["note", matera.path] + words + ["-"], input: text,
            environment: ["RIENTRO_OPERATOR": "MROSSI"])
        let (end, peak) = try command.waitMeasured(seconds: 60)
        #expect(end != .exit(0))
        #expect(
            command.errors.contains("8,000") || command.errors.contains("8000"), "\(command.errors)"
        )
        #expect(peak < ProcessMemory.officeBytesMax, "\(peak) bytes")
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["0"])
        #expect(try matera.status()["pending"].number == 0)
        try matera.run("note", "C-MATERA-0001", "--channel", "phone", "--outcome", "NA", "short")
            .expect(0)
        try matera.sync()
        #expect(try firm.rows("SELECT note FROM contact_attempt") == ["short"])
        try matera.verify()
    }

    @Test("written by the shell, it is refused there, in every column that holds a text")
    func written() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let account = try #require(try matera.accounts().first)
        let long = "printf('%.\(Self.bytes)c', 'x')"
        let statements = [
            "INSERT INTO contact_attempt(account_id, channel, outcome, note)"
                + " VALUES ('\(account)', 'phone', 'NA', \(long))",
            "INSERT INTO payment(account_id, amount, reference) VALUES ('\(account)', 1, \(long))",
            "UPDATE account SET note = \(long)", "UPDATE debtor SET surname = \(long)",
        ]
        for statement in statements {
            let refused = try Shell(firm.folder).answer(matera.path, statement + ";")
            #expect(refused.exit != 0, "\(statement)")
            #expect(refused.errors.contains("constraint failed"), "\(refused.errors.prefix(300))")
            #expect(refused.errors.utf8.count < 10_000, "the text stands in the message")
        }
        try matera.writeNotes(2, marked: "good")
        try matera.sync()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["2"])
        #expect(try firm.rows("SELECT count(*) FROM payment") == ["0"])
        try matera.verify()
    }

    @Test("written past all checks, it is set aside and listed, and everything else goes")
    func forced() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        let account = try #require(try matera.accounts().first)
        try matera.writeNotes(3, marked: "before")
        try Shell(firm.folder).answer(
            matera.path,
            """
            PRAGMA ignore_check_constraints = ON;
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            VALUES ('\(account)', 'phone', 'NA', printf('%.\(Self.bytes)c', 'x'));
            UPDATE account SET note = printf('%.\(Self.bytes)c', 'y') WHERE id = '\(account)';
            INSERT INTO payment(account_id, amount, method)
            VALUES ('\(account)', 1, printf('%.\(Self.bytes)c', 'z'));
            PRAGMA ignore_check_constraints = OFF;
            """
        ).expect(0)
        try matera.writeNotes(3, marked: "after")
        let sync = try matera.start("sync")
        let (end, peak) = try sync.waitMeasured(seconds: 60)
        #expect(end == .exit(3), "\(sync.output) \(sync.errors)")
        #expect(peak < ProcessMemory.officeBytesMax, "\(peak) bytes")
        print("a note of 5 MB: \(ProcessMemory.text(peak)) for the sync that sets it aside")
        let list = try matera.run("rejected", "--json").expect(3)
        #expect(try list.json()["rejected"].array.count == 3, "\(list.output.prefix(2_000))")
        try matera.run("rejected").expect(3)
        #expect(try firm.rows("SELECT count(*), max(length(note)) FROM contact_attempt") == ["6|8"])
        #expect(try firm.rows("SELECT count(*) FROM account WHERE length(note) > 100") == ["0"])
        try milano.sync()
        #expect(try milano.rows("SELECT count(*) FROM contact_attempt") == ["6"])
        try matera.writeNotes(1, marked: "later")
        try matera.run("sync").expect(0)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["7"])
        #expect(try matera.status()["pending"].number == 0)
        #expect(try matera.status()["sealed"].number == 0)
        for office in [matera, milano] { try office.run("verify").expect(0) }
    }
}
