package import RientroProtocol
package import RientroSQLite

extension Store {
    /// The last cursor of each epoch that the file has seen, the newest first.
    package func cursors() throws -> [Cursor] {
        try db.rows("SELECT epoch, number, chain FROM cursor ORDER BY seq DESC") {
            Cursor(
                epoch: $0.blob(0), commit: $0.integer(1), chain: Hash(bytes: $0.blob(2)) ?? .zero)
        }
    }

    /// Sets the cursor of its epoch, which becomes the newest.
    package func setCursor(_ cursor: Cursor) throws(SQLiteError) {
        try db.run(
            """
            INSERT INTO cursor(epoch, number, chain) VALUES (?, ?, ?)
            ON CONFLICT(epoch) DO UPDATE SET number = excluded.number, chain = excluded.chain
            """,
            .blob(cursor.epoch), .integer(cursor.commit), .blob(cursor.chain.bytes))
    }
}
