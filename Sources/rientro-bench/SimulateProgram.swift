import Foundation
import Simulation
import Terminal

#if Mutations
    import RientroProtocol
#endif

/// `rientro-bench simulate`: worlds that break everything, one after another, until so many events
/// have happened.
enum SimulateProgram {
    static let command = Command(
        "rientro-bench simulate",
        "Run simulated firms in which everything breaks, and check the laws",
        discussion: """
            Each world is a firm of 2 to 50 replicas in one thread: the real protocol, store, \
            client and server on simulated disks, clocks and lines. Its seed decides everything, \
            so the same seed is the same run. The first world has the seed that is given, the \
            next one the next.

            Where a law does not hold, the seed is printed with what happened, and a shorter \
            history that fails in the same way. Exit code 1 then.

            Faults: \(Fault.allCases.map(\.rawValue).joined(separator: ", ")).
            """,
        options: [
            .flag("json", "write the counts as JSON, for programs"),
            .flag("quiet", short: "q", "no progress"),
            .value("seed", "N", "the first world's seed; 1 unless given"),
            .value("events", "N", "events in all; 100000 unless given"),
            .value("world", "N", "events in one world; 5000 unless given"),
            .value("faults", "LIST", "only these faults, with commas between; all unless given"),
            .flag("trace", "tell every event, to standard error"),
            .flag("no-shrink", "do not look for a shorter history that fails"),
        ] + onlyForMutants)

    #if Mutations
        private static let onlyForMutants: [Option] = [
            .value(
                "mutation", "NAME", "the error that is built in; `mutants` runs them all",
                choices: Mutation.allCases.map(\.rawValue))
        ]
    #else
        private static let onlyForMutants: [Option] = []
    #endif

    static func run(_ parsed: Parsed, _ output: Output) -> ExitCode {
        do {
            try beDeterministic()
            #if Mutations
                Mutation.chosen = parsed.value("mutation").flatMap(Mutation.init)
            #endif
            return try simulate(parsed, output)
        } catch let error as UsageError {
            output.complain(error.sentence)
            return .usage
        } catch let error as BenchError {
            output.complain(error.sentence)
            return .failed
        } catch {
            output.complain("\(error)")
            return .failed
        }
    }

    private static func simulate(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
        let first = try parsed.integer("seed", in: 0...Int.max / 2) ?? 1
        let wanted = try parsed.integer("events", in: 1...1_000_000_000) ?? 100_000
        let size = try parsed.integer("world", in: 1...1_000_000) ?? 5_000
        let faults = try faults(parsed)
        let trace: ((String) -> Void)? =
            parsed.flag("trace") ? { FileHandle.standardError.write(Data(($0 + "\n").utf8)) } : nil
        let progress = output.progress("simulating", total: wanted)
        let start = DispatchTime.now().uptimeNanoseconds
        var tally = SimulationTally()
        while tally.events < wanted {
            let count = min(size, wanted - tally.events)
            let history = History(
                seed: UInt64(first + tally.worlds), count: count, faults: faults)
            let run = Simulator.run(history, trace: trace)
            tally.add(run, of: history, events: run.failure?.events ?? count)
            if let failure = run.failure {
                progress.finish()
                tell(history, failure, size: count, shrink: !parsed.flag("no-shrink"), output)
                break
            }
            progress.advance(to: tally.events)
        }
        progress.finish()
        tally.seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        output.json(tally.json)
        output.say(tally.table)
        output.say(tally.summary)
        if tally.hasFailed { return .failed }
        let missing = tally.missing(faults: faults)
        guard missing.isEmpty else {
            output.complain("these never happened: \(missing.joined(separator: ", "))")
            return .failed
        }
        return output.isBroken ? .failed : .done
    }

    private static func faults(_ parsed: Parsed) throws -> Set<Fault> {
        guard let list = parsed.value("faults") else { return Set(Fault.allCases) }
        return Set(
            try list.split(separator: ",").map { word in
                guard let fault = Fault(rawValue: String(word)) else {
                    throw parsed.usageError(
                        .invalidValue(
                            of: "--faults", value: String(word), expected: "a list of faults"))
                }
                return fault
            })
    }

    /// Tells a failure: the seed, the history, and a shorter one.
    private static func tell(
        _ history: History, _ failure: Simulator.Run.Failed, size: Int, shrink: Bool,
        _ output: Output
    ) {
        let names = history.faults.map(\.rawValue).sorted().joined(separator: ",")
        output.complain(
            """
            seed \(history.seed) fails after \(failure.events) events: \(failure.fact)
            again: rientro-bench simulate --seed \(history.seed) --events \(size) --world \(size) \
            --faults \(names) --trace
            """)
        guard shrink else { return }
        let short = Simulator.shrink(history, failed: failure) { left in
            output.remark("shrinking: \(left) events left")
        }
        var lines: [String] = []
        let again = Simulator.run(short) { lines.append($0) }
        output.complain("shrunk to \(short.events.count) events: \(again.failure?.fact ?? "?")")
        for line in lines { output.complain("  \(line)") }
        let events = short.events.map { ".init(kind: .\($0.kind), seed: \($0.seed))" }
        output.complain("as a test: [\n  \(events.joined(separator: ",\n  "))\n]")
    }

    /// Swift's sets and dictionaries have an order of their own in every process unless they are
    /// told otherwise before it starts; and the machine's zone is in SQL's local dates.
    private static func beDeterministic() throws {
        let wanted = ["SWIFT_DETERMINISTIC_HASHING": "1", "TZ": "UTC"]
        let present = ProcessInfo.processInfo.environment
        guard wanted.contains(where: { present[$0] != $1 }) else { return }
        for (name, value) in wanted { setenv(name, value, 1) }
        let program = ProcessInfo.processInfo.arguments[0]
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        var words = CommandLine.arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        execv(path ?? program, &words)
        throw BenchError.failed(program: "rientro-bench")
    }
}
