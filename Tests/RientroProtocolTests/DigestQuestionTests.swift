import RientroProtocol
import Testing

@Suite("A question about digests")
struct DigestQuestionTests {
    @Test("is asked by the path of the interface, with what it leaves open as empty parameters")
    func paths() {
        #expect(DigestQuestion.tables.path == "/v1/digest")
        #expect(
            DigestQuestion.range(table: 31, portfolio: "P1", from: "", to: "A").path
                == "/v1/digest?table=31&portfolio=P1&from=&to=A")
        #expect(
            DigestQuestion.rows(table: 10, portfolio: "", ids: ["A", "B"]).path
                == "/v1/rows?table=10&portfolio=&id=A&id=B")
    }

    @Test("has a path that the centre reads, even with the most and the longest ids")
    func longest() {
        let id = "00000000-0000-7000-8000-000000000000"
        let portfolio = String(repeating: "P", count: Limits.referenceKeyBytesMax)
        let rows = DigestQuestion.rows(
            table: Limits.permanentNumberMax, portfolio: portfolio,
            ids: Array(repeating: id, count: Limits.rowsAskedMax))
        #expect(rows.path.utf8.count <= 2 << 10)
    }
}
