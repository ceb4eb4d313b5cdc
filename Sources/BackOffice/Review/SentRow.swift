internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What a refused change says, by column. One that cannot be read says nothing.
struct SentRow {
    /// The columns that it names, in their order, with their values.
    let values: [(column: String, value: SQLiteValue)]

    init(_ content: [UInt8], _ table: Schema.Table) {
        guard let change = try? RowChange(decoding: content) else {
            values = []
            return
        }
        let layout = TableLayout(table)
        var found: [Int: Value] = [:]
        switch change.content {
        case .ledger(let sent):
            for (position, value) in sent.enumerated() { found[position] = value }
        case .record(let birth, let writes):
            for (position, value) in zip(layout.fixedColumns, birth?.fixed ?? []) {
                found[position] = value
            }
            for write in writes {
                guard let index = layout.registerIndex[write.register] else { continue }
                for (position, value) in zip(layout.registerColumns[index], write.values ?? []) {
                    found[position] = value
                }
            }
        }
        values = table.columns.enumerated().compactMap { position, column in
            found[position].map { (column.name, $0.stored) }
        }
    }

    /// The text that was sent for a column.
    func text(_ column: String) -> String? {
        guard case .text(let text)? = values.first(where: { $0.column == column })?.value else {
            return nil
        }
        return text
    }

    /// The number that was sent for a column.
    func integer(_ column: String) -> Int64? {
        guard case .integer(let number)? = values.first(where: { $0.column == column })?.value
        else { return nil }
        return number
    }
}
