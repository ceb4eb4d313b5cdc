internal import RientroSQLite

/// What is asked of a line of succession as a whole: its bounds hold for all its numbers together.
extension CentreEngine {
    /// The first number of the line that a number belongs to; its own where it is the first.
    func root(ofLine replica: Int64) throws -> Int64 {
        try db.integer(
            """
            WITH RECURSIVE line(number) AS (
              SELECT ?1 UNION
              SELECT r.succeeds FROM line JOIN replica AS r ON r.number = line.number
              WHERE r.succeeds IS NOT NULL)
            SELECT min(number) FROM line
            """, .integer(replica)) ?? replica
    }

    /// How many refusals of a line wait in quarantine, counted up to `most`.
    ///
    /// - Parameter line: its first number.
    func refusalsWaiting(ofLine line: Int64, most: Int) throws -> Int {
        let count = try db.integer(
            """
            WITH RECURSIVE line(number) AS (
              SELECT ?1 UNION
              SELECT r.number FROM line JOIN replica AS r ON r.succeeds = line.number)
            SELECT count(*) FROM (
              SELECT 1 FROM line JOIN quarantine AS q ON q.replica = line.number
              WHERE q.closed_at IS NULL LIMIT ?2)
            """, .integer(line), SQLiteValue(most))
        return Int(count ?? 0)
    }
}
