internal import CRientroSQLite

/// A prepared statement of one connection, and the row it stands on.
///
/// Parameters count from 1 and columns from 0, as in SQLite's C interface.
package final class Statement {
    /// The text that was prepared.
    package let sql: String
    let handle: OpaquePointer
    private let connection: OpaquePointer

    init(sql: String, handle connection: OpaquePointer) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw SQLiteError(
                code: code == SQLITE_OK ? SQLITE_MISUSE : code,
                message: code == SQLITE_OK
                    ? "there is no statement in the text"
                    : String(cString: sqlite3_errmsg(connection)),
                sql: sql)
        }
        self.sql = sql
        self.handle = prepared
        self.connection = connection
    }

    /// The statement of a text that must hold no other: behind it blanks and comments may stand.
    /// Each `prepare` takes one statement, so that nothing of a second was run when it is found.
    init(only sql: String, handle connection: OpaquePointer) throws(SQLiteError) {
        var statements: [OpaquePointer] = []
        var code = SQLITE_OK
        sql.withCString { start in
            var next: UnsafePointer<CChar>? = start
            while let text = next, text.pointee != 0, code == SQLITE_OK, statements.count < 2 {
                var prepared: OpaquePointer?
                code = sqlite3_prepare_v3(connection, text, -1, 0, &prepared, &next)
                if let prepared { statements.append(prepared) }
            }
        }
        guard code == SQLITE_OK, statements.count == 1, !sql.utf8.contains(0) else {
            let message =
                code == SQLITE_OK
                ? "the text is not one statement" : String(cString: sqlite3_errmsg(connection))
            for statement in statements { sqlite3_finalize(statement) }
            throw SQLiteError(
                code: code == SQLITE_OK ? SQLITE_MISUSE : code, message: message, sql: sql)
        }
        self.sql = sql
        handle = statements[0]
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Makes the statement ready for new values; the old ones are forgotten.
    package func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Goes to the next row; false when there is none.
    package func step() throws(SQLiteError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        let error = failure(code)
        sqlite3_reset(handle)
        throw error
    }

    /// Runs a statement that returns no rows, with the values that are bound.
    package func run() throws(SQLiteError) {
        while try step() {}
        sqlite3_reset(handle)
    }

    /// Gives all parameters their values, in order.
    package func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
        precondition(
            values.count == Int(sqlite3_bind_parameter_count(handle)),
            "a statement gets as many values as it has parameters: \(sql)")
        for (index, value) in values.enumerated() { try bind(index + 1, value) }
    }

    /// Gives the parameter `index` a value.
    package func bind(_ index: Int, _ value: SQLiteValue) throws(SQLiteError) {
        switch value {
        case .null: try check(sqlite3_bind_null(handle, Int32(index)))
        case .integer(let number): try bind(index, number)
        case .real(let number): try check(sqlite3_bind_double(handle, Int32(index), number))
        case .text(let text): try bind(index, text)
        case .blob(let bytes): try bind(index, bytes)
        // Written back as it was read, as a text: a STRICT table takes no blob in its place.
        case .malformedText(let bytes): try bind(index, textBytes: bytes)
        }
    }

    /// Gives the parameter `index` an integer.
    package func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
        try check(sqlite3_bind_int64(handle, Int32(index), value))
    }

    /// Gives the parameter `index` a text.
    package func bind(_ index: Int, _ text: String) throws(SQLiteError) {
        var text = text
        try check(text.withUTF8 { bindText(index, $0) })
    }

    private func bind(_ index: Int, textBytes: [UInt8]) throws(SQLiteError) {
        try check(textBytes.withUnsafeBufferPointer { bindText(index, $0) })
    }

    private func bindText(_ index: Int, _ utf8: UnsafeBufferPointer<UInt8>) -> Int32 {
        utf8.withMemoryRebound(to: CChar.self) { bytes in
            // An empty buffer may have no address, which SQLite would read as NULL.
            guard let base = bytes.baseAddress else {
                return rientro_bind_text(handle, Int32(index), "", 0)
            }
            return rientro_bind_text(handle, Int32(index), base, UInt64(bytes.count))
        }
    }

    /// Gives the parameter `index` a blob.
    package func bind(_ index: Int, _ blob: [UInt8]) throws(SQLiteError) {
        let code = blob.withUnsafeBytes { bytes in
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, Int32(index), 0)
                : rientro_bind_blob(handle, Int32(index), bytes.baseAddress, UInt64(bytes.count))
        }
        try check(code)
    }

    /// Gives the parameter `index` NULL.
    package func bindNull(_ index: Int) throws(SQLiteError) {
        try check(sqlite3_bind_null(handle, Int32(index)))
    }

    /// How many columns a row has.
    package var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// The name of the column `index`.
    package func columnName(_ index: Int) -> String {
        sqlite3_column_name(handle, Int32(index)).map { String(cString: $0) } ?? ""
    }

    /// Whether the column `index` is NULL.
    package func isNull(_ index: Int) -> Bool {
        sqlite3_column_type(handle, Int32(index)) == SQLITE_NULL
    }

    /// The column `index` as an integer; 0 for NULL.
    package func integer(_ index: Int) -> Int64 { sqlite3_column_int64(handle, Int32(index)) }

    /// The column `index` as an integer; nil for NULL.
    package func optionalInteger(_ index: Int) -> Int64? { isNull(index) ? nil : integer(index) }

    /// The column `index` as text; empty for NULL. Bytes that are not UTF-8 become U+FFFD: only for
    /// columns that this code writes itself, and for showing.
    package func text(_ index: Int) -> String {
        String(decoding: textBytes(index), as: UTF8.self)
    }

    /// The column `index` as text; nil for NULL.
    package func optionalText(_ index: Int) -> String? { isNull(index) ? nil : text(index) }

    /// The column `index` as a blob; empty for NULL.
    package func blob(_ index: Int) -> [UInt8] {
        guard let start = sqlite3_column_blob(handle, Int32(index)) else { return [] }
        let count = Int(sqlite3_column_bytes(handle, Int32(index)))
        return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// The column `index` as it is stored.
    package func value(_ index: Int) -> SQLiteValue {
        switch sqlite3_column_type(handle, Int32(index)) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(integer(index))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, Int32(index)))
        case SQLITE_BLOB: return .blob(blob(index))
        default:
            let bytes = textBytes(index)
            if let text = String(validating: bytes, as: UTF8.self) { return .text(text) }
            return .malformedText([UInt8](bytes))
        }
    }

    private func textBytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        // sqlite3_column_bytes must be asked after sqlite3_column_text.
        let start = sqlite3_column_text(handle, Int32(index))
        return UnsafeBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, Int32(index))))
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> SQLiteError {
        SQLiteError(code: code, message: String(cString: sqlite3_errmsg(connection)), sql: sql)
    }
}
