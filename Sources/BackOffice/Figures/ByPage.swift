internal import RientroSQLite

/// Why figures could not be made.
package enum FigureError: Error, Equatable {
    /// A sum does not fit in 64 bits.
    case sumTooLarge
}

/// One branch's accounts of one creditor.
///
/// Every account is in exactly one, so what is counted once for each adds up to any page.
struct Cell: Hashable {
    let branch: String
    let creditor: String
}

/// Whole numbers that are added up part by part.
protocol Summable: Equatable {
    /// Nothing of anything.
    init()
    /// The numbers, in the order in which queries give them.
    static var parts: [WritableKeyPath<Self, Int64>] { get }
}

extension Summable {
    /// The numbers of a row's columns from one on.
    init(_ row: Statement, from column: Int) {
        self.init()
        for (offset, part) in Self.parts.enumerated() {
            self[keyPath: part] = row.integer(column + offset)
        }
    }

    mutating func add(_ other: Self) throws(FigureError) {
        for part in Self.parts {
            let (sum, isTooLarge) = self[keyPath: part].addingReportingOverflow(
                other[keyPath: part])
            if isTooLarge { throw .sumTooLarge }
            self[keyPath: part] = sum
        }
    }
}

extension Int64: Summable {
    static var parts: [WritableKeyPath<Int64, Int64>] { [\.self] }
}

/// Sums for each page: what is read once by cells is added to the pages that a cell is on.
struct ByPage<Key: Hashable, Value: Summable> {
    private struct Page: Hashable {
        let kind: PageScope.Kind
        let key: String
    }

    private var sums: [Page: [Key: Value]] = [:]

    /// Nothing yet.
    init() {}

    /// The sums of a query. Its columns: the branch, the creditor, what `key` reads, and from
    /// column `values` on the parts of a value.
    init(
        _ db: Connection, _ sql: String, values: Int, key: (Statement) throws -> Key
    ) throws {
        try db.forEach(sql) { row in
            try add(Value(row, from: values), for: try key(row), in: Cell(row))
        }
    }

    mutating func add(_ value: Value, for key: Key, in cell: Cell) throws(FigureError) {
        let pages = [
            Page(kind: .firm, key: ""), Page(kind: .branch, key: cell.branch),
            Page(kind: .creditor, key: cell.creditor),
        ]
        for page in pages { try sums[page, default: [:]][key, default: Value()].add(value) }
    }

    /// What is on a page.
    subscript(_ scope: PageScope) -> [Key: Value] {
        sums[Page(kind: scope.kind, key: scope.key)] ?? [:]
    }
}

extension Cell {
    /// The cell of a row whose first two columns are the branch and the creditor.
    init(_ row: Statement) {
        self.init(branch: row.text(0), creditor: row.text(1))
    }
}
