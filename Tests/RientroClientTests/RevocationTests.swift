import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

/// What a replica does with a unit that its portfolio has no longer, by commits made by hand.
@Suite("A revocation", .timeLimit(.minutes(2)))
struct RevocationTests {
    private static let account = Unit(table: 22, id: Known.account)
    private static let debtor = Unit(table: 20, id: Known.debtor)
    private static let both = [
        UnitChanges(unit: debtor, kind: .revocation, rows: []),
        UnitChanges(unit: account, kind: .revocation, rows: []),
    ]
    /// The rows of both units by table, with one call.
    private static let whole = [
        "account": 1, "contact_attempt": 1, "contact_point": 1, "debtor": 1,
    ]
    private static let none = whole.mapValues { _ in 0 }

    /// An office with one call that is written, and not yet sealed.
    private struct Office {
        let desk: Desk
        let engine: ReplicaEngine
        var cursor = Known.start

        init() async throws {
            desk = try await Desk()
            try await desk.call("promised")
            engine = try ReplicaEngine(path: desk.path)
        }

        /// Merges a commit with these parts; the centre has everything sealed, or nothing.
        mutating func merge(
            _ parts: [String: [UnitChanges]] = [:], isAcknowledged: Bool
        ) throws {
            let from = cursor
            var commits: [Commit] = []
            if !parts.isEmpty {
                let made = parts.sorted { $0.key < $1.key }.map { portfolio, units in
                    CommitPart(
                        portfolio: portfolio,
                        part: Part(
                            salt: [UInt8](repeating: 1, count: 16),
                            content: UnitChanges.encode(units)))
                }
                let hashes = made.map(\.part.hash)
                cursor.commit += 1
                cursor.chain = Commit.chainHash(
                    previous: from.chain, number: cursor.commit, time: 1, replica: 0,
                    changeSet: cursor.commit, hashes: hashes)
                commits = [
                    Commit(
                        number: cursor.commit, time: 1, replica: 0, changeSet: cursor.commit,
                        hashes: hashes, chain: cursor.chain, parts: made)
                ]
            }
            let head = isAcknowledged ? try engine.head() : .none
            let outcomes =
                head.number == 0
                ? [] : (1...head.number).map { Outcome(number: $0, status: .applied, items: []) }
            let answer = SyncAnswer(
                replica: try engine.replica(), centreHead: head, outcomes: outcomes, from: from,
                commits: commits, cursor: cursor, hasMore: false, portfolios: ["P1", "P0"],
                centreTime: 1, covered: 0)
            _ = try engine.merge(answer, clockOffset: nil)
        }

        func counts() throws -> [String: Int] {
            var counts: [String: Int] = [:]
            for table in RevocationTests.whole.keys {
                counts[table] = Int(try engine.db.integer("SELECT count(*) FROM \(table)") ?? -1)
            }
            return counts
        }

        /// How many rows are in the digests of a portfolio.
        func proven(_ portfolio: String = "P1") throws -> Int64 {
            try engine.store.digests(portfolios: [portfolio])
                .filter { $0.portfolio == portfolio }.reduce(0) { $0 + $1.digest.count }
        }

        func waiting() throws -> Int64? { try engine.db.integer("SELECT count(*) FROM revoked") }
    }

    @Test("removes the unit's rows at once where everything sealed is acknowledged")
    func atOnce() async throws {
        var office = try await Office()
        _ = try office.engine.request()
        try office.merge(["P1": Self.both], isAcknowledged: true)
        #expect(try office.counts() == Self.none)
        #expect(try office.waiting() == 0)
        #expect(try office.engine.db.integer("SELECT count(*) FROM creditor") == 1)
        #expect(try office.engine.db.integer("SELECT count(*) FROM pending") == 0)
    }

    @Test("keeps the rows out of the digests until what was written is acknowledged")
    func waits() async throws {
        var office = try await Office()
        #expect(try office.proven() == 4)
        try office.merge(["P1": Self.both], isAcknowledged: false)
        #expect(try office.counts() == Self.whole)
        #expect(try office.waiting() == 2)
        #expect(try office.proven() == 0)
        try office.merge(isAcknowledged: false)
        #expect(try office.counts() == Self.whole)
        try office.merge(isAcknowledged: true)
        #expect(try office.counts() == Self.none)
        #expect(try office.waiting() == 0)
    }

    @Test("removes nothing where a grant gives the unit back before")
    func givenBack() async throws {
        var office = try await Office()
        try office.merge(["P1": Self.both], isAcknowledged: false)
        let granted = try [Self.account, Self.debtor].map {
            UnitChanges(unit: $0, kind: .grant, rows: try office.engine.store.rows(of: $0))
        }
        try office.merge(["P1": granted], isAcknowledged: true)
        #expect(try office.counts() == Self.whole)
        #expect(try office.waiting() == 0)
        #expect(try office.proven() == 4)
    }

    @Test("removes nothing that the same commit grants to another portfolio held")
    func moved() async throws {
        var office = try await Office()
        _ = try office.engine.request()
        let moves = RowChange(
            table: 22, id: Known.account,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(
                        register: 1, stamp: Stamp(milliseconds: 1_800_000_000_000, replica: 0),
                        base: nil, values: [.text("P0")])
                ]))
        let granted = [
            UnitChanges(unit: Self.account, kind: .grant, rows: [moves]),
            UnitChanges(unit: Self.debtor, kind: .grant, rows: []),
        ]
        // P0 comes before P1, so the grant is read before the revocation.
        try office.merge(["P0": granted, "P1": Self.both], isAcknowledged: true)
        #expect(try office.counts() == Self.whole)
        #expect(try office.proven("P0") == 4)
        #expect(try office.proven("P1") == 0)
    }

    @Test("leaves a debtor here whose other account stays")
    func sharedDebtor() async throws {
        var office = try await Office()
        let other = try Snapshot.row(
            office.desk.schema, "account", "00000000-0000-7000-8000-0000000000a2",
            [
                "debtor_id": .text(Known.debtor), "portfolio_id": .text("P0"),
                "creditor_id": .text("ACME"), "case_ref": .text("2/2024"),
                "placed_on": .text("2024-01-01"),
            ])
        let unit = Unit(table: 22, id: other.id)
        try office.merge(
            ["P0": [UnitChanges(unit: unit, kind: .grant, rows: [other])], "P1": Self.both],
            isAcknowledged: true)
        // Before, the call had not been sealed, so that nothing was acknowledged with it.
        #expect(try office.proven("P0") == 3)
        try office.merge(isAcknowledged: true)
        var left = Self.whole
        left["contact_attempt"] = 0
        #expect(try office.counts() == left)
        #expect(try office.proven("P0") == 3)
        #expect(try office.waiting() == 0)
    }
}
