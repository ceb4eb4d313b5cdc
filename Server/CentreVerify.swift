internal import Glibc
internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Checks a whole centre, beside a running server: its file, its log, its routes, and that the log
/// alone gives the same rows.
package struct CentreVerify {
    /// What is being checked.
    package enum Stage: String, CaseIterable, Sendable {
        /// SQLite's own check of the file.
        case file
        /// Every hash of the log.
        case log
        /// Change-sets against the log.
        case changeSets
        /// Routes against the rows.
        case routes
        /// Merging the log into an empty file.
        case merge
        /// The digests of both.
        case digests
    }

    /// What was checked, and what was found.
    package struct Report: Equatable, Sendable {
        /// The last commit that was checked.
        package var commits: Int64 = 0
        /// Parts whose hash was computed again.
        package var parts: Int64 = 0
        /// Rows whose digest was compared.
        package var rows: Int64 = 0
        /// The findings, the first `findingsMax` of them; none: all is as it must be.
        package var findings: [CentreFinding] = []
        /// How many more there were.
        package var findingsLeftOut = 0

        mutating func add(_ finding: CentreFinding) {
            if findings.count < CentreVerify.findingsMax {
                findings.append(finding)
            } else {
                findingsLeftOut += 1
            }
        }
    }

    /// Findings that are listed: more than a person reads.
    package static let findingsMax = 1_000
    /// Progress is told once for so many commits.
    static let progressCommits: Int64 = 1_000

    let engine: CentreEngine
    /// An empty file into which the log is merged, and its VFS.
    let scratch: String
    let vfs: String?
    let progress: (Stage, _ done: Int64, _ total: Int64) -> Void
    var report = Report()
    var db: Connection { engine.db }

    /// Checks everything in one read transaction, and returns what was found.
    ///
    /// Throws `CentreError`, `SQLiteError` where the check itself cannot be done.
    ///
    /// - Parameter progress: told the stage, how much of it is done, and of how much.
    package static func run(
        _ centre: Centre,
        progress: @escaping (Stage, _ done: Int64, _ total: Int64) -> Void = { _, _, _ in }
    ) throws -> Report {
        let scratch = "\(centre.folder)/verify-\(getpid()).sqlite"
        unlink(scratch)
        defer { unlink(scratch) }
        _ = try OpenFile(scratch, flags: O_RDWR | O_CREAT | O_EXCL)
        return try run(try centre.engine(.readOnly), scratch: scratch, progress: progress)
    }

    /// The same by an engine, which may be on another VFS.
    ///
    /// - Parameters:
    ///   - engine: on a connection of its own.
    ///   - scratch: an empty file, which is left behind.
    package static func run(
        _ engine: CentreEngine, scratch: String, vfs: String? = nil,
        progress: @escaping (Stage, _ done: Int64, _ total: Int64) -> Void = { _, _, _ in }
    ) throws -> Report {
        var check = CentreVerify(
            engine: engine, scratch: scratch, vfs: vfs, progress: progress)
        try check.db.execute("BEGIN")
        defer { try? check.db.execute("COMMIT") }
        try check.checkFile()
        // A damaged file says nothing reliable about the rest.
        guard check.report.findings.isEmpty else { return check.report }
        try check.checkLog()
        try check.checkChangeSets()
        try check.checkRoutes()
        try check.checkRows()
        return check.report
    }

    private init(
        engine: CentreEngine, scratch: String, vfs: String?,
        progress: @escaping (Stage, _ done: Int64, _ total: Int64) -> Void
    ) {
        self.engine = engine
        self.scratch = scratch
        self.vfs = vfs
        self.progress = progress
    }

    private mutating func checkFile() throws {
        progress(.file, 0, 1)
        for line in try db.rows("PRAGMA integrity_check", body: { $0.text(0) }) where line != "ok" {
            report.add(.damaged(line))
        }
        progress(.file, 1, 1)
    }
}
