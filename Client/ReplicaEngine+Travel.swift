internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What the seal makes of what is pending of one row.
struct Sealing {
    /// What travels; nil where nothing does.
    var change: RowChange?
    /// What cannot travel, and why.
    var refusals: [Refusal] = []
    /// Whether the row leaves its table, since none of it can travel.
    var removesRow = false
}

/// From a row in the file to a change that travels; what cannot is set aside as a refusal, never
/// an error, so that no row blocks another. Nothing is written here.
extension ReplicaEngine {
    /// What the seal makes of a pending row; nothing where the row is gone.
    func sealing(of pending: PendingRow) throws -> Sealing {
        guard let layout = store.layouts[pending.table] else { return Sealing() }
        if let bytes = pending.malformedID {
            guard let columns = try columns(layout, malformedID: bytes) else { return Sealing() }
            return aside(
                layout, pending.id, raw: Self.raw(columns), .badValue, "the id is not UTF-8")
        }
        guard let row = try store.read(layout, id: pending.id) else { return Sealing() }
        guard RowID.isUUID(pending.id) else {
            return aside(
                layout, pending.id, raw: Self.raw(row.columns), .badValue,
                "the id is not a UUID in lower case")
        }
        guard layout.table.kind != .ledger, !pending.isBirth else {
            return whole(layout, pending.id, row)
        }
        return registers(layout, pending, row)
    }

    private func whole(_ layout: TableLayout, _ id: String, _ row: StoredRow) -> Sealing {
        guard fits(row.columns) else {
            return aside(
                layout, id, raw: Self.raw(row.columns), .tooLarge, Self.tooLargeText)
        }
        guard let change = store.wholeChange(layout, id: id, row: row) else {
            return aside(
                layout, id, raw: Self.raw(row.columns), .badValue, "a text is not UTF-8")
        }
        guard change.encoded().count <= Limits.rowBytesMax else {
            return aside(
                layout, id, raw: Self.raw(row.columns), .tooLarge, Self.tooLargeText)
        }
        return Sealing(change: change)
    }

    private static let tooLargeText = "the row is too large to travel"

    private func registers(
        _ layout: TableLayout, _ pending: PendingRow, _ row: StoredRow
    ) -> Sealing {
        var sealing = Sealing()
        var writes: [RegisterWrite] = []
        // Each register may travel and the row not: whole it is what a grant carries.
        let isRowLarge = !fits(row.columns)
        for (index, register) in layout.table.registers.enumerated() {
            guard let base = pending.bases[register.number] else { continue }
            let columns = layout.registerColumns[index].map { row.columns[$0] }
            var values: [Value]? = columns.compactMap { Value($0) }
            let isLarge = !fits(columns) || (isRowLarge && bytes(columns) > Self.rowHeadBytes)
            if isLarge || values?.count != columns.count {
                // The centre answers a write without values with its own, which comes back here.
                sealing.refusals.append(
                    Refusal(
                        changeSet: 0, table: layout.table.number, id: pending.id,
                        register: register.number, reason: isLarge ? .tooLarge : .badValue,
                        detail: isLarge
                            ? "the value is too large to travel" : "the text is not UTF-8",
                        content: nil, raw: Self.raw(columns)))
                values = nil
            }
            writes.append(
                RegisterWrite(
                    register: register.number, stamp: Stamp(rawValue: row.effectiveStamp(index)),
                    base: register.rule == .kept
                        ? base.flatMap { Stamp(rawValue: $0) } : nil,
                    values: values))
        }
        guard !writes.isEmpty else { return sealing }
        sealing.change = RowChange(
            table: layout.table.number, id: pending.id, content: .record(birth: nil, writes: writes)
        )
        return sealing
    }

    private func fits(_ columns: [SQLiteValue]) -> Bool {
        columns.allSatisfy { bytes([$0]) <= Limits.textBytesMax }
            && bytes(columns) <= Limits.rowBytesMax - Self.rowHeadBytes
    }

    private func bytes(_ columns: [SQLiteValue]) -> Int {
        columns.reduce(0) { total, column in
            switch column {
            case .text(let text): total + text.utf8.count
            case .blob(let bytes), .malformedText(let bytes): total + bytes.count
            case .null, .integer, .real: total + 9
            }
        }
    }

    /// Room for everything in a row's encoding but its values.
    private static let rowHeadBytes = 1024

    private func aside(
        _ layout: TableLayout, _ id: String, raw: String, _ reason: RefusalReason,
        _ detail: String
    ) -> Sealing {
        Sealing(
            refusals: [
                Refusal(
                    changeSet: 0, table: layout.table.number, id: id, register: 0, reason: reason,
                    detail: detail, content: nil, raw: raw)
            ],
            removesRow: true)
    }

    private func columns(_ layout: TableLayout, malformedID: [UInt8]) throws -> [SQLiteValue]? {
        let names = layout.table.columns.map { SQL.name($0.name) }.joined(separator: ", ")
        return try db.first(
            "SELECT \(names) FROM \(SQL.name(layout.table.name)) WHERE id = CAST(? AS TEXT)",
            .blob(malformedID)
        ) { statement in layout.table.columns.indices.map { statement.value($0) } }
    }

    /// Values as a JSON array for people, bytes in hexadecimal: nothing is lost of what was typed.
    static func raw(_ columns: [SQLiteValue]) -> String {
        let parts = columns.map { column in
            switch column {
            case .null: "null"
            case .integer(let number): "\(number)"
            case .real(let number): "\(number)"
            case .text(let text): JSONText.quoted(text)
            case .blob(let bytes), .malformedText(let bytes):
                "{\"hex\":\"" + SQL.blob(bytes).dropFirst(2).dropLast() + "\"}"
            }
        }
        return "[" + parts.joined(separator: ",") + "]"
    }
}
