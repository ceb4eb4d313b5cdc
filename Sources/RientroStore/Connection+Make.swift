package import RientroSQLite

extension Connection {
    /// Makes an object of the store, in the caller's transaction, by exactly one statement that can
    /// make nothing else. A schema may come from anybody: from `init --schema`, or in a file.
    ///
    /// Throws `StoreError.badSchema` for a view that is not one SELECT, which is the only free SQL
    /// in a schema; `SQLiteError` for all else.
    package func make(_ object: SchemaObject) throws {
        guard let kind = DefinedKind(rawValue: object.type) else {
            throw StoreError.badSchema("\(object.name): there is no \(object.type)")
        }
        do throws(SQLiteError) {
            try define(kind, name: object.name, sql: object.sql)
        } catch {
            guard kind == .view, !error.isOfTheFile else { throw error }
            throw StoreError.badSchema(
                "the view \(object.name) is not one SELECT: \(error.message)")
        }
    }
}

extension SQLiteError {
    /// Whether the file, its disk or another program is to blame, and not the statement.
    fileprivate var isOfTheFile: Bool {
        isBusy || isFull || isDamaged || isReadOnly || isCannotOpen
    }
}
