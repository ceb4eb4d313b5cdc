extension UnitChanges {
    /// Units with their rows as the content of a part: `[changes, grants, revocations]`.
    ///
    /// Units are put in their order, and none may stand twice; the order of the rows within a unit
    /// stays. `Specification/wire.md` has the form.
    package static func encode(_ units: [UnitChanges]) -> [UInt8] {
        let order = UnitOrder.indexes(of: units)
        let rowCount = units.reduce(0) { $0 + $1.rows.count }
        var forms = RowForms(capacity: 64 + rowCount * 128)
        for index in order {
            let unit = units[index]
            let id = PackedID(unit.unit.id)
            for row in unit.rows { forms.add(row, unit: id, unitTable: unit.unit.table) }
        }
        let all = forms.rows.indices.map { Int32($0) }
        var writer = ContentWriter(capacity: 64 + rowCount * 128)
        writer.out.array(count: Kind.allCases.count)
        var next = 0
        var row = 0
        for kind in Kind.allCases {
            let end = order[next...].firstIndex { units[$0].kind != kind } ?? order.count
            writer.out.array(count: end - next)
            for index in order[next..<end] {
                let unit = units[index]
                precondition(
                    kind != .revocation || unit.rows.isEmpty, "a revocation has no rows")
                writer.unit(
                    PackedID(unit.unit.id), table: unit.unit.table,
                    rows: all[row..<row + unit.rows.count], of: forms)
                row += unit.rows.count
            }
            next = end
        }
        return writer.out.bytes
    }

    /// Units from the content of a part, by kind and ascending; throws for everything that
    /// `encode(_:)` would not have written, and `.tooLong` for a row above `Limits.rowBytesMax` or
    /// a content above `Limits.contentExpandedBytesMax`, both as if each row were written alone.
    package static func decode(_ bytes: [UInt8]) throws(MalformedMessage) -> [UnitChanges] {
        var reader = try ContentReader(bytes)
        return try reader.units()
    }
}
