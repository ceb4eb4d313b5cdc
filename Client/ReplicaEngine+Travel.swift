internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// From a row in the file to a change that travels; what cannot is set aside as a refusal, never
/// an error, so that no row blocks another.
extension ReplicaEngine {
    /// The change that says what is pending of a row; nil where the row is gone, or was set aside.
    func change(of pending: PendingRow) throws -> RowChange? {
        guard let layout = store.layouts[pending.table],
            let row = try store.read(layout, id: pending.id)
        else { return nil }
        guard RowID.isUUID(pending.id) else {
            try setAside(layout, pending.id, row, .badValue, "the id is not a UUID in lower case")
            return nil
        }
        guard layout.table.kind != .ledger, !pending.isBirth else {
            return try whole(layout, pending, row)
        }
        return try registers(layout, pending, row)
    }

    private func whole(
        _ layout: TableLayout, _ pending: PendingRow, _ row: StoredRow
    ) throws -> RowChange? {
        guard let change = store.wholeChange(layout, id: pending.id, row: row) else {
            try setAside(layout, pending.id, row, .badValue, "a text is not UTF-8")
            return nil
        }
        guard change.encoded().count <= Limits.rowBytesMax, fits(row.columns) else {
            try setAside(layout, pending.id, row, .tooLarge, "the row is too large to travel")
            return nil
        }
        return change
    }

    private func registers(
        _ layout: TableLayout, _ pending: PendingRow, _ row: StoredRow
    ) throws -> RowChange? {
        var writes: [RegisterWrite] = []
        for (index, register) in layout.table.registers.enumerated() {
            guard let base = pending.bases[register.number] else { continue }
            let columns = layout.registerColumns[index].map { row.columns[$0] }
            var values: [Value]? = columns.compactMap { Value($0) }
            let isTravelling = values?.count == columns.count && fits(columns)
            if !isTravelling {
                // The centre answers a write without values with its own, which comes back here.
                let isLarge = !fits(columns)
                try refuse(
                    Refusal(
                        changeSet: try head().number + 1, table: layout.table.number,
                        id: pending.id, register: register.number,
                        reason: isLarge ? .tooLarge : .badValue,
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
        guard !writes.isEmpty else { return nil }
        return RowChange(
            table: layout.table.number, id: pending.id, content: .record(birth: nil, writes: writes)
        )
    }

    private func fits(_ columns: [SQLiteValue]) -> Bool {
        var total = 0
        for column in columns {
            let size =
                switch column {
                case .text(let text): text.utf8.count
                case .blob(let bytes), .malformedText(let bytes): bytes.count
                case .null, .integer, .real: 9
                }
            guard size <= Limits.textBytesMax else { return false }
            total += size
        }
        return total <= Limits.rowBytesMax - 1024
    }

    private func setAside(
        _ layout: TableLayout, _ id: String, _ row: StoredRow, _ reason: RefusalReason,
        _ detail: String
    ) throws {
        try refuse(
            Refusal(
                changeSet: try head().number + 1, table: layout.table.number, id: id, register: 0,
                reason: reason, detail: detail, content: nil, raw: Self.raw(row.columns)))
        try store.remove(layout, id: id)
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
