extension RowChange {
    /// At least as many bytes as `encoded()` has, without encoding: what limits are kept by where
    /// an exact figure is not worth its price.
    package var byteCountMax: Int {
        let head = 64
        switch content {
        case .ledger(let values): return head + Self.byteCountMax(values)
        case .record(let birth, let writes):
            return writes.reduce(head + Self.byteCountMax(birth?.fixed ?? [])) { sum, write in
                sum + 32 + Self.byteCountMax(write.values ?? [])
            }
        }
    }

    /// The longest head of a CBOR item is 9 bytes, which is also all that an integer takes.
    private static func byteCountMax(_ values: [Value]) -> Int {
        var sum = 0
        for value in values {
            switch value {
            case .null: sum += 1
            case .integer: sum += 9
            case .text(let text): sum += 9 + text.utf8.count
            case .blob(let bytes): sum += 9 + bytes.count
            }
        }
        return sum
    }
}
