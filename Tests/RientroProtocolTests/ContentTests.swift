import RientroProtocol
import Testing

@Suite("Contents")
struct ContentTests {
    @Test("what is written is read again, its units in their order", arguments: 0..<40)
    func roundTrip(seed: Int) throws {
        var random = RandomContent(seed: UInt64(seed))
        let units = random.units()
        let content = UnitChanges.encode(units.shuffled(using: &random.random))
        let read = try UnitChanges.decode(content)
        #expect(read.count == units.count)
        #expect(Dictionary(grouping: read, by: \.unit) == Dictionary(grouping: units, by: \.unit))
        let ids = read.map { ($0.kind.rawValue, $0.unit.table, $0.unit.id) }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        #expect(UnitChanges.encode(read) == content)
    }

    @Test("a damaged content is refused, or is another's one form", arguments: 0..<20)
    func damage(seed: Int) throws {
        var random = RandomContent(seed: 100 + UInt64(seed))
        let content = UnitChanges.encode(random.units())
        var accepted = 0
        for _ in 0..<400 {
            var damaged = content
            for _ in 0..<Int.random(in: 1...2, using: &random.random) {
                DamageTests.damage(&damaged, &random.random)
            }
            guard let read = try? UnitChanges.decode(damaged) else { continue }
            accepted += 1
            #expect(UnitChanges.encode(read) == damaged, "\(hex(damaged))")
        }
        // Otherwise this would prove nothing about what is accepted.
        #expect(accepted > 10)
    }

    @Test("the beginnings of a content are refused")
    func prefixes() {
        var random = RandomContent(seed: 7)
        let content = UnitChanges.encode(random.units())
        for count in content.indices {
            #expect(throws: MalformedMessage.self) {
                try UnitChanges.decode(Array(content[..<count]))
            }
        }
    }

    @Test("short rows that stand for much are refused before they take memory")
    func expansion() throws {
        // Each further row is under 20 bytes, and weighs 2 KiB by itself.
        func content(rowCount: Int) -> [UInt8] {
            let values = (0..<36).map {
                Value.text(String(repeating: "v", count: 55) + "\($0 + 10)")
            }
            let rows = (0..<rowCount).map { index in
                RowChange(
                    table: 1,
                    id: UUIDv7.make(
                        milliseconds: Int64(index), random: [UInt8](repeating: 0, count: 10)),
                    content: .ledger(values))
            }
            return UnitChanges.encode([UnitChanges(unit: Unit(table: 1, id: "A"), rows: rows)])
        }
        let alone = RowChange(
            table: 1, id: UUIDv7.make(milliseconds: 0, random: [UInt8](repeating: 0, count: 10)),
            content: .ledger(
                (0..<36).map { .text(String(repeating: "v", count: 55) + "\($0 + 10)") })
        )
        .encoded().count
        // The unit weighs four bytes: a list of its table and its key.
        let most = (Limits.contentExpandedBytesMax - 4) / alone
        #expect(try UnitChanges.decode(content(rowCount: most)).first?.rows.count == most)
        let over = content(rowCount: most + 1)
        #expect(over.count < Limits.changeSetContentBytesMax / 8)
        let error = #expect(throws: MalformedMessage.self) { try UnitChanges.decode(over) }
        #expect(error?.fact == .tooLong)
    }

    @Test("what is collected weighs as much as it then takes, or a little less")
    func weight() throws {
        for seed in 0..<20 {
            var random = RandomContent(seed: 500 + UInt64(seed))
            let units = random.units().filter { $0.kind == .changes && !$0.rows.isEmpty }
            var weight = PartWeight()
            var alone = 0
            for unit in units {
                // A unit weighs its table and id: such a row without its empty list of values.
                alone +=
                    RowChange(table: unit.unit.table, id: unit.unit.id, content: .ledger([]))
                    .encoded().count - 1
                for row in unit.rows {
                    weight.add(row, in: unit.unit)
                    alone += row.encoded().count
                    #expect(row.byteCount == row.encoded().count)
                }
            }
            let content = UnitChanges.encode(units)
            #expect(content.count <= weight.bytesMost)
            #expect(weight.expandedBytes == alone)
            #expect(weight.fitsChangeSet)
        }
    }

    @Test("a change-set is full by its bytes, or by what its rows weigh alone")
    func full() {
        let unit = Unit(table: 1, id: "A")
        let long = RowChange(
            table: 1, id: "B", content: .ledger([.text(String(repeating: "x", count: 120_000))]))
        var weight = PartWeight()
        for _ in 0..<8 { weight.add(long, in: unit) }
        #expect(weight.fitsChangeSet)
        weight.add(long, in: unit)
        #expect(!weight.fitsChangeSet)
        let dated = RowChange(
            table: 1, id: "B",
            content: .ledger(
                [Value](repeating: .text("0190163d-8694-739b-aea5-966c26f8ad90"), count: 200)))
        var light = PartWeight()
        var count = 0
        while light.fitsChangeSet {
            light.add(dated, in: Unit(table: 1, id: "0190163d-8694-739b-aea5-966c26f8ad90"))
            count += 1
        }
        #expect(light.bytesMost < Limits.changeSetContentBytesMax)
        #expect(count == (Limits.changeSetExpandedBytesMax - 19) / dated.encoded().count + 1)
    }

    @Test("the program stops before a unit travels twice, or a revocation with rows")
    func notWritten() async {
        await #expect(processExitsWith: .failure) {
            let unit = UnitChanges(unit: Unit(table: 1, id: "A"), rows: [])
            _ = UnitChanges.encode([unit, unit])
        }
        await #expect(processExitsWith: .failure) {
            let row = RowChange(table: 1, id: "A", content: .ledger([]))
            _ = UnitChanges.encode([
                UnitChanges(unit: Unit(table: 1, id: "A"), kind: .revocation, rows: [row])
            ])
        }
    }
}

extension PartWeight {
    /// Adds a row that comes alone.
    mutating func add(_ row: RowChange, in unit: RientroProtocol.Unit) {
        var forms = RowForms()
        forms.add(row, in: unit)
        add(0, of: forms)
    }
}
