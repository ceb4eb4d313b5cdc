package import RientroProtocol
internal import RientroSQLite

/// Most writes are later than what they meet. One statement finds that out and takes them.
extension Store {
    /// Takes the writes of a change that all are later than what stands there, those of kept
    /// registers only if their base stands there; false, with nothing changed, if that is not so.
    package func takeUnopposed(_ change: RowChange) throws -> Bool {
        guard let layout = layouts[change.table], case .record(nil, let writes) = change.content
        else { return false }
        return try take(layout, id: change.id, writes, ifBased: true)
    }

    /// Takes all of the writes at once where every one of them is later than what stands there, as
    /// it is in most merges; false, with nothing changed, where that must be looked at one by one.
    func take(
        _ layout: TableLayout, id: String, _ writes: [RegisterWrite], ifBased: Bool
    ) throws -> Bool {
        var registers: UInt64 = 0
        for write in writes {
            guard let index = layout.registerIndex[write.register], index < UInt64.bitWidth,
                // Ascending, as they travel: the values are bound in the order of the registers.
                registers >> index == 0, write.stamp != nil,
                write.values?.count == layout.registerColumns[index].count
            else { return false }
            registers |= 1 << index
        }
        guard registers != 0, let statement = try statements(layout).take(registers) else {
            return false
        }
        var next = 1
        for write in writes {
            for value in write.values ?? [] {
                try statement.bind(next, value)
                next += 1
            }
            try statement.bind(next, write.stamp?.rawValue ?? 0)
            next += 1
        }
        try statement.bind(next, id)
        for write in writes {
            next += 1
            try statement.bind(next, write.stamp?.rawValue ?? 0)
            next += 1
            if ifBased, layout.register(write.register)?.rule == .kept, let base = write.base {
                try statement.bind(next, base.rawValue)
            } else {
                try statement.bindNull(next)
            }
        }
        try statement.run()
        return db.changes == 1
    }
}
