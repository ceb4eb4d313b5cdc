import Foundation
import Testing

/// What the central team settles reaches the offices, and stays settled.
@Suite("what waits for a person", .ownThreads, .timeLimit(.minutes(10)))
struct ReviewTests {
    let firm: Firm
    let matera: Office
    let milano: Office
    private let account = "C-MATERA-0001"

    init() throws {
        firm = try Firm()
        matera = try firm.office("matera")
        milano = try firm.office("milano")
    }

    private func sync() throws {
        for office in [matera, milano, matera] { try office.run("sync").expect(0, 3) }
    }

    /// The entries of one kind, and that the exit code fits.
    private func waiting(_ kind: String) throws -> [JSON] {
        let answer = try firm.centre("review", id: nil, "--kind", kind, "--json").expect(0, 3)
        let entries = try answer.json()["entries"].array
        #expect(answer.exit == (entries.isEmpty ? 0 : 3))
        return entries
    }

    @discardableResult
    private func settle(_ words: String..., operator code: String = "LBIANCHI") throws -> Answer {
        try firm.run(["review", "settle", firm.centre] + words + ["--operator", code])
    }

    private func fact(_ name: String, of entry: JSON) -> String? {
        entry["facts"].array.first { $0["name"].text == name }?["value"].text
    }

    private func proveEqual() throws {
        try matera.verify()
        try milano.verify()
        try firm.centre("verify").expect(0)
    }

    private func setPhone(_ office: Office, _ value: String) throws {
        try Shell(office.folder).answer(
            office.path,
            """
            UPDATE contact_point SET value = '\(value)' WHERE id = (
              SELECT p.id FROM contact_point AS p JOIN account AS a ON a.debtor_id = p.debtor_id
              WHERE a.case_ref = '\(account)' AND p.kind <> 'email');
            """
        ).expect(0)
    }

    @Test("a conflict that the centre decides is decided in both offices with their next sync")
    func conflict() throws {
        try setPhone(matera, "+390835000001")
        try setPhone(milano, "+390835000002")
        try sync()
        let entry = try #require(try waiting("conflict").first)
        let key = try #require(entry["key"].text)
        #expect(entry["case_ref"].text == account)
        #expect(entry["branch"].text == "MATERA" && entry["creditor"].text == "C-MATERA")
        #expect(fact("lost_by", of: entry) == "matera" && fact("won_by", of: entry) == "milano")
        #expect(fact("lost", of: entry) == "+390835000001")
        // For people: both values, and the very words that settle it.
        try firm.centre("review").expect(3)
            .says("+390835000001", "+390835000002", String(key.prefix(8)), account)
            .says("rientro-server review settle \(firm.centre) KEY won, lost or --value VALUE")
        #expect(try settle(String(key.prefix(8)), "lost").exit == 0)
        try sync()
        for office in [matera, milano] {
            #expect(try office.rows("SELECT count(*) FROM conflicts") == ["0"])
            #expect(
                try office.rows(
                    "SELECT count(*) FROM contact_point WHERE value = '+390835000001'") == ["1"])
            #expect(
                try office.rows("SELECT choice || ' ' || operator FROM resolution")
                    == ["lost LBIANCHI"])
        }
        try proveEqual()
        #expect(try waiting("conflict").isEmpty)
        try firm.centre("review").expect(0).says("Nothing waits")
        try settle(key, "lost").expect(0).says("nothing was changed")
        try settle(key, "won").expect(1).says("LBIANCHI settled it as lost")
        try firm.centre("review", id: nil, "--all").expect(0).says("lost", "LBIANCHI")
    }

    @Test("cash that two offices recorded is flagged, and once it is one, every balance is right")
    func duplicate() throws {
        for office in [matera, milano] {
            try office.run("pay", account, "40", "--method", "cash", "--reference", "ricevuta 12")
                .expect(0)
            try office.run("pay", "C-MATERA-0002", "20", "--method", "cash").expect(0)
        }
        try sync()
        let owed = "SELECT balance FROM accounts WHERE case_ref = '\(account)'"
        // 101,50 less twice 40,00: never merged by itself.
        #expect(try matera.rows(owed) == ["2150"])
        let entries = try waiting("duplicate")
        #expect(entries.count == 2)
        let entry = try #require(entries.first { $0["case_ref"].text == account })
        let key = try #require(entry["key"].text)
        #expect(entry["amount"].number == 4_000 && entry["currency"].text == "EUR")
        #expect(fact("earlier_reference", of: entry) == "ricevuta 12")
        try settle(key, "same", "--note", "one receipt").expect(0)
        try sync()
        for office in [matera, milano] { #expect(try office.rows(owed) == ["6150"]) }
        #expect(try firm.rows(owed) == ["6150"])
        let reversal = "SELECT amount || '|' || operator FROM payment WHERE reverses_id IS NOT NULL"
        #expect(try milano.rows(reversal) == ["-4000|LBIANCHI"])
        let other = try #require(entries.first { $0["case_ref"].text != account }?["key"].text)
        try settle(other, "different").expect(0)
        try settle(key, "same").expect(0).says("nothing was changed")
        #expect(try waiting("duplicate").isEmpty)
        #expect(
            try firm.rows("SELECT count(*) FROM payment WHERE reverses_id IS NOT NULL") == ["1"])
        try proveEqual()
    }

    @Test("what is refused, or asked for wrongly, is said in a sentence, and changes nothing")
    func wrong() throws {
        for _ in 1...2 {
            try matera.run("pay", account, "500", "--method", "cash", "--yes").expect(0)
        }
        try sync()
        let key = try #require(try waiting("overpaid").first?["key"].text)
        try settle(key, "same").expect(1).says("same is no choice here: accepted")
        try settle("00000000", "accepted").expect(1).says("nothing waits under the key 00000000")
        try settle(key, "accepted", operator: "NOBODY").expect(1).says("LBIANCHI, MROSSI")
        try settle(key, "perhaps").expect(2).says("CHOICE")
        try settle(key, "won", "--value", "1").expect(2)
        try settle(key).expect(2).says("CHOICE")
        try firm.run(["review", "settle", firm.centre, key, "accepted"]).expect(2)
            .says("RIENTRO_OPERATOR")
        try firm.centre("review", id: nil, "--date", "2026-02-30").expect(2).says("--date")
        try firm.centre("review", id: nil, "--branch", "NOWHERE").expect(1).says("NOWHERE")
        try firm.centre("review", id: nil, "--creditor", "NOWHERE").expect(1).says("NOWHERE")
        try firm.centre("review", id: nil, "--branch", "MATERA").expect(3)
        #expect(try waiting("overpaid").count == 1)
        #expect(try waiting("duplicate").count == 1)
    }
}
