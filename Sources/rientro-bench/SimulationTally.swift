import Simulation
import Terminal

/// What happened in all worlds of a simulation, counted by kind.
struct SimulationTally {
    private(set) var worlds = 0
    /// Events that were drawn.
    private(set) var events = 0
    private(set) var happened: [String: Int] = [:]
    /// The seed of the world that failed, and how.
    private(set) var failure: (seed: UInt64, failed: Simulator.Run.Failed)?
    var hasFailed: Bool { failure != nil }
    var seconds = 0.0

    mutating func add(_ run: Simulator.Run, of history: History, events count: Int) {
        worlds += 1
        events += max(count, 1)
        happened.merge(run.happened, uniquingKeysWith: +)
        if let failed = run.failure { failure = (history.seed, failed) }
    }

    /// Kinds of events that these faults allow and that never had an effect.
    func missing(faults: Set<Fault>) -> [String] {
        Event.Kind.allCases.filter { kind in
            Fault.of(kind).map(faults.contains) ?? true
        }.map(\.rawValue).filter { happened[$0, default: 0] == 0 }
    }

    /// Events by kind, and what came of them.
    var table: TextTable {
        let kinds = Event.Kind.allCases.map(\.rawValue)
        let others = happened.keys.filter { !kinds.contains($0) }.sorted()
        var table = TextTable([.text("what happened"), .number("times")])
        for what in kinds + others { table.add([what, "\(happened[what, default: 0])"]) }
        return table
    }

    /// The whole, in a sentence.
    var summary: String {
        let rate = seconds > 0 ? Int(Double(events) / seconds) : 0
        let end = hasFailed ? "A law did not hold." : "Every law held."
        return "\(worlds) worlds, \(events) events, \(rate) a second. \(end)"
    }

    var json: JSONValue {
        let counts = happened.sorted { $0.key < $1.key }.map { what, times in
            JSONValue.Member(what, .integer(Int64(times)))
        }
        return .object([
            .init("worlds", .integer(Int64(worlds))), .init("events", .integer(Int64(events))),
            .init("seconds", .number(seconds)), .init("failed", .bool(hasFailed)),
            .init("failure", failureJSON), .init("happened", .object(counts)),
        ])
    }

    private var failureJSON: JSONValue {
        guard let (seed, failed) = failure else { return .null }
        return .object([
            .init("seed", .string("\(seed)")), .init("events", .integer(Int64(failed.events))),
            .init("fact", .string(failed.fact)),
        ])
    }
}
