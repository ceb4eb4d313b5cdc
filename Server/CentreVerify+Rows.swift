internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// The rows are a function of the log: merged again into an empty file, it gives the same digests
/// for every portfolio and table.
extension CentreVerify {
    mutating func checkRows() throws {
        let copy = try Connection(path: scratch, mode: .readWrite, vfs: vfs)
        // The file is thrown away: a crash may leave what it likes in it.
        try copy.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        let merged: Store = try copy.transaction {
            try Store.create(on: copy, schema: engine.store.schema, role: .centre)
            let store = try Store(db: copy, schema: engine.store.schema)
            try merge(into: store)
            return store
        }
        try compare(merged)
    }

    private mutating func merge(into store: Store) throws {
        let total = report.commits
        try db.forEach(
            "SELECT number, portfolio, content FROM commit_part ORDER BY number, portfolio"
        ) { row in
            let number = row.integer(0)
            do {
                for unit in try UnitChanges.decode(row.blob(2)) {
                    for change in unit.rows { _ = try store.merge(change) }
                }
            } catch is MalformedMessage {
                report.add(.partUnreadable(commit: number, portfolio: row.text(1)))
            }
            if number % Self.progressCommits == 0 { progress(.merge, number, total) }
        }
        progress(.merge, total, total)
    }

    private mutating func compare(_ merged: Store) throws {
        let portfolios = try db.rows(
            "SELECT DISTINCT portfolio FROM route ORDER BY portfolio"
        ) { $0.text(0) }
        let all = [""] + portfolios
        for (index, portfolio) in all.enumerated() {
            progress(.digests, Int64(index), Int64(all.count))
            for layout in engine.store.tables(inDigestOf: portfolio) {
                let present = try engine.store.digest(layout, portfolio: portfolio)
                let fromLog = try merged.digest(layout, portfolio: portfolio)
                report.rows += present.count
                if present != fromLog {
                    report.add(.rowsDiffer(table: layout.table.name, portfolio: portfolio))
                }
            }
        }
        // A row that no portfolio holds is in no digest.
        for table in engine.store.schema.allTables {
            let count = "SELECT count(*) FROM \(SQL.name(table.name))"
            let present = try db.integer(count) ?? 0
            let fromLog = try merged.db.integer(count) ?? 0
            if present != fromLog {
                report.add(
                    .rowCountDiffers(table: table.name, present: present, fromLog: fromLog))
            }
        }
        progress(.digests, Int64(all.count), Int64(all.count))
    }
}
