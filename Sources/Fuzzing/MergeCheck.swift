import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// A content that an office has sealed, ingested by a centre: whatever is in it, the change-set is
/// applied or refused row by row, and nothing of it goes where it does not belong.
struct MergeCheck: FuzzCheck {
    private let centre: MergeCentre
    private let untouched: [TableDigest]

    init() throws {
        centre = try MergeCentre()
        untouched = try centre.engine.store.digests(portfolios: [MergeCentre.other, ""])
    }

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let db = centre.engine.db
        do {
            // Undone every time, so that each input meets the same centre.
            try db.transaction {
                let before = db.totalChanges
                do {
                    try ingest(input)
                } catch is MalformedMessage {
                    try claim(db.totalChanges == before, "what is malformed changes nothing")
                }
                throw Done()
            }
        } catch is Done {
        } catch let error as BrokenClaim {
            throw error
        } catch {
            throw BrokenClaim("no change-set makes an error but a malformed one: \(error)")
        }
    }

    /// Ends a transaction whose work is to be undone.
    private struct Done: Error {}

    private func ingest(_ input: [UInt8]) throws {
        let engine = centre.engine
        let set = ChangeSet(
            replica: centre.office, number: 1, previous: .zero, cursor: try engine.cursor(),
            names: [], part: Part(salt: [UInt8](repeating: 7, count: 16), content: input))
        let start = try engine.cursor()
        let outcome = try engine.ingest(set, from: centre.office, now: MergeCentre.now + 1)
        let units = try UnitChanges.decode(input)
        try claim(outcome.number == 1 && outcome.status == .applied, "it is applied")
        try claim(engine.head(of: centre.office) == set.head, "the office's head is this one")
        let again = try engine.ingest(set, from: centre.office, now: MergeCentre.now + 9)
        try claim(
            again.status == .alreadyApplied && again.items == outcome.items,
            "sent again, it is known, with the same outcome")
        try check(outcome.items, of: units)
        try checkAnswers(from: start)
        try claim(
            engine.store.digests(portfolios: [MergeCentre.other, ""]) == untouched,
            "what the office does not hold stays as it is")
    }

    private func check(_ items: [OutcomeItem], of units: [UnitChanges]) throws {
        let rows = Set(units.flatMap(\.rows).map { Row(table: $0.table, id: $0.id) })
        let isTheirs = items.allSatisfy { rows.contains(Row(table: $0.table, id: $0.id)) }
        try claim(isTheirs, "an outcome speaks of rows that were sent")
        // What came with its parent in one change-set waits for nobody.
        let waiting =
            try centre.engine.db.integer("SELECT count(*) FROM quarantine WHERE closed_at IS NULL")
            ?? 0
        let refused = items.count { $0.reason != nil }
        try claim(waiting == refused, "each refused row waits for a person")
    }

    private struct Row: Hashable {
        var table: Int
        var id: String
    }

    /// What the offices get of it can be read, is chained, and is theirs.
    private func checkAnswers(from start: Cursor) throws {
        let engine = centre.engine
        for replica in [centre.office, centre.stranger] {
            let request = SyncRequest(
                schemaVersion: 1, replica: replica, head: .none, outcomesMerged: 0,
                cursors: [start], portfolios: [], changeSets: [])
            let written = try engine.answer(
                to: request, ingested: [], now: MergeCentre.now + 2
            ).encoded()
            guard case .success(let answer) = Decoding.of(written, SyncAnswer.init(decoding:))
            else { throw BrokenClaim("an answer can be read") }
            var last = start
            for commit in answer.commits {
                // Commits that have nothing for the reader are left out, and the chain has a gap.
                if commit.number == last.commit + 1 {
                    try claim(commit.isChained(after: last.chain), "commits are chained")
                }
                last.commit = commit.number
                last.chain = commit.chain
                for part in commit.parts { try check(part, for: replica) }
            }
            try claim(answer.cursor == engine.cursor(), "the cursor is at the last commit")
        }
    }

    private func check(_ part: CommitPart, for replica: Int64) throws {
        try claim(
            replica == centre.office && part.portfolio == MergeCentre.held,
            "only who holds the portfolio gets a part of it")
        for unit in try UnitChanges.decode(part.part.content) {
            try claim(unit.kind != .revocation, "no office takes a unit away from another")
            let route = try centre.engine.db.integer(
                """
                SELECT count(*) FROM route
                WHERE unit_table = ? AND unit_id = ? AND portfolio = ? AND to_commit IS NULL
                """,
                SQLiteValue(unit.unit.table), .text(unit.unit.id), .text(part.portfolio))
            try claim(route == 1, "a part speaks of units that go to its portfolio")
        }
    }
}
