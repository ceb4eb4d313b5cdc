package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// What a replica compares itself with, and mends itself from.
extension CentreEngine {
    /// The encoded answer to a question of a replica. Must be called inside a transaction, so that
    /// cursor and digests are of one commit. Throws `Problem` with 403 or 404, `SQLiteError`.
    package func answer(to question: DigestQuestion, of replica: Int64) throws -> [UInt8] {
        switch question {
        case .tables:
            return DigestAnswer(
                cursor: try cursor(),
                tables: try store.digests(portfolios: try portfolios(of: replica))
            ).encoded()
        case .range(let table, let portfolio, let from, let to):
            let layout = try granted(table, portfolio, to: replica)
            return try range(layout, portfolio: portfolio, from: from, to: to).encoded()
        case .rows(let table, let portfolio, let ids):
            let layout = try granted(table, portfolio, to: replica)
            return UnitChanges.encode(try wholeRows(layout, portfolio: portfolio, ids: ids))
        }
    }

    /// The table, where its rows are in the digests of the portfolio and the replica holds that.
    /// Throws `Problem` with 403 or 404.
    private func granted(
        _ table: Int, _ portfolio: String, to replica: Int64
    ) throws -> TableLayout {
        guard try portfolio.isEmpty || portfolios(of: replica).contains(portfolio) else {
            throw Problem.notYours
        }
        let tables = store.tables(inDigestOf: portfolio)
        guard let layout = tables.first(where: { $0.table.number == table }) else {
            throw Problem(
                status: 404, code: "no_such_table",
                detail: "No table \(table) is in the digests of this portfolio.")
        }
        return layout
    }

    /// The rows of a range where they are few, else pieces of it.
    func range(
        _ layout: TableLayout, portfolio: String, from: String, to: String
    ) throws -> RangeAnswer {
        let cursor = try cursor()
        let digest = try store.digest(layout, portfolio: portfolio, from: from, to: to)
        guard digest.count > ServerLimits.rangeRowsMax else {
            let rows = try store.rowHashes(layout, portfolio: portfolio, from: from, to: to)
            return RangeAnswer(cursor: cursor, ranges: [], rows: rows)
        }
        let ranges = try store.ranges(
            layout, portfolio: portfolio, from: from, to: to, pieces: Limits.rangePiecesMax)
        return RangeAnswer(cursor: cursor, ranges: ranges, rows: [])
    }

    /// The rows with these ids that belong to the portfolio, whole, under their units, in the order
    /// of the ids; as many as fit into an answer.
    func wholeRows(
        _ layout: TableLayout, portfolio: String, ids: [String]
    ) throws -> [UnitChanges] {
        let condition = try PortfolioCondition(store).sql(layout.table, portfolio: "?1")
        let belongs =
            "SELECT 1 FROM \(SQL.name(layout.table.name)) WHERE (\(condition)) AND id = ?2"
            + " AND ?1 = ?1"
        var units: [UnitChanges] = []
        var bytes = 0
        for id in ids {
            guard try db.integer(belongs, .text(portfolio), .text(id)) == 1,
                let row = try store.read(layout, id: id),
                let unit = try store.unit(of: layout, id: id, columns: row.columns),
                let whole = store.wholeChange(layout, id: id, row: row)
            else { continue }
            bytes += whole.encoded().count
            guard bytes <= ServerLimits.fetchedBytesMax || units.isEmpty else { break }
            if let at = units.firstIndex(where: { $0.unit == unit }) {
                units[at].rows.append(whole)
            } else {
                units.append(UnitChanges(unit: unit, rows: [whole]))
            }
        }
        return units
    }
}
