import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Simulation
import Testing

extension SimulationSuite {
    /// What the first simulated worlds found about the disk.
    @Suite("What a killed program leaves on the disk") struct DurabilityTests {
        private static let file = "/centre.sqlite"

        private static func schema() throws -> Schema {
            try Schema(
                name: "labels", version: 1,
                tables: [
                    .init(
                        number: 10, name: "label", kind: .reference, insertedBy: .centre,
                        routing: .everyone,
                        columns: [.init(number: 1, name: "text", type: .text)],
                        registers: [.init(number: 1, name: "text", writer: .centre)])
                ])
        }

        private static func open(_ disk: SimulatedDisk) throws -> CentreEngine {
            try CentreEngine(db: Centre.connect(file, .readWrite, vfs: disk.name))
        }

        /// How many commits of those that a killed centre left can be read after its start, and how
        /// many of these a power cut then takes.
        private static func shownAndLost(
            _ start: (CentreEngine) throws -> Void
        ) throws -> (shown: Int, lost: Int) {
            var (shown, lost) = (0, 0)
            for seed in 0..<6 {
                for writes in 1...12 {
                    let disk = SimulatedDisk(name: "centre", seed: UInt64(seed))
                    defer { disk.unregister() }
                    try CentreEngine.create(
                        on: Centre.connect(file, .create, vfs: disk.name), schema: schema())
                    let engine = try open(disk)
                    disk.writesUntilDeath = writes
                    try? engine.db.transaction {
                        _ = try engine.act(now: 1) { try $0.insert("label", id: "A", [:]) }
                    }
                    disk.kill()
                    disk.writesUntilDeath = nil
                    disk.revive()
                    let restarted = try open(disk)
                    try start(restarted)
                    guard try restarted.cursor().commit == 1 else { continue }
                    shown += 1
                    disk.powerCut()
                    disk.revive()
                    if try open(disk).cursor().commit == 0 { lost += 1 }
                }
            }
            return (shown, lost)
        }

        @Test("what a centre shows after a kill, no power cut takes from it")
        func shownIsDurable() throws {
            let (shown, lost) = try Self.shownAndLost { try $0.makeDurable() }
            #expect(shown > 0)
            #expect(lost == 0)
            // Without it, some is lost: the test can fail.
            #expect(try Self.shownAndLost { _ in }.lost > 0)
        }

        /// An office on a disk of its own, whose centre is on the same one.
        private static func office(_ disk: SimulatedDisk) throws -> ReplicaEngine {
            let schema = try Schema(
                name: "test", version: 1,
                tables: [
                    .init(
                        number: 20, name: "box", kind: .record, insertedBy: .centre,
                        routing: .portfolio(column: "place"),
                        columns: [.init(number: 1, name: "place", type: .text, isRequired: true)],
                        registers: [.init(number: 1, name: "place", writer: .centre)]),
                    .init(
                        number: 30, name: "fact", kind: .ledger,
                        routing: .parent(table: "box", column: "box"),
                        columns: [.init(number: 1, name: "box", type: .text, isRequired: true)]),
                ])
            let centre = try Centre.connect(file, .create, vfs: disk.name)
            try CentreEngine.create(on: centre, schema: schema)
            let engine = try open(disk)
            let incarnation = [UInt8](repeating: 7, count: 16)
            let answer = try engine.db.transaction {
                let code = try engine.addReplica(name: "A", portfolios: ["P"], now: 1).code
                return try engine.enrol(
                    EnrolRequest(
                        code: code, tokenHash: LoginToken.hash(incarnation),
                        incarnation: incarnation), now: 1)
            }
            let db = try Connection(path: "/office.sqlite", vfs: disk.name)
            try db.transaction { try Store.create(on: db, schema: schema, role: .replica) }
            try Store(db: db, schema: schema).setCursor(
                Cursor(epoch: try engine.cursor().epoch, commit: 0, chain: .zero))
            try ReplicaEngine.adoptSnapshot(
                at: "/office.sqlite", answer: answer, server: "http://127.0.0.1:1",
                incarnation: incarnation, clockOffset: 0, vfs: disk.name)
            return try ReplicaEngine(path: "/office.sqlite", vfs: disk.name)
        }

        @Test("what an office sends, no power cut takes from it, though its seal was killed")
        func sentIsDurable() throws {
            var sent = 0
            for seed in 0..<20 {
                let disk = SimulatedDisk(name: "office", seed: UInt64(seed))
                defer { disk.unregister() }
                let engine = try Self.office(disk)
                let shell = try Connection(
                    path: "/office.sqlite", mode: .readWrite, vfs: disk.name)
                try shell.execute(
                    "INSERT INTO fact(box) VALUES ('01890000-0000-7000-8000-000000000001')")
                (disk.writesUntilDeath, disk.diesInSync) = (1, true)
                #expect(throws: SQLiteError.self) { try engine.request() }
                disk.kill()
                disk.revive()
                let next = try ReplicaEngine(path: "/office.sqlite", vfs: disk.name)
                let request = try next.request()
                guard !request.changeSets.isEmpty else { continue }
                sent += 1
                // Closed in good order it would sync what it leaves.
                withExtendedLifetime(next) { disk.powerCut() }
                disk.revive()
                let again = try ReplicaEngine(path: "/office.sqlite", vfs: disk.name)
                #expect(try again.head() == request.head)
            }
            #expect(sent > 0)
        }

        @Test("a commit is on the disk when it returns, also where a tool took away WAL mode")
        func outsideWAL() throws {
            for seed in 0..<40 {
                let disk = SimulatedDisk(name: "office", seed: UInt64(seed))
                defer { disk.unregister() }
                let db = try Connection(path: "/a.sqlite", vfs: disk.name)
                try db.beDurable()
                try db.execute("CREATE TABLE a (b)")
                try db.execute("INSERT INTO a VALUES (1)")
                disk.powerCut()
                disk.revive()
                let again = try Connection(path: "/a.sqlite", vfs: disk.name)
                #expect(try again.integer("SELECT count(*) FROM a") == 1)
            }
        }
    }
}
