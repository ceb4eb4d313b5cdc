import Simulation
import Testing

extension SimulationSuite {
    /// The short form of `rientro-bench simulate`: the same worlds every time.
    @Suite("Worlds in which everything breaks") struct WorldTests {
        /// Together they have every kind of event, which `everything()` proves.
        private static let seeds: [UInt64] = [1, 3, 5, 9, 16, 20, 27, 32]
        private static let eventsPerWorld = 1_200

        @Test("every law holds in them, and every kind of event has happened")
        func everything() {
            var happened: [String: Int] = [:]
            for seed in Self.seeds {
                let run = Simulator.run(History(seed: seed, count: Self.eventsPerWorld))
                happened.merge(run.happened, uniquingKeysWith: +)
                if let failure = run.failure {
                    Issue.record(
                        """
                        seed \(seed) fails after \(failure.events) events: \(failure.fact)
                        again: rientro-bench simulate --seed \(seed) --events \
                        \(Self.eventsPerWorld) --world \(Self.eventsPerWorld)
                        """)
                }
            }
            for kind in Event.Kind.allCases {
                #expect(happened[kind.rawValue, default: 0] > 0, "\(kind) never happened")
            }
            for consequence in [
                "killed in a write", "power lost in a write", "disk was full", "copy noticed",
                "new number", "stamps corrected", "rows refused", "message reordered",
                "group of several", "answer merged again", "power cut again", "rows mended",
                "proven", "rows parked", "request too large",
            ] {
                #expect(happened[consequence, default: 0] > 0, "\(consequence) never happened")
            }
        }

        @Test("a firm of fifty keeps the laws as well as one of two")
        func large() throws {
            let large = try #require((1...200).first { Self.offices($0) > 30 })
            let run = Simulator.run(History(seed: UInt64(large), count: 600))
            #expect(run.failure == nil)
            let sizes = Set((1...200).map(Self.offices))
            #expect(sizes.contains(2))
            #expect(sizes.allSatisfy { (2...46).contains($0) })
        }

        private static func offices(_ seed: Int) -> Int {
            History(seed: UInt64(seed), count: 1).firm.offices
        }

        @Test("faults that were left out do not happen")
        func faults() {
            let history = History(seed: 3, count: 2_000, faults: [.network])
            let kinds = Set(history.events.map(\.kind))
            #expect(kinds.contains(.messageLost))
            #expect(kinds.allSatisfy { Fault.of($0) == nil || Fault.of($0) == .network })
        }

        @Test("a history shrinks to the events that make it fail")
        func shrink() {
            let history = History(seed: 9, count: 3_000)
            // A cut message after a copy of a file, wherever they are.
            func run(_ history: History) -> Simulator.Run {
                let copied = history.events.firstIndex { $0.kind == .fileCopied }
                let cut = history.events.lastIndex { $0.kind == .messageCut }
                guard let copied, let cut, copied < cut else {
                    return Simulator.Run(happened: [:], failure: nil)
                }
                return Simulator.Run(
                    happened: [:], failure: .init(fact: "it fails", events: cut))
            }
            let failed = Simulator.Run.Failed(fact: "it fails", events: 2_999)
            let short = Simulator.shrink(history, failed: failed, by: run)
            #expect(short.events.map(\.kind) == [.fileCopied, .messageCut])
            #expect(run(short).failure != nil)
        }
    }
}
