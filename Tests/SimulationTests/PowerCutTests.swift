import Foundation
import Simulation
import Testing

extension SimulationSuite {
    @Suite("A power cut") struct PowerCutTests {
        /// What became of the transactions in many rounds.
        struct Sum {
            var rounds = 0
            var damaged = 0
            var lost = 0
            var lostMost = 0
            var transactions = 0
        }

        /// How many rounds the long form runs; nil: the short one.
        static let roundsTold = ProcessInfo.processInfo.environment["RIENTRO_HISTORIES"]
            .flatMap { Int($0) }

        /// Cuts the power `rounds` times, each at an operation drawn by the seed, mostly in the
        /// middle of a transaction. A file that was lost is made anew.
        static func cut(
            _ journalMode: String, _ synchronous: String, rounds: Int, seed: UInt64
        ) throws -> Sum {
            var random = SplitMix64(seed: seed)
            var sum = Sum()
            let disk = SimulatedDisk(name: "cut-\(journalMode)-\(synchronous)", seed: seed)
            let tally = Tally(disk: disk, journalMode: journalMode, synchronous: synchronous)
            var last = 0
            while sum.rounds < rounds {
                let after = try tally.die(
                    from: last + 1, inOperation: 1 + random.below(150)
                ) { $0.powerCut() }
                sum.rounds += 1
                sum.transactions += after.committed - last
                if let found = after.found {
                    if found < after.committed {
                        sum.lost += 1
                        sum.lostMost = max(sum.lostMost, after.committed - found)
                    }
                    #expect(found <= after.committed + 1)
                    last = found
                } else {
                    sum.damaged += 1
                }
                // A file that grows for ever would make the rounds long.
                if after.found == nil || last > 150 {
                    for path in disk.files { disk.remove(path) }
                    last = 0
                }
            }
            #expect(disk.openHandles == 0)
            return sum
        }

        @Test(
            "what a database that syncs has committed survives 500 of them, whole",
            arguments: [("WAL", "FULL"), ("DELETE", "EXTRA")])
        func durable(journalMode: String, synchronous: String) throws {
            let rounds = Self.roundsTold ?? 500
            let sum = try Self.cut(journalMode, synchronous, rounds: rounds, seed: 11)
            #expect(sum.rounds == rounds)
            #expect(sum.transactions > rounds)
            #expect(sum.damaged == 0)
            #expect(sum.lost == 0)
        }

        @Test("may bring a deleted journal back, and so undo the last commit without EXTRA")
        func deletedJournal() throws {
            let sum = try Self.cut("DELETE", "FULL", rounds: 500, seed: 12)
            #expect(sum.damaged == 0)
            #expect(sum.lost > 0)
            #expect(sum.lostMost == 1)
        }

        @Test("loses or damages where nothing was synced", arguments: ["WAL", "DELETE"])
        func unsynced(journalMode: String) throws {
            let sum = try Self.cut(journalMode, "OFF", rounds: 100, seed: 13)
            #expect(sum.lost + sum.damaged > 10)
            #expect(sum.damaged > 0)
        }

        @Test("loses commits of a log synced only at checkpoints, and damages nothing")
        func normal() throws {
            let sum = try Self.cut("WAL", "NORMAL", rounds: 200, seed: 14)
            #expect(sum.damaged == 0)
            #expect(sum.lost > 0)
        }

        @Test("decides each time the same by the same seed") func deterministic() throws {
            func run(_ seed: UInt64) throws -> SimulatedDisk.Snapshot {
                let disk = SimulatedDisk(name: "again", seed: seed)
                let tally = Tally(disk: disk, journalMode: "WAL", synchronous: "OFF")
                let after = try tally.die(from: 1, inOperation: 333) { $0.powerCut() }
                #expect(after.committed > 5)
                return disk.snapshot()
            }
            let first = try run(5)
            #expect(try run(5) == first)
            #expect(try run(6) != first)
        }

        @Test("keeps what was put there and forgets nothing that was removed") func put() {
            let disk = SimulatedDisk(name: "put", seed: 1)
            disk.put([1, 2, 3], at: "kept")
            disk.put([4], at: "gone")
            disk.remove("gone")
            for _ in 0..<20 {
                disk.powerCut()
                #expect(disk.files == ["kept"])
                #expect(disk.contents(of: "kept") == [1, 2, 3])
            }
        }
    }

    @Suite("A killed process") struct KillTests {
        @Test(
            "loses nothing that was committed, synced or not",
            arguments: ["WAL", "DELETE"], ["OFF", "FULL"])
        func committed(journalMode: String, synchronous: String) throws {
            var random = SplitMix64(seed: 21)
            let disk = SimulatedDisk(name: "kill", seed: 21)
            let tally = Tally(disk: disk, journalMode: journalMode, synchronous: synchronous)
            var last = 0
            for _ in 0..<100 {
                let after = try tally.die(
                    from: last + 1, inOperation: 1 + random.below(100)
                ) { $0.kill() }
                let found = try #require(after.found)
                #expect(found == after.committed || found == after.committed + 1)
                last = found
            }
            #expect(last > 50)
        }

        @Test("may lose what was not synced to a power cut that comes later") func thenCut() throws
        {
            var lost = 0
            for seed in 1...20 {
                let disk = SimulatedDisk(name: "later", seed: UInt64(seed))
                let tally = Tally(disk: disk, journalMode: "WAL", synchronous: "OFF")
                let after = try tally.die(from: 1, inOperation: 99) { $0.kill() }
                #expect((after.found ?? 0) >= after.committed)
                disk.powerCut()
                disk.revive()
                if (tally.soundNumber() ?? 0) < after.committed { lost += 1 }
            }
            #expect(lost > 5)
        }
    }
}
