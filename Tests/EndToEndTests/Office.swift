import Foundation
import Testing

/// One office: its replica's file and the commands that work on it.
struct Office {
    let folder: Folder
    let path: String
    /// The number that it was enrolled with.
    let number: Int
    var operatorCode = "MROSSI"

    /// Runs `rientro COMMAND REPLICA …`.
    @discardableResult
    func run(
        _ command: String, _ rest: String..., input: String = "", seconds: Double = 90
    ) throws -> Answer {
        try folder.run(
            Programs.office, [command, path] + rest, input: input, environment: surroundings,
            seconds: seconds)
    }

    /// The same, started and not waited for.
    func start(_ command: String, _ rest: String...) throws -> Child {
        try folder.start(Programs.office, [command, path] + rest, environment: surroundings)
    }

    private var surroundings: [String: String] { ["RIENTRO_OPERATOR": operatorCode] }

    /// Syncs, and requires that all went through.
    @discardableResult
    func sync(sourceLocation: SourceLocation = #_sourceLocation) throws -> Answer {
        try run("sync").expect(0, sourceLocation: sourceLocation)
    }

    /// What `status --json` says.
    func status() throws -> JSON { try run("status", "--json").expect(0, 3).json() }

    /// Requires that the centre's digests and ours are equal.
    func verify(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try run("verify").expect(0, sourceLocation: sourceLocation)
    }

    /// Rows of the replica; columns are separated by `|`.
    func rows(_ sql: String) throws -> [String] { try Shell(folder).rows(path, sql) }

    /// The ids of all accounts, in the order of their case references.
    func accounts() throws -> [String] { try rows("SELECT id FROM account ORDER BY case_ref") }

    /// Writes so many call notes through the shell, in one transaction, spread over the accounts.
    func writeNotes(_ count: Int, marked mark: String) throws {
        let sql = """
            BEGIN IMMEDIATE;
            WITH RECURSIVE
              n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < \(count - 1)),
              a(id, k, total) AS MATERIALIZED (
                SELECT id, row_number() OVER (ORDER BY id) - 1, count(*) OVER () FROM account)
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            SELECT a.id, 'phone', 'NA', '\(mark) ' || i FROM n JOIN a ON a.k = n.i % a.total;
            COMMIT;
            """
        try Shell(folder).answer(path, sql).expect(0)
    }

    /// The marks of all call notes, each once for each row, sorted.
    func notes() throws -> [String] {
        try rows("SELECT note FROM contact_attempt WHERE note IS NOT NULL ORDER BY note, id")
    }
}
