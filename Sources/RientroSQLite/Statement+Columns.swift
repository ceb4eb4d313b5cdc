internal import CRientroSQLite

/// A column as SQLite holds it. What `bytes` covers is valid only while the closure runs that was
/// given it.
package struct StoredColumn {
    /// How a value is stored (<https://www.sqlite.org/datatype3.html>).
    package enum Storage {
        case null
        case integer
        case real
        case text
        case blob
    }

    /// How it is stored.
    package let storage: Storage
    /// The value of an integer, else 0.
    package let integer: Int64
    /// The bytes of a text, which may not be UTF-8, or of a blob; else none.
    package let bytes: UnsafeBufferPointer<UInt8>

    fileprivate init(_ handle: OpaquePointer, _ index: Int32) {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_NULL:
            self.init(storage: .null)
        case SQLITE_INTEGER:
            self.init(storage: .integer, integer: sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT:
            self.init(storage: .real)
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, index)?.assumingMemoryBound(to: UInt8.self)
            let count = start == nil ? 0 : Int(sqlite3_column_bytes(handle, index))
            self.init(
                storage: .blob, bytes: UnsafeBufferPointer(start: start, count: count))
        default:
            // sqlite3_column_bytes must be asked after sqlite3_column_text.
            let start = sqlite3_column_text(handle, index)
            let count = start == nil ? 0 : Int(sqlite3_column_bytes(handle, index))
            self.init(
                storage: .text, bytes: UnsafeBufferPointer(start: start, count: count))
        }
    }

    private init(
        storage: Storage, integer: Int64 = 0,
        bytes: UnsafeBufferPointer<UInt8> = UnsafeBufferPointer(start: nil, count: 0)
    ) {
        self.storage = storage
        self.integer = integer
        self.bytes = bytes
    }
}

extension Statement {
    /// Gives `body` one column, without copying its bytes.
    package func withColumn(_ index: Int, _ body: (StoredColumn) -> Void) {
        body(StoredColumn(handle, Int32(index)))
    }

    /// Gives `body` the columns of a range, one after the other, without copying their bytes; stops
    /// and returns false where `body` returns false.
    package func allColumns(
        _ range: Range<Int>, _ body: (StoredColumn) -> Bool
    ) -> Bool {
        for index in range {
            guard body(StoredColumn(handle, Int32(index))) else { return false }
        }
        return true
    }
}
