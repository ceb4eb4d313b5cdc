package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// A row or register that did not go through, as it is kept in `refused`.
package struct Refusal: Equatable, Sendable {
    /// The change-set that it was sent in, by its number.
    package var changeSet: Int64
    /// The number of the table.
    package var table: Int
    /// The id of the row.
    package var id: String
    /// The register; 0: the row as a whole.
    package var register: Int
    /// Why.
    package var reason: RefusalReason
    /// What exactly, in a few words; nil where the centre said no more than the reason.
    package var detail: String?
    /// What was refused; nil where it could not even be encoded.
    package var content: RowChange?
    /// The values as a JSON array, where they could not be encoded.
    package var raw: String?
    /// When it was refused, in milliseconds since 1970 by this machine's clock; 0 until it is kept.
    package var refusedAt: Int64 = 0
}

extension ReplicaEngine {
    /// Keeps a refusal for a person, once: sent again and refused again, it stays one.
    func refuse(_ refusal: Refusal) throws {
        #if Mutations
            if Mutation.refusalNotListed.isChosen { return }
        #endif
        let content = refusal.content?.encoded()
        let known = try db.integer(
            """
            SELECT 1 FROM refused WHERE tab = ? AND row = ? AND register = ? AND reason = ?
              AND content IS ? AND raw IS ?
            """,
            SQLiteValue(refusal.table), .text(refusal.id), SQLiteValue(refusal.register),
            .text(refusal.reason.code), SQLiteValue(content), SQLiteValue(refusal.raw))
        guard known == nil else { return }
        hasRefusals = true
        countUntold()
        try db.run(
            """
            INSERT INTO refused(
              change_set, tab, row, register, reason, detail, content, raw, refused_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(refusal.changeSet), SQLiteValue(refusal.table), .text(refusal.id),
            SQLiteValue(refusal.register), .text(refusal.reason.code),
            SQLiteValue(refusal.detail), SQLiteValue(content), SQLiteValue(refusal.raw),
            .integer(try now()))
    }

    /// All refusals that nobody has dealt with, the oldest first.
    package func refusals() throws -> [Refusal] {
        try db.rows(
            """
            SELECT change_set, tab, row, register, reason, detail, content, raw, refused_at
            FROM refused
            ORDER BY seq
            """
        ) { row in
            let code = row.text(4)
            return Refusal(
                changeSet: row.integer(0), table: Int(row.integer(1)), id: row.text(2),
                register: Int(row.integer(3)),
                reason: RefusalReason.allCases.first { $0.code == code } ?? .badValue,
                detail: row.optionalText(5),
                content: row.isNull(6) ? nil : try? RowChange(decoding: row.blob(6)),
                raw: row.optionalText(7), refusedAt: row.integer(8))
        }
    }

    /// Closes refusals that the commit's change brings with the same content, and those of whole
    /// rows of which nothing is missing with it: a row that is refused takes what was written to it
    /// since along, and commits bring that one by one.
    func closeRefusals(broughtBy change: RowChange) throws {
        let open = try db.rows(
            "SELECT seq, content FROM refused WHERE tab = ? AND row = ? AND content IS NOT NULL",
            SQLiteValue(change.table), .text(change.id)
        ) { ($0.integer(0), $0.blob(1)) }
        guard !open.isEmpty else { return }
        let standing = try store.layouts[change.table].flatMap { layout in
            try store.read(layout, id: change.id).flatMap {
                store.wholeChange(layout, id: change.id, row: $0)
            }
        }
        for (seq, content) in open {
            // What another program wrote there closes nothing, and stops no commit.
            guard let refused = try? RowChange(decoding: content) else { continue }
            guard refused.says(sameAs: change) || standing.map(refused.isContained(in:)) == true
            else { continue }
            try db.run("DELETE FROM refused WHERE seq = ?", .integer(seq))
        }
    }
}

extension RowChange {
    /// Whether it is a whole row of a record, and each of its values stands in `row`, which is
    /// whole, or was written over there since.
    fileprivate func isContained(in row: RowChange) -> Bool {
        guard case .record(let birth?, let writes) = content,
            case .record(let otherBirth?, let otherWrites) = row.content,
            birth.fixed == otherBirth.fixed
        else { return false }
        return writes.allSatisfy { write in
            guard let other = otherWrites.first(where: { $0.register == write.register }) else {
                return false
            }
            return other.values == write.values
                || (other.stamp ?? otherBirth.stamp) > (write.stamp ?? birth.stamp)
        }
    }

    /// Whether both changes say the same of the row, whatever their stamps.
    func says(sameAs other: RowChange) -> Bool {
        guard table == other.table, id == other.id else { return false }
        switch (content, other.content) {
        case (.ledger(let a), .ledger(let b)):
            return a == b
        case (.record(let birth, let writes), .record(let otherBirth, let otherWrites)):
            if let birth, birth.fixed != otherBirth?.fixed { return false }
            return writes.allSatisfy { write in
                otherWrites.contains {
                    $0.register == write.register && $0.values == write.values
                }
            }
        default:
            return false
        }
    }
}
