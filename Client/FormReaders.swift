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

/// How the rows of a table can be read ahead.
enum PlainTable {
    /// Not at all: the unit of a row is known only from other rows.
    case none
    case ledger
    case record
}

/// Reads the rows of a window of what is pending into the forms in which they travel, table by
/// table.
struct FormReaders {
    private var ledgers: [LedgerForms?]
    private var records: [RecordForms?]
    /// What can be read ahead, by the numbers of the tables.
    let plain: [PlainTable]

    init(_ store: Store) {
        let count = (store.layouts.keys.max() ?? 0) + 1
        ledgers = (0..<count).map { number in
            store.layouts[number].flatMap { LedgerForms($0, in: store) }
        }
        records = (0..<count).map { number in
            store.layouts[number].flatMap { RecordForms($0, in: store) }
        }
        plain = zip(ledgers, records).map { $0 != nil ? .ledger : $1 != nil ? .record : .none }
    }

    /// Reads the entries of a range; what became of each, in their order.
    func read(
        _ range: Range<Int>, of pending: PendingList, into forms: inout RowForms
    ) throws -> [FormRead] {
        var reads = [FormRead](repeating: .gone, count: range.count)
        var wanted = [[Wanted]](repeating: [], count: plain.count)
        for entry in range {
            let row = pending.entries[entry]
            guard row.odd < 0 else {
                reads[entry - range.lowerBound] = .unusual
                continue
            }
            let (id, table) = (pending.ids.id(Int(row.id)), pending.ids.table(Int(row.id)))
            wanted[table].append(
                Wanted(id: id, registers: row.registers, place: entry - range.lowerBound))
        }
        for table in wanted.indices where !wanted[table].isEmpty {
            wanted[table].sort { $0.id < $1.id }
            if let ledger = ledgers[table] {
                try read(wanted[table], by: ledger, into: &forms, &reads)
            } else if let record = records[table] {
                for row in wanted[table] {
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
