import Foundation
import RientroSQLite

/// What the design says about registers and facts, as plainly as it can be written: sets and
/// maxima. It shares no code with the engine; it reads what was written by SQL.
struct NaiveModel {
    /// One value of one register, as it stood right after somebody wrote it.
    struct Write: Hashable {
        let row: String
        let register: String
        let stamp: Int64
        let values: [String?]
    }

    var facts: [String: String] = [:]
    var births: [String: Int64] = [:]
    var writes: Set<Write> = []

    mutating func formUnion(_ other: NaiveModel) {
        facts.merge(other.facts) { a, _ in a }
        births.merge(other.births) { min($0, $1) }
        writes.formUnion(other.writes)
    }

    /// The registers as they must stand: the greatest stamp; of equal stamps the greater value, by
    /// length of its bytes first and then by the bytes, which is how short texts sort in CBOR.
    func registers() -> [String: [String?]] {
        var best: [String: Write] = [:]
        for write in writes {
            let key = write.row + "/" + write.register
            if let present = best[key] {
                if (write.stamp, Self.weight(write.values))
                    > (present.stamp, Self.weight(present.values))
                {
                    best[key] = write
                }
            } else {
                best[key] = write
            }
        }
        return best.mapValues(\.values)
    }

    private static func weight(_ values: [String?]) -> String {
        values.map { value in
            guard let value else { return "ff" }  // null is CBOR's 0xf6, above every short text
            return String(format: "%02x", value.utf8.count)
                + value.utf8.map { String(format: "%02x", $0) }.joined()
        }.joined()
    }

    /// What a file holds now, read by SQL: for comparing, and for noting what was just written.
    init(reading db: Connection) throws {
        for (id, text) in try db.rows(
            "SELECT id, matter_id || '|' || amount || '|' || coalesce(text, '') FROM paid",
            body: { ($0.text(0), $0.text(1)) })
        {
            facts[id] = text
        }
        let registers: [(String, String, [String])] = [
            ("person", "name", ["name"]), ("person", "address", ["street", "city"]),
            ("matter", "stage", ["stage"]), ("matter", "portfolio_id", ["portfolio_id"]),
            ("phone", "value", ["value"]), ("phone", "hint", ["hint"]),
        ]
        for (table, register, columns) in registers {
            let list = columns.joined(separator: ", ")
            try db.forEach(
                """
                SELECT id, coalesce(\(register)_stamp, born_stamp), born_stamp, \(list)
                FROM \(table)
                """
            ) { row in
                let key = "\(table):\(row.text(0))"
                self.births[key] = row.integer(2)
                self.writes.insert(
                    Write(
                        row: key, register: register, stamp: row.integer(1),
                        values: columns.indices.map { row.optionalText(3 + $0) }))
            }
        }
    }

    init() {}
}
