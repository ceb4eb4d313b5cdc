/// What the content of a part weighs while its rows are collected: whoever collects knows when to
/// begin another.
///
///     var weight = PartWeight()
///     weight.add(row, in: unit)
///     let isFull = weight.bytesMost > Limits.changeSetContentBytesMax
package struct PartWeight {
    /// The content's bytes at most. The content itself is shorter, since rows and units are said
    /// in relation to each other; how much is known only once all of them are in order.
    package private(set) var bytesMost = Self.headBytes
    /// The bytes of all rows and units as if each were written alone: what
    /// `Limits.contentExpandedBytesMax` counts.
    package private(set) var expandedBytes = 0
    private var units: Set<Unit> = []
    private var scratch = ContentWriter(capacity: 4096)

    /// The heads of the three lists, and of the few units that have more than 65,535 items.
    private static let headBytes = 64
    /// A unit's head has three bytes at most, of which `ContentWeight` counts one.
    private static let unitHeadBytes = 2

    /// The weight of a content without rows.
    package init() {}

    /// Adds a row of `unit`.
    package mutating func add(_ row: RowChange, in unit: Unit) {
        if units.insert(unit).inserted {
            let bytes = ContentWeight.bytes(ofUnit: unit.table, id: unit.id)
            bytesMost += bytes + Self.unitHeadBytes
            expandedBytes += bytes
        }
        bytesMost += scratch.byteCount(alone: row, in: unit)
        expandedBytes += ContentWeight.bytes(of: row)
    }

    /// Whether a replica may seal this as one change-set.
    package var fitsChangeSet: Bool {
        bytesMost <= Limits.changeSetContentBytesMax
            && expandedBytes <= Limits.changeSetExpandedBytesMax
    }
}

extension ContentWriter {
    /// The bytes of a row in `unit` with nothing before it that it could be said in relation to: no
    /// form is longer. What was written before is dropped.
    fileprivate mutating func byteCount(alone row: RowChange, in unit: Unit) -> Int {
        forget()
        begin(unit)
        let start = out.bytes.count
        self.row(row)
        return out.bytes.count - start
    }
}
