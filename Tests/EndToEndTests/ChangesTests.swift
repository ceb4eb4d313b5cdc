import Foundation
import Testing

/// What changed on an office's accounts while it was away.
@Suite("what syncs brought", .ownThreads, .timeLimit(.minutes(5)))
struct ChangesTests {
    @Test("an office that was away sees what the other wrote, account by account, and not its own")
    func away() throws {
        let firm = try Firm(accounts: 3)
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try milano.run("changes").expect(0).says("Nothing came since")
        try matera.run("pay", "C-MATERA-0001", "10").expect(0)
        try matera.run("promise", "C-MATERA-0001", "20", "--due", "+3").expect(0)
        try matera.run("set", "C-MATERA-0002", "status=in_work").expect(0)
        try milano.run("pay", "C-MATERA-0003", "5").expect(0)
        try matera.sync()
        let sync = try milano.run("sync", "--json").expect(0).json()
        #expect(sync["accounts_changed"].number == 2, "\(sync)")
        #expect(sync["rows_not_in_changes"].number == 0)
        let said = try milano.run("changes", "--json").expect(0).json()
        #expect(said["count"].number == 2)
        let lines = said["changes"].array.map { line in
            "\(line["case_ref"].text ?? "") "
                + line["what"].array.compactMap(\.text).map { $0.prefix(7) }.sorted().joined(
                    separator: ",")
        }
        #expect(lines == ["C-MATERA-0001 payment,promise", "C-MATERA-0002 account"], "\(said)")
        try milano.run("changes").expect(0).says("2 accounts changed since", "10.00 EUR", "in_work")
        // The number of a row is the account's.
        try milano.run("show", "2").expect(0).says("C-MATERA-0002")
        try milano.run("changes", "--since", "+0", "--limit", "1").expect(0)
            .says("2 accounts changed")
    }

    @Test("where the news cannot be kept, the sync has come all the same, says so and ends with 3")
    func notKept() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.writeNotes(2, marked: "nota")
        try matera.sync()
        // Another program has taken the name.
        try Shell(firm.folder).answer(milano.path, "CREATE VIEW rientro_arrival AS SELECT 1;")
            .expect(0)
        let sync = try milano.run("sync").expect(3)
        sync.says("Received 2 rows", "what came is in the file", "could not keep it")
        #expect(try milano.rows("SELECT count(*) FROM contact_attempt") == ["2"])
        #expect(try milano.run("sync", "--json").expect(0).json()["accounts_changed"].number == 0)
    }
}
