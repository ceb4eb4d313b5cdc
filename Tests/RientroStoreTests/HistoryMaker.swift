import RientroProtocol

/// Makes random histories of a few rows from a seed: births by several writers, writes with stamps
/// that often meet, rows of older schemas, ledger rows.
struct HistoryMaker {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func number(_ range: Range<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    mutating func pick<T>(_ from: [T]) -> T { from[number(0..<from.count)] }

    mutating func chance(_ percent: Int) -> Bool { number(0..<100) < percent }

    /// The changes in another order, some of them several times.
    mutating func shuffled(_ changes: [RowChange]) -> [RowChange] {
        var all = changes + changes.filter { _ in chance(30) }
        guard all.count > 1 else { return all }
        for index in (1..<all.count).reversed() { all.swapAt(index, number(0..<index + 1)) }
        return all
    }

    /// The changes of one history.
    mutating func history() -> [RowChange] {
        (0..<number(3..<22)).map { _ in change() }
    }

    private mutating func change() -> RowChange {
        let kind = number(0..<10)
        if kind == 0 { return ledger() }
        let table = kind < 5 ? 22 : 23
        let id = BoxFile.id("\(table)\(number(0..<2))")
        let birth = chance(45) ? birth(table) : nil
        var writes: [RegisterWrite] = []
        for register in registers(table) {
            // A box is not born without its place, which is required.
            let isRequired = birth != nil && table == 22 && register == 1
            guard chance(birth == nil ? 45 : 75) || isRequired else { continue }
            let isBornWith = birth != nil && chance(60)
            writes.append(
                RegisterWrite(
                    register: register, stamp: isBornWith ? nil : stamp(), base: nil,
                    values: values(table, register)))
        }
        return RowChange(table: table, id: id, content: .record(birth: birth, writes: writes))
    }

    /// The same id always has the same content: what differs is a matter for the centre.
    private mutating func ledger() -> RowChange {
        let end = number(0..<4)
        let values: [Value] = [
            .text(BoxFile.id("230")), .integer(Int64(end) * 1_000 - 1), .text("2026-01-01"),
            .text("2026-01-01T00:00:00.000Z"), .text("m\(end)"),
        ]
        return RowChange(table: 30, id: BoxFile.id("3\(end)"), content: .ledger(values))
    }

    private mutating func birth(_ table: Int) -> Birth {
        let parent = Value.text(pick(["p", "q", "po"]))
        guard table == 23, chance(60) else { return Birth(stamp: stamp(), fixed: [parent]) }
        return Birth(stamp: stamp(), fixed: [parent, pick([.null, .text("red"), .text("blu")])])
    }

    /// Few milliseconds and few writers, so that stamps are often equal.
    private mutating func stamp() -> Stamp {
        Stamp(milliseconds: Int64(number(1..<6)), replica: Int64(number(1..<4)))
    }

    private func registers(_ table: Int) -> [Int] { table == 22 ? [1, 2, 3] : [1, 2, 4] }

    private mutating func values(_ table: Int, _ register: Int) -> [Value] {
        switch (table, register) {
        case (22, 1): [pick([.text("MT"), .text("PZ")])]
        case (22, 2): [text()]
        case (22, 3): [integer(), pick([.text("cm"), .text("in")])]
        case (23, 2): [text(), pick([.null, .blob([]), .blob([0]), .blob([255, 0]), .blob([1])])]
        case (23, 4): [integer() == .null ? .integer(0) : integerNotNull()]
        default: [text()]
        }
    }

    private mutating func text() -> Value {
        // é in one code point and in two; texts that sort by length first, then by bytes.
        pick([
            .null, .text(""), .text("a"), .text("b"), .text("aa"), .text("\u{E9}"),
            .text("e\u{301}"), .text(String(repeating: "z", count: 30)),
        ])
    }

    private mutating func integer() -> Value { chance(25) ? .null : integerNotNull() }

    private mutating func integerNotNull() -> Value {
        .integer(pick([0, 1, 23, 24, 255, 256, -1, -24, -25, -300]))
    }
}
