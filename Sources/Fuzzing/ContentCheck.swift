import RientroProtocol

/// The content of a part: units and rows in their short forms.
struct ContentCheck: FuzzCheck {
    func check(_ input: [UInt8]) throws(BrokenClaim) {
        try Self.check(input)
    }

    /// Tries the claims on a content, from wherever it came.
    static func check(_ bytes: [UInt8]) throws(BrokenClaim) {
        guard let units = try Decoding.check(bytes, UnitChanges.decode, UnitChanges.encode) else {
            return
        }
        var expanded = 0
        var places = Set<Unit>()
        for unit in units {
            try claim(places.insert(unit.unit).inserted, "a unit stands once in a content")
            try claim(unit.kind != .revocation || unit.rows.isEmpty, "a revocation has no rows")
            try claim((unit.unit.table == 0) == unit.unit.id.isEmpty, "only everyone has no id")
            for row in unit.rows { expanded += try check(row) }
        }
        try claim(
            expanded <= Limits.contentExpandedBytesMax, "a content has its limit, written out")
        let order = units.map { ($0.kind.rawValue, $0.unit.table) }
        try claim(
            zip(order, order.dropFirst()).allSatisfy { $0 <= $1 }, "units ascend by kind and table")
    }

    /// Tries the claims on one row; its size written alone.
    private static func check(_ row: RowChange) throws(BrokenClaim) -> Int {
        let bytes = row.encoded()
        try claim(bytes.count == row.byteCount, "a row's size is known without writing it")
        try claim(bytes.count <= Limits.rowBytesMax, "a row has its limit")
        try claim(!row.id.isEmpty, "a row has an id")
        let alone = Decoding.of(bytes, RowChange.init(decoding:))
        try claim(alone == .success(row), "a row of a content can be written alone")
        switch row.content {
        case .ledger(let values): try check(values)
        case .record(let birth, let writes):
            if let birth { try check(birth.fixed) }
            try claim(writes.count <= Limits.columnsMax, "a row has so many registers at most")
            for write in writes {
                try claim(birth != nil || write.stamp != nil, "a write without a birth has a stamp")
                if let values = write.values { try check(values) }
            }
        }
        return bytes.count
    }

    private static func check(_ values: [Value]) throws(BrokenClaim) {
        try claim(values.count <= Limits.columnsMax, "a row has so many columns at most")
        for value in values {
            switch value {
            case .text(let text):
                try claim(text.utf8.count <= Limits.textBytesMax, "a text has its limit")
            case .blob(let bytes):
                try claim(bytes.count <= Limits.textBytesMax, "a blob has its limit")
            case .integer, .null: break
            }
        }
    }
}
