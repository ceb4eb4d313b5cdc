/// The order of units in a content: by table, then by the bytes of the id's text.
enum UnitOrder {
    static func isAscending(_ a: Unit, _ b: Unit) -> Bool {
        // Ids are ASCII, which `String` compares by its bytes.
        a.table == b.table ? a.id < b.id : a.table < b.table
    }

    /// The indexes of units in the order in which a content has them: by kind, then ascending.
    static func indexes(of units: [UnitChanges]) -> [Int] {
        var keys = units.indices.map { SortKey(units[$0], index: $0) }
        keys.sort { isAscending($0, $1, in: units) }
        for next in keys.indices.dropFirst() {
            precondition(
                isAscending(keys[next - 1], keys[next], in: units),
                "a unit stands once in a content")
        }
        return keys.map(\.index)
    }

    private static func isAscending(_ a: SortKey, _ b: SortKey, in units: [UnitChanges]) -> Bool {
        if a.list != b.list { return a.list < b.list }
        if let x = a.uuid, let y = b.uuid { return x < y }
        return units[a.index].unit.id < units[b.index].unit.id
    }

    /// What units are sorted by: numbers, since comparing texts takes many times as long.
    private struct SortKey {
        /// Kind and table.
        let list: Int
        let uuid: UUIDBits?
        let index: Int

        init(_ unit: UnitChanges, index: Int) {
            list = unit.kind.rawValue << 32 | unit.unit.table
            uuid = UUIDBits(unit.unit.id)
            self.index = index
        }
    }
}

/// Looks whether a unit stands in a list before: the lists ascend, so each is walked once.
struct EarlierUnits {
    /// Where the walk through each list stands, and where the list ends.
    private var walks: [(next: Int, end: Int)] = []

    init(_ units: [UnitChanges]) {
        var start = 0
        for kind in UnitChanges.Kind.allCases {
            let end = units[start...].firstIndex { $0.kind != kind } ?? units.count
            walks.append((start, end))
            start = end
        }
    }

    /// Whether `unit` is in `units`; asked of ascending units.
    mutating func contains(_ unit: Unit, in units: [UnitChanges]) -> Bool {
        for index in walks.indices {
            while walks[index].next < walks[index].end {
                let other = units[walks[index].next].unit
                if other == unit { return true }
                guard UnitOrder.isAscending(other, unit) else { break }
                walks[index].next += 1
            }
        }
        return false
    }
}
