internal import RientroProtocol
internal import RientroStore

/// What became of a row that was to be read ahead.
enum FormRead {
    /// It is not there any more.
    case gone
    /// Its place in the forms.
    case row(Int32)
    /// It must be looked at by itself.
    case unusual
}

/// Reads the rows of a window of what is pending into the forms in which they travel, table by
/// table.
struct FormReaders {
    private var ledgers: [Int: LedgerForms] = [:]
    private var records: [Int: RecordForms] = [:]

    init(_ store: Store) throws {
        for (number, layout) in store.layouts {
            ledgers[number] = try LedgerForms(layout, in: store)
            records[number] = RecordForms(layout, in: store)
        }
    }

    /// The tables whose rows can be read ahead, and whether each is a ledger.
    var tables: [Int: Bool] {
        ledgers.mapValues { _ in true }.merging(records.mapValues { _ in false }) { a, _ in a }
    }

    /// Reads the entries of a range; what became of each, in their order.
    func read(
        _ range: Range<Int>, of pending: PendingList, into forms: inout RowForms
    ) throws -> [FormRead] {
        var reads = [FormRead](repeating: .gone, count: range.count)
        var wanted: [Int: [Wanted]] = [:]
        for entry in range {
            let row = pending.entries[entry]
            guard row.odd < 0 else {
                reads[entry - range.lowerBound] = .unusual
                continue
            }
            let (id, table) = (pending.ids.id(Int(row.id)), pending.ids.table(Int(row.id)))
            wanted[table, default: []].append(
                Wanted(id: id, registers: row.registers, place: entry - range.lowerBound))
        }
        for (table, var rows) in wanted {
            rows.sort { $0.id < $1.id }
            if let ledger = ledgers[table] {
                try read(rows, by: ledger, into: &forms, &reads)
            } else if let record = records[table] {
                for row in rows {
                    let read = try record.read(row.id, registers: row.registers, into: &forms)
                    reads[row.place] = read.map { Self.read($0, forms) } ?? .gone
                }
            }
        }
        return reads
    }

    private struct Wanted {
        let id: PackedID
        let registers: UInt32
        let place: Int
    }

    private func read(
        _ rows: [Wanted], by ledger: LedgerForms, into forms: inout RowForms,
        _ reads: inout [FormRead]
    ) throws {
        var last = forms.rows.count
        try ledger.read(rows.map(\.id), into: &forms) { place, isRead in
            reads[rows[place].place] = isRead ? .row(Int32(last)) : .unusual
            if isRead { last += 1 }
        }
    }

    private static func read(_ isRead: Bool, _ forms: RowForms) -> FormRead {
        isRead ? .row(Int32(forms.rows.count - 1)) : .unusual
    }
}
