import Portfolio
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroClient

@Suite("Sealing from the file", .timeLimit(.minutes(3)))
struct SealFormTests {
    /// A change-set as both ways must make it.
    private struct Sealed: Equatable {
        var content: [UInt8]
        var rows: Int
        var isCut: Bool
    }

    private func office(_ day: RandomDay) async throws -> (Desk, Connection) {
        let desk = try await Desk()
        let db = try desk.peek()
        let store = try Store(db: db, schema: desk.schema)
        try db.transaction {
            try store.quietly {
                for row in try day.rows(desk.schema) { _ = try store.merge(row) }
            }
        }
        // Another tool's file may hold whatever the columns' types let in.
        try db.execute("PRAGMA ignore_check_constraints = ON")
        return (desk, db)
    }

    /// What is to be sealed, by looking at each row by itself.
    private func expected(
        _ engine: ReplicaEngine
    ) throws -> (sets: [Sealed], refusals: [[String]]) {
        let (pending, boundaries) = try engine.pendingRows()
        let sealings = try pending.map { try engine.sealing(of: $0) }
        let changes = try sealings.map { try engine.inUnit($0.change) }
        let sets = engine.cuts(changes, boundaries: boundaries).map { range in
            let batch = changes[range].compactMap { $0 }
            return Sealed(
                content: UnitChanges.encode(engine.units(of: batch)), rows: batch.count,
                isCut: changes[range.upperBound...].contains { $0 != nil })
        }
        let refusals = sealings.flatMap(\.refusals).map {
            ["\($0.table)", $0.id, "\($0.register)", $0.reason.code, $0.detail ?? "", $0.raw ?? ""]
        }
        return (sets, refusals)
    }

    private func check(
        _ seed: Int, writeCount: Int, textBytes: Int, window: Int = SealRun.windowCount
    ) async throws -> Int {
        var day = RandomDay(seed: UInt64(seed))
        let (desk, db) = try await office(day)
        try db.transaction {
            for _ in 0..<writeCount { try day.write(to: db, textBytes: textBytes) }
        }
        let engine = try ReplicaEngine(path: desk.path)
        let expected = try db.transaction(.deferred) { try self.expected(engine) }
        try engine.store.db.transaction { try engine.seal(windowCount: window) }

        let sealed = try db.rows("SELECT content, rows, is_cut FROM outbox ORDER BY n") {
            Sealed(
                content: try ChangeSet(decoding: $0.blob(0)).part.content,
                rows: Int($0.integer(1)), isCut: $0.integer(2) == 1)
        }
        #expect(sealed.map(\.rows) == expected.sets.map(\.rows))
        #expect(sealed == expected.sets)
        for set in sealed {
            #expect(set.content.count <= Limits.changeSetContentBytesMax)
            #expect(UnitChanges.encode(try UnitChanges.decode(set.content)) == set.content)
        }
        let refused = try db.rows(
            "SELECT tab, row, register, reason, detail, raw FROM refused ORDER BY seq"
        ) { row in (0..<6).map { row.text($0) } }
        #expect(refused == expected.refusals)
        #expect(try db.integer("SELECT count(*) FROM pending") == 0)
        #expect(try db.integer("SELECT count(DISTINCT change_set) FROM refused") ?? 0 <= 1)
        // Otherwise this would say nothing about what is set aside.
        #expect(!refused.isEmpty && sealed.reduce(0) { $0 + $1.rows } > writeCount / 2)
        return sealed.count
    }

    @Test("a day is sealed byte for byte as row by row", arguments: 0..<6)
    func sameBytes(seed: Int) async throws {
        #expect(try await check(seed, writeCount: 300, textBytes: 60) == 1)
    }

    @Test("so is a backlog of many change-sets, large rows among them", arguments: 100..<102)
    func sameCuts(seed: Int) async throws {
        #expect(try await check(seed, writeCount: 800, textBytes: 5_000) > 1)
    }

    @Test("so is a backlog that is read ahead in many pieces", arguments: [1, 7, 50])
    func severalWindows(window: Int) async throws {
        #expect(try await check(200, writeCount: 400, textBytes: 5_000, window: window) > 1)
    }
}
