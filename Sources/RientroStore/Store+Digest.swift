package import RientroProtocol
internal import RientroSQLite

extension Store {
    /// The tables whose rows are in the digests of a portfolio (empty: of what goes to everyone).
    package func tables(inDigestOf portfolio: String) -> [TableLayout] {
        schema.allTables.compactMap { table in
            (table.routing == .everyone) == portfolio.isEmpty ? layouts[table.number] : nil
        }
    }

    /// The digests of all tables of the portfolios, and of what goes to everyone; of tables with
    /// rows only.
    package func digests(portfolios: [String]) throws -> [TableDigest] {
        var found: [TableDigest] = []
        for portfolio in [""] + portfolios.sorted() {
            for layout in tables(inDigestOf: portfolio) {
                let digest = try digest(layout, portfolio: portfolio)
                guard digest.count > 0 else { continue }
                found.append(
                    TableDigest(portfolio: portfolio, table: layout.table.number, digest: digest))
            }
        }
        return found
    }

    /// The digest of a table's rows of a portfolio with `from` ≤ id < `to` (empty: no bound).
    package func digest(
        _ layout: TableLayout, portfolio: String, from: String = "", to: String = ""
    ) throws -> RowDigest {
        var sum = RowDigest.empty
        try forEachRow(layout, portfolio: portfolio, from: from, to: to) { _, digest in
            sum.add(digest)
        }
        return sum
    }

    /// A range of a table cut into at most `pieces` of about equal size.
    package func ranges(
        _ layout: TableLayout, portfolio: String, from: String, to: String, pieces: Int
    ) throws -> [RangeDigest] {
        let total = try digest(layout, portfolio: portfolio, from: from, to: to).count
        let size = max(1, (total + Int64(pieces) - 1) / Int64(pieces))
        var found: [RangeDigest] = []
        var open = RangeDigest(from: from, to: to, digest: .empty)
        try forEachRow(layout, portfolio: portfolio, from: from, to: to) { id, digest in
            if open.digest.count == size {
                open.to = id
                found.append(open)
                open = RangeDigest(from: id, to: to, digest: .empty)
            }
            open.digest.add(digest)
        }
        return found + [open]
    }

    /// The rows of a range with their hashes, in the order of their ids.
    package func rowHashes(
        _ layout: TableLayout, portfolio: String, from: String, to: String
    ) throws -> [RowHash] {
        var found: [RowHash] = []
        try forEachRow(layout, portfolio: portfolio, from: from, to: to) { id, digest in
            found.append(RowHash(id: id, digest: digest))
        }
        return found
    }

    private func forEachRow(
        _ layout: TableLayout, portfolio: String, from: String, to: String,
        _ body: (String, RowDigest) -> Void
    ) throws {
        let condition = try PortfolioCondition(self).sql(layout.table, portfolio: "?1")
        let bounded = "(\(condition)) AND id >= ?2 AND (?3 = '' OR id < ?3) AND ?1 = ?1"
        try db.forEach(
            layout.listSQL(where: bounded), [.text(portfolio), .text(from), .text(to)]
        ) { statement in
            let id = statement.text(0)
            let row = self.row(layout, in: statement, from: 1)
            body(id, layout.digest(id: id, row: row))
        }
    }
}

extension TableLayout {
    /// The digest of one row: over its id, its columns, and the effective stamps.
    package func digest(id: String, row: StoredRow) -> RowDigest {
        // What cannot travel makes the row differ from every other, which is the truth.
        let values = row.columns.map { Value($0) ?? .blob(Array("\($0)".utf8)) }
        let stamps: [Int64] =
            table.kind == .ledger
            ? [] : [row.born ?? 0] + row.stamps.indices.map { row.effectiveStamp($0) }
        #if Mutations
            if Mutation.digestOfIDs.isChosen {
                return RowDigest.of(table: table.number, id: id, values: [], stamps: [])
            }
        #endif
        return RowDigest.of(table: table.number, id: id, values: values, stamps: stamps)
    }
}

/// Which rows of a table belong to a portfolio, as an SQL condition over the table's columns.
package struct PortfolioCondition {
    private let store: Store

    /// Conditions over the tables of `store`.
    package init(_ store: Store) { self.store = store }

    /// The condition; `portfolio` is an SQL expression that does not name a column.
    package func sql(_ table: Schema.Table, portfolio: String) throws -> String {
        switch table.routing {
        case .everyone:
            return "\(portfolio) = ''"
        case .portfolio(let column):
            let isHere = "\(SQL.name(column)) = \(portfolio)"
            guard store.role == .replica else { return isHere }
            // A revoked unit may have to wait here, but is the portfolio's no longer.
            return isHere
                + " AND id NOT IN (SELECT unit_id FROM revoked WHERE unit_table = \(table.number))"
        case .children(let child, let column):
            let below = try sql(try layout(child).table, portfolio: portfolio)
            return "id IN (SELECT \(SQL.name(column)) FROM \(SQL.name(child)) WHERE \(below))"
        case .parent(let parent, let column):
            let above = try sql(try layout(parent).table, portfolio: portfolio)
            return "\(SQL.name(column)) IN (SELECT id FROM \(SQL.name(parent)) WHERE \(above))"
        case .unit(let number, let id):
            var roots: [String] = []
            for root in store.schema.tables where root.isRoot {
                let rows = try sql(root, portfolio: portfolio)
                roots.append(
                    "\(SQL.name(number)) = \(root.number) AND \(SQL.name(id)) IN"
                        + " (SELECT id FROM \(SQL.name(root.name)) WHERE \(rows))")
            }
            return roots.isEmpty ? "0" : "(" + roots.joined(separator: ") OR (") + ")"
        }
    }

    private func layout(_ name: String) throws -> TableLayout {
        guard let layout = store.layout(named: name) else {
            throw StoreError.notAStore(missing: name)
        }
        return layout
    }
}

extension Schema.Table {
    /// Whether its rows are roots of units.
    package var isRoot: Bool {
        switch routing {
        case .portfolio, .children: true
        case .everyone, .parent, .unit: false
        }
    }
}
