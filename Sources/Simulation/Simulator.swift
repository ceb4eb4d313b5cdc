/// Runs histories, and finds the shortest one that still fails.
package enum Simulator {
    /// Events between two checks in the middle of a history.
    package static let eventsBetweenChecks = 500

    /// How a history ended.
    package struct Run: Sendable {
        /// How often each kind of event had an effect, and what happened besides.
        package let happened: [String: Int]
        /// What did not hold, and after how many events; nil: everything did.
        package let failure: Failed?

        /// How a history ended.
        package init(happened: [String: Int], failure: Failed?) {
            self.happened = happened
            self.failure = failure
        }

        /// What did not hold.
        package struct Failed: Sendable {
            /// The fact.
            package let fact: String
            /// Events until then.
            package let events: Int

            /// What did not hold, after so many events.
            package init(fact: String, events: Int) {
                self.fact = fact
                self.events = events
            }
        }
    }

    /// Runs a history to its end, or to the first thing that does not hold. One at a time in a
    /// process, on one thread: SQLite's randomness is the process's.
    ///
    /// - Parameter trace: told what happens, event by event.
    package static func run(_ history: History, trace: ((String) -> Void)? = nil) -> Run {
        var done = 0
        var world: World?
        do {
            let opened = try World(history)
            world = opened
            for event in history.events {
                opened.trace = trace.map { trace in { trace("\(done) \($0)") } }
                try opened.apply(event)
                done += 1
                if done.isMultiple(of: eventsBetweenChecks) { try opened.checkMidway() }
            }
            opened.trace = nil
            try opened.settle()
            try opened.checkQuiet()
            return Run(happened: opened.happened, failure: nil)
        } catch {
            let fact = (error as? Failure)?.fact ?? "\(error)"
            return Run(
                happened: world?.happened ?? [:], failure: .init(fact: fact, events: done))
        }
    }

    /// A history that fails as this one does, with as few events as are found by leaving out
    /// halves, quarters and so on (delta debugging: Zeller, Hildebrandt 2002).
    ///
    /// - Parameters:
    ///   - failed: how the history failed: what comes after is left out at once.
    ///   - runsMax: histories that are tried, at most.
    ///   - progress: told how many events are left.
    ///   - run: runs a history.
    package static func shrink(
        _ history: History, failed: Run.Failed, runsMax: Int = 600,
        progress: (Int) -> Void = { _ in }, by run: (History) -> Run = { Simulator.run($0) }
    ) -> History {
        var best = history
        best.events = Array(history.events.prefix(failed.events + 1))
        var runs = 0
        var piece = max(best.events.count / 2, 1)
        while runs < runsMax {
            var start = 0
            var isShorter = false
            while start < best.events.count, runs < runsMax {
                var tried = best
                tried.events.removeSubrange(start..<min(start + piece, tried.events.count))
                runs += 1
                if let failure = run(tried).failure, isSame(failure, failed) {
                    best = tried
                    isShorter = true
                    progress(best.events.count)
                } else {
                    start += piece
                }
            }
            guard piece > 1 || isShorter else { break }
            piece = max(piece / 2, 1)
        }
        return best
    }

    /// Whether two failures are about the same, whatever the rows are called.
    private static func isSame(_ a: Run.Failed, _ b: Run.Failed) -> Bool {
        kind(of: a.fact) == kind(of: b.fact)
    }

    private static func kind(of fact: String) -> String {
        let words = fact.split { $0 == " " || $0 == "\n" }
        return words.filter { word in !word.contains { $0.isNumber } }.prefix(6)
            .joined(separator: " ")
    }
}
