import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

/// A row must travel whole: a grant carries it, with a stamp for every register.
@Suite("The size of a row")
struct RowSizeTests {
    private static let registers = 3
    private static let id = BoxFile.id("42")

    /// A table that may outgrow a message, with as many registers as columns.
    private static func schema() throws -> Schema {
        let names = ["a", "b", "c"]
        return try Schema(
            name: "large", version: 1,
            tables: [
                BoxSchema.place, BoxSchema.owner, BoxSchema.box,
                .init(
                    number: 40, name: "large", kind: .record,
                    routing: .parent(table: "box", column: "box_id"),
                    columns: names.enumerated().map {
                        .init(number: $0 + 1, name: $1, type: .text)
                    } + [.init(number: 4, name: "box_id", type: .text, isRequired: true)],
                    registers: names.enumerated().map { .init(number: $0 + 1, name: $1) }),
            ])
    }

    @Test(
        "counts a stamp for each of its registers, to the byte",
        arguments: [(0, false), (1, true)])
    func stamps(more: Int, outgrows: Bool) throws {
        let file = try BoxFile(schema: Self.schema())
        let stamp = Stamp(milliseconds: 9, replica: 5)
        func write(_ register: Int, _ count: Int, stamp: Stamp?) -> RegisterWrite {
            RegisterWrite(
                register: register, stamp: stamp, base: nil,
                values: [.text(String(repeating: "x", count: count))])
        }
        func born(_ last: Int) -> RowChange {
            RowChange(
                table: 40, id: Self.id,
                content: .record(
                    birth: Birth(stamp: stamp, fixed: [.text("b")]),
                    writes: [
                        write(1, 100_000, stamp: nil), write(2, 100_000, stamp: nil),
                        write(3, last, stamp: nil),
                    ]))
        }
        // As long as a row may be less eight bytes for each stamp that it may get.
        let around = born(50_000).encoded().count - 50_000
        let last = Limits.rowBytesMax - 8 * Self.registers - around
        try file.merge([born(50_000)])
        let change = RowChange(
            table: 40, id: Self.id,
            content: .record(birth: nil, writes: [write(3, last + more, stamp: stamp)]))
        // Equal stamps: the greater value wins, so the row is as it was born with it.
        #expect(try file.store.outgrows(change) == outgrows)
        // A write is refused with its register, the same row born once more as a whole.
        var codes = KnownCodes()
        let refused = try file.store.refusals(of: change, codes: &codes)
        #expect(refused.map(\.register) == (outgrows ? [3] : []))
        let again = try file.store.refusals(of: born(last + more), codes: &codes)
        #expect(again.map(\.register) == (outgrows ? [0] : []))
        #expect((refused + again).allSatisfy { $0.reason == .tooLarge })
    }
}
