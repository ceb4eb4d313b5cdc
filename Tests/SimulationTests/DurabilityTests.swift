import RientroProtocol
import RientroSQLite
import RientroServer
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
