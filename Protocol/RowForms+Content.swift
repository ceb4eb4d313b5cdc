extension RowForms {
    /// The content of a part that holds these rows as changes, their units in order; the rows of a
    /// unit stay in the order in which they are named.
    package func content(of chosen: [Int32]) -> [UInt8] {
        var units = PackedIDTable()
        var unitOfRow: [Int32] = []
        unitOfRow.reserveCapacity(chosen.count)
        let all = rows.span
        for index in chosen {
            let unit = all[Int(index)].unit
            let table = Int(all[Int(index)].unitTable)
            unitOfRow.append(Int32(units.number(of: unit, table: table).number))
        }
        let order = Self.inOrder(units)
        let (grouped, starts) = Self.grouped(chosen, by: unitOfRow, count: units.count)
        var writer = ContentWriter(capacity: 64 + chosen.count * 128)
        writer.out.array(count: UnitChanges.Kind.allCases.count)
        writer.out.array(count: order.count)
        for unit in order {
            writer.unit(
                units.id(unit), table: units.table(unit),
                rows: grouped[starts[unit]..<starts[unit + 1]], of: self)
        }
        // No grants and no revocations.
        writer.out.array(count: 0)
        writer.out.array(count: 0)
        return writer.out.bytes
    }

    /// The numbers of units in the order in which a content has them.
    private static func inOrder(_ units: PackedIDTable) -> [Int] {
        struct Key {
            let table: Int
            let id: PackedID
            let number: Int
        }
        var keys = (0..<units.count).map {
            Key(table: units.table($0), id: units.id($0), number: $0)
        }
        keys.sort { $0.table == $1.table ? $0.id < $1.id : $0.table < $1.table }
        return keys.map(\.number)
    }

    /// Rows by the numbers of their units, each unit's in their order, and where each unit begins.
    private static func grouped(
        _ rows: [Int32], by unitOfRow: [Int32], count: Int
    ) -> (rows: [Int32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for unit in unitOfRow { starts[Int(unit) + 1] += 1 }
        for unit in 0..<count { starts[unit + 1] += starts[unit] }
        var next = starts
        var grouped = [Int32](repeating: 0, count: rows.count)
        for (position, unit) in unitOfRow.enumerated() {
            grouped[next[Int(unit)]] = rows[position]
            next[Int(unit)] += 1
        }
        return (grouped, starts)
    }

    /// Forgets all rows but these, which are then numbered 0, 1, 2 … in this order.
    package mutating func keep(_ kept: [Int32]) {
        var rest = RowForms(capacity: out.bytes.count)
        for index in kept {
            var row = rows[Int(index)]
            let start = Int(row.start)
            let newStart = Int32(rest.out.bytes.count)
            let (first, end) = (Int(row.first), Int(row.first + row.count))
            let moved = newStart - row.start
            let last: Int
            if row.isRecord {
                last = end > first ? Int(writes[end - 1].end) : start
                row = row.moved(to: newStart, first: Int32(rest.writes.count))
                for write in writes[first..<end] { rest.writes.append(write.moved(by: moved)) }
            } else {
                last = end > first ? Int(ends[end - 1]) : start
                row = row.moved(to: newStart, first: Int32(rest.ends.count))
                for value in ends[first..<end] { rest.ends.append(value + moved) }
            }
            rest.out.bytes.append(contentsOf: out.bytes[start..<last])
            rest.rows.append(row)
        }
        self = rest
    }
}

extension RowForm {
    fileprivate func moved(to start: Int32, first: Int32) -> RowForm {
        var row = RowForm(
            unit: unit, unitTable: unitTable, table: table, id: id, start: start, first: first)
        row.count = count
        row.isRecord = isRecord
        row.isBorn = isBorn
        row.expandedBytes = expandedBytes
        return row
    }
}

extension WriteForm {
    fileprivate func moved(by distance: Int32) -> WriteForm {
        WriteForm(
            register: register, stamp: stamp, base: base, start: start + distance,
            end: end + distance, count: count)
    }
}
