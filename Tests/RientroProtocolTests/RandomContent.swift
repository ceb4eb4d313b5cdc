import RientroProtocol

/// Units with rows of every form, by a seed: what contents are tried with.
struct RandomContent {
    var random: SplitMix
    private var accounts: [String] = []
    static let now: Int64 = 1_790_000_000_000

    init(seed: UInt64) {
        random = SplitMix(state: seed)
        accounts = (0..<12).map { _ in uuid() }
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private mutating func isSo(_ oneIn: Int) -> Bool {
        Int.random(in: 0..<oneIn, using: &random) == 0
    }

    mutating func uuid() -> String {
        isSo(4)
            ? RowID.derived(from: bytes(4))
            : UUIDv7.make(
                milliseconds: Self.now + Int64.random(in: 0..<90_000_000, using: &random),
                random: bytes(10))
    }

    mutating func units() -> [UnitChanges] {
        var units: [UnitChanges] = isSo(2) ? [UnitChanges(unit: .everyone, rows: rows())] : []
        for account in accounts where !isSo(3) {
            let kind = UnitChanges.Kind.allCases.randomElement(using: &random) ?? .changes
            let unit = Unit(table: isSo(3) ? 20 : 22, id: isSo(8) ? "KEY-\(units.count)" : account)
            let rows = kind == .revocation ? [] : rows(of: account)
            units.append(UnitChanges(unit: unit, kind: kind, rows: rows))
        }
        return units
    }

    private mutating func rows(of unit: String = "MT-01") -> [RowChange] {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let id = isSo(3) ? unit : isSo(6) ? "K\(Int.random(in: 0...9, using: &random))" : uuid()
            let table = [22, 31, 32, 300].randomElement(using: &random) ?? 22
            return RowChange(
                table: table, id: id, content: isSo(3) ? record(unit) : ledger(unit))
        }
    }

    private mutating func ledger(_ unit: String) -> RowChange.Content {
        let count = isSo(5) ? Int.random(in: 0...60, using: &random) : 8
        return .ledger((0..<count).map { _ in value(unit) })
    }

    private mutating func record(_ unit: String) -> RowChange.Content {
        let birth = isSo(2) ? Birth(stamp: stamp(), fixed: values(unit)) : nil
        let same = stamp()
        let writes = (1...4).compactMap { register -> RegisterWrite? in
            guard !isSo(3) else { return nil }
            let own = isSo(2) ? same : stamp()
            return RegisterWrite(
                register: register * 7, stamp: birth != nil && isSo(2) ? nil : own,
                base: isSo(4) ? stamp() : nil, values: isSo(6) ? nil : values(unit))
        }
        return .record(birth: birth, writes: writes)
    }

    private mutating func values(_ unit: String) -> [Value] {
        (0..<(isSo(2) ? 1 : Int.random(in: 0...3, using: &random))).map { _ in value(unit) }
    }

    private mutating func stamp() -> Stamp {
        Stamp(
            milliseconds: isSo(9) ? 0 : Self.now + Int64.random(in: -9999...9999, using: &random),
            replica: Int64.random(in: 0...2, using: &random))
    }

    private mutating func value(_ unit: String) -> Value {
        switch Int.random(in: 0..<14, using: &random) {
        case 0: .text(unit)
        case 1: .text(uuid())
        case 2: .text(UTCTime.text(milliseconds: Self.now + Int64(random.next() % 99_999_999)))
        case 3: .text(LocalDate.text(daysSince1970: Int64(random.next() % 30_000)))
        case 4: .text("2026-02-3\(random.next() % 3)")
        case 5: .integer(Int64(truncatingIfNeeded: random.next()))
        case 6: .blob(bytes(Int(random.next() % 70)))
        case 7: .text(String(repeating: "è", count: Int(random.next() % 40)))
        case 8: .integer(Int64(random.next() % 3))
        default: .null
        }
    }
}
