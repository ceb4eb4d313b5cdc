import RientroProtocol
import RientroServer
import Testing

@testable import BackOffice

/// Records of one payment as groups.
@Suite("records that may be of one payment")
struct PaymentGroupTests {
    private func record(
        _ id: String, day: Int64 = 0, account: String = "A", reference: String = "",
        receipt: String = "", bank: String = "", payer: String = "", iban: String = "",
        at recordedAt: String = ""
    ) -> PaymentRecord {
        PaymentRecord(
            id: id, account: account, day: day, recordedAt: recordedAt,
            marks: .init(
                reference: reference, receipt: receipt, bank: bank, payer: payer, iban: iban))
    }

    private func groups(_ records: PaymentRecord...) -> [String] {
        PaymentGroups.of(records).map { $0.map(\.id).joined(separator: " ") }
    }

    @Test("three that nothing tells apart are one group, and so are a hundred")
    func equal() {
        #expect(groups(record("a"), record("b"), record("c")) == ["a b c"])
        let many = (0..<100).map { record("\($0 + 100)") }
        #expect(PaymentGroups.of(many).map(\.count) == [100])
        #expect(groups(record("a")) == [])
        #expect(groups() == [])
    }

    @Test("a group is of days that are near each other, each to each")
    func days() {
        #expect(groups(record("a", day: 1), record("b", day: 5)) == ["a b"])
        #expect(groups(record("a", day: 1), record("b", day: 6)) == [])
        #expect(
            groups(
                record("a", day: 1), record("b", day: 3), record("c", day: 5), record("d", day: 7))
                == ["a b c", "b c d"])
        #expect(
            groups(
                record("a", day: 1), record("b", day: 1), record("c", day: 9), record("d", day: 9))
                == ["a b", "c d"])
    }

    @Test("what something tells apart is never in one group, what nothing does is in some")
    func marks() {
        #expect(
            groups(
                record("a", reference: "1"), record("b"), record("c", reference: "2"))
                == ["a b", "b c"])
        #expect(
            groups(
                record("a", reference: "1"), record("b", reference: "1"), record("c"),
                record("d", reference: "2"))
                == ["a b c", "c d"])
        #expect(groups(record("a", receipt: "1"), record("b", receipt: "2")) == [])
        #expect(groups(record("a", bank: "1"), record("b", bank: "2")) == [])
        #expect(groups(record("a", payer: "x"), record("b", payer: "y")) == [])
        #expect(
            groups(record("a", payer: "x", iban: "i"), record("b", payer: "y", iban: "i"))
                == ["a b"])
        #expect(groups(record("a", iban: "i"), record("b", iban: "j")) == [])
        #expect(groups(record("a", payer: "x", iban: "i"), record("b", payer: "y")) == [])
        #expect(groups(record("a", payer: "x", iban: "i"), record("b", payer: "x")) == ["a b"])
    }

    @Test("the record that was written first stands first, of two at one moment the lesser id")
    func order() {
        #expect(
            groups(record("a", at: "3"), record("b", at: "1"), record("c", at: "2"))
                == ["b c a"])
        #expect(groups(record("b", at: "1"), record("a", at: "1")) == ["a b"])
    }

    @Test("a group that is too large for one commit comes in pieces, of which none is of one")
    func pieces() {
        let max = ReviewLimits.groupRecordsMax
        for (count, sizes) in [
            (max, [max]), (max + 1, [max]), (max + 2, [max, 2]), (2 * max, [max, max]),
        ] {
            let records = (0..<count).map { record("\($0 + 1_000_000)") }
            #expect(PaymentGroups.of(records).map(\.count) == sizes)
        }
    }

    @Test("records that all differ are compared with few others each")
    func bounded() {
        // Ten thousand that something tells apart, and one that may be any of them.
        let records = [record("x")] + (0..<10_000).map { record("\($0)", reference: "\($0)") }
        let groups = PaymentGroups.of(records)
        #expect(groups.count == ReviewLimits.duplicateNeighboursMax)
        #expect(groups.allSatisfy { $0.count == 2 && $0.contains { $0.id == "x" } })
    }
}
