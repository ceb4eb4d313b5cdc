/// Numbers the ids of tables 0, 1, 2 … in the order in which they are met.
///
/// `Dictionary` hashes so that nobody can choose ids that meet in one place, which costs more than
/// the rest of a seal's work for a row; here whoever chose them would slow his own office alone.
package struct PackedIDTable {
    private struct Key {
        var id: PackedID
        var table: Int32

        @inline(__always)
        func `is`(_ other: PackedID, _ otherTable: Int) -> Bool {
            id.bits.low == other.bits.low && id.bits.high == other.bits.high
                && id.byteCount == other.byteCount && Int(table) == otherTable
        }
    }
    private var keys: [Key] = []
    /// The number of a key and one, or 0: twice as many places as keys at least, and a power of 2.
    private var places: [Int32]

    private static let placesMin = 64

    /// A table without ids, with room for so many.
    package init(capacity: Int = 0) {
        var count = Self.placesMin
        while count < capacity * 2 { count *= 2 }
        places = [Int32](repeating: 0, count: count)
        keys.reserveCapacity(capacity)
    }

    /// How many ids were met.
    package var count: Int { keys.count }

    /// The number of an id, and whether it was met before.
    package mutating func number(of id: PackedID, table: Int) -> (number: Int, isNew: Bool) {
        if keys.count * 2 >= places.count { grow() }
        var place = Self.place(of: id, table, in: places.count)
        while places[place] != 0 {
            let number = Int(places[place]) - 1
            if keys[number].is(id, table) { return (number, false) }
            place = (place + 1) & (places.count - 1)
        }
        keys.append(Key(id: id, table: Int32(table)))
        places[place] = Int32(keys.count)
        return (keys.count - 1, true)
    }

    /// The id with this number.
    package func id(_ number: Int) -> PackedID { keys[number].id }

    /// The table of the id with this number.
    package func table(_ number: Int) -> Int { Int(keys[number].table) }

    private static func place(of id: PackedID, _ table: Int, in count: Int) -> Int {
        Int(truncatingIfNeeded: id.scattered &+ UInt64(table) &* 0x9E37_79B9) & (count - 1)
    }

    private mutating func grow() {
        places = [Int32](repeating: 0, count: places.count * 2)
        for number in keys.indices {
            var place = Self.place(of: keys[number].id, Int(keys[number].table), in: places.count)
            while places[place] != 0 { place = (place + 1) & (places.count - 1) }
            places[place] = Int32(number + 1)
        }
    }
}
