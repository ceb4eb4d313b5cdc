/// One row of a query, with the names of its columns. A value of its own: it stays good after the
/// `read { }` that made it.
public struct Row: Equatable, Sendable {
    /// The names of the columns, in the order of the query.
    public let columns: [String]
    /// Their values, in the same order.
    public let values: [SQLValue]

    /// A row of these columns; `values` has as many.
    public init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of the first column with this name; NULL where the query has no such column.
    public subscript(_ name: String) -> SQLValue {
        guard let index = columns.firstIndex(of: name), index < values.count else { return .null }
        return values[index]
    }

    /// The value of the column at this position, counted from 0; NULL beyond the last.
    public subscript(_ index: Int) -> SQLValue {
        values.indices.contains(index) ? values[index] : .null
    }
}
