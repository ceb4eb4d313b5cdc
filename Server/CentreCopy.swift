internal import Glibc
package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// A copy of a centre's database, made beside a running server: one file, whole or not there.
package enum CentreCopy {
    /// What is being done.
    package enum Stage: String, CaseIterable, Sendable {
        /// Pages are copied.
        case copy
        /// SQLite's own check of the copy.
        case file
        /// The digests of both are compared.
        case digests
    }

    /// What a copy has.
    package struct Report: Equatable, Sendable {
        /// The last commit in it, its epoch and chain.
        package let cursor: Cursor
        /// Its length in bytes.
        package let bytes: Int64
        /// Rows whose digest was compared; 0 where that was not asked for.
        package let rows: Int64
    }

    /// Copies a centre's database to `path`, which is replaced where it is there, and returns what
    /// the copy has. A reader never sees half of it; a kill leaves at most `path` with `.part`,
    /// which the next call writes over.
    ///
    /// Throws `CentreError.damagedCopy` where a check fails, `CentreError.system`, `SQLiteError`;
    /// then nothing stands at `path` that did not before.
    ///
    /// - Parameters:
    ///   - isVerified: opens the copy, lets SQLite check it, and compares the digests of every
    ///     table and portfolio with those of the centre, both as of the same commit.
    ///   - progress: told the stage, how much of it is done, and of how much.
    package static func make(
        of centre: Centre, at path: String, isVerified: Bool,
        progress: (Stage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) throws -> Report {
        let part = path + ".part"
        for end in ["", "-journal", "-wal", "-shm"] { unlink(part + end) }
        _ = try OpenFile(part, flags: O_RDWR | O_CREAT | O_EXCL)
        do {
            let report = try write(centre, part, isVerified: isVerified, progress)
            try settle(part, at: path)
            return report
        } catch {
            unlink(part)
            throw error
        }
    }

    private static func write(
        _ centre: Centre, _ part: String, isVerified: Bool,
        _ progress: (Stage, Int, Int) -> Void
    ) throws -> Report {
        let source = try centre.engine(.readOnly)
        return try source.db.transaction(.deferred) {
            let cursor = try source.cursor()
            try source.db.copy(to: part) { progress(.copy, $0, $1) }
            let rows = isVerified ? try compare(source, part, cursor, progress) : 0
            return Report(
                cursor: cursor, bytes: Int64(try OpenFile(part, flags: O_RDONLY).length()),
                rows: rows)
        }
    }

    private static func compare(
        _ source: CentreEngine, _ part: String, _ cursor: Cursor,
        _ progress: (Stage, Int, Int) -> Void
    ) throws -> Int64 {
        let copy = try CentreEngine(db: try Connection(path: part, mode: .readOnly))
        progress(.file, 0, 1)
        for line in try copy.db.rows("PRAGMA integrity_check", body: { $0.text(0) })
        where line != "ok" {
            throw CentreError.damagedCopy(fact: line)
        }
        progress(.file, 1, 1)
        guard try copy.cursor() == cursor else {
            throw CentreError.damagedCopy(fact: "it ends with another commit")
        }
        let portfolios = try source.db.rows(
            "SELECT DISTINCT portfolio FROM route ORDER BY portfolio"
        ) { $0.text(0) }
        var rows: Int64 = 0
        for (index, portfolio) in ([""] + portfolios).enumerated() {
            progress(.digests, index, portfolios.count + 1)
            for layout in source.store.tables(inDigestOf: portfolio) {
                let digest = try source.store.digest(layout, portfolio: portfolio)
                guard try copy.store.digest(layout, portfolio: portfolio) == digest else {
                    throw CentreError.damagedCopy(
                        fact: "the rows of \(layout.table.name) differ in \(portfolio)")
                }
                rows += digest.count
            }
        }
        progress(.digests, portfolios.count + 1, portfolios.count + 1)
        return rows
    }

    /// Puts a file that is on the disk into its place in one step, and the name on the disk too.
    /// Throws `CentreError.system`.
    package static func settle(_ part: String, at path: String) throws(CentreError) {
        guard rename(part, path) == 0 else { throw .system(call: "rename", errno: errno) }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let name = folder.isEmpty ? "." : folder.joined(separator: "/")
        try OpenFile(name.isEmpty ? "/" : name, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }
}
