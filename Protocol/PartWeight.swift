/// What the content of a part weighs while its rows are collected: whoever collects knows when to
/// begin another.
///
///     var weight = PartWeight()
///     weight.add(place, of: forms)
///     let isFull = weight.bytesMost > Limits.changeSetContentBytesMax
package struct PartWeight {
    /// The content's bytes at most. The content itself is shorter, since rows and units are said
    /// in relation to each other; how much is known only once all of them are in order.
    package private(set) var bytesMost = Self.headBytes
    /// The bytes of all rows and units as if each were written alone: what
    /// `Limits.contentExpandedBytesMax` counts.
    package private(set) var expandedBytes = 0
    private var units = PackedIDTable()
    private var scratch = ContentWriter(capacity: 256)

    /// The heads of the three lists, and of the few units that have more than 65,535 items.
    private static let headBytes = 64
    /// A unit's head has three bytes at most, of which `ContentWeight` counts one.
    private static let unitHeadBytes = 2

    /// The weight of a content without rows.
    package init() {}

    /// Adds a row of `forms`.
    package mutating func add(_ index: Int, of forms: borrowing RowForms) {
        let row = forms.rows.span[index]
        let table = Int(row.unitTable)
        if units.number(of: row.unit, table: table).isNew {
            let bytes = ContentWeight.bytes(ofUnit: table, byteCount: Int(row.unit.byteCount))
            bytesMost += bytes + Self.unitHeadBytes
            expandedBytes += bytes
        }
        bytesMost += byteCount(alone: row, index, of: forms)
        expandedBytes += Int(row.expandedBytes)
    }

    /// Whether a replica may seal this as one change-set.
    package var fitsChangeSet: Bool {
        bytesMost <= Limits.changeSetContentBytesMax
            && expandedBytes <= Limits.changeSetExpandedBytesMax
    }

    /// The bytes of a row with nothing before it that it could be said in relation to: no form is
    /// longer.
    private mutating func byteCount(
        alone row: RowForm, _ index: Int, of forms: borrowing RowForms
    ) -> Int {
        guard row.isRecord else {
            // Table, id and values, none of which is shorter or longer than it is here.
            let id = row.id == row.unit ? 1 : row.id.isUUID ? 17 : 1 + Int(row.id.byteCount)
            let count = Int(row.count)
            let end = count == 0 ? row.start : forms.ends[Int(row.first) + count - 1]
            return ContentWeight.head(UInt64(row.table)) + id + ContentWeight.head(UInt64(count))
                + Int(end - row.start)
        }
        scratch.forget()
        scratch.row(index, of: forms)
        return scratch.out.bytes.count
    }
}
