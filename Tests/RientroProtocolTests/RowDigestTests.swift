import RientroProtocol
import Testing

@Suite("Digests of rows")
struct RowDigestTests {
    @Test("a row's digest is what hashlib makes of the specification")
    func known() throws {
        let answers = try Answers.read().rowDigests
        #expect(answers.count == 3)
        for answer in answers {
            let values = try Value.decode(try #require(bytes(hex: answer.values)))
            let digest = RowDigest.of(
                table: answer.table, id: answer.id, values: values, stamps: answer.stamps)
            #expect(digest.count == 1)
            #expect(String(digest.low) == answer.low, "\(answer.name)")
            #expect(String(digest.high) == answer.high, "\(answer.name)")
        }
    }

    @Test("a sum carries into the upper half and wraps at 2¹²⁸")
    func carry() {
        var digest = RowDigest(count: 1, low: .max, high: .max)
        digest.add(RowDigest(count: 2, low: 2, high: 0))
        #expect(digest == RowDigest(count: 3, low: 1, high: 0))
        digest.subtract(RowDigest(count: 2, low: 2, high: 0))
        #expect(digest == RowDigest(count: 1, low: .max, high: .max))
    }

    @Test("a sum does not depend on the order, and taking a row away leaves the others")
    func order() {
        let rows = (0..<20).map {
            RowDigest.of(table: 1, id: "K\($0)", values: [.integer(Int64($0))], stamps: [])
        }
        let forwards = rows.reduce(RowDigest.empty, +)
        let backwards = rows.reversed().reduce(RowDigest.empty, +)
        #expect(forwards == backwards)
        #expect(forwards.count == 20)
        #expect(forwards - rows[7] == (rows[..<7] + rows[8...]).reduce(RowDigest.empty, +))
    }

    @Test("any difference of table, id, value, type or stamp is another digest")
    func differences() {
        let rows = [
            RowDigest.of(table: 1, id: "A", values: [.text("1")], stamps: [5]),
            RowDigest.of(table: 2, id: "A", values: [.text("1")], stamps: [5]),
            RowDigest.of(table: 1, id: "B", values: [.text("1")], stamps: [5]),
            RowDigest.of(table: 1, id: "A", values: [.integer(1)], stamps: [5]),
            RowDigest.of(table: 1, id: "A", values: [.blob([0x31])], stamps: [5]),
            RowDigest.of(table: 1, id: "A", values: [.text("1"), .null], stamps: [5]),
            RowDigest.of(table: 1, id: "A", values: [.text("1")], stamps: [6]),
            RowDigest.of(table: 1, id: "A", values: [.text("1"), .integer(5)], stamps: []),
        ]
        #expect(Set(rows).count == rows.count)
    }
}
