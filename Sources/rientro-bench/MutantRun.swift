#if Mutations
    import Foundation
    import RientroProtocol

    /// How one mutant ended, in a process of its own.
    struct MutantRun {
        /// Whether a law did not hold, and not at once.
        let isCaught: Bool
        /// Events until then, over all firms.
        let events: Int
        /// The seed of the firm in which it was caught.
        let seed: String
        /// The fact that the oracle found, without the ids in it.
        let finding: String

        /// A mutant that fails before so many events of the first firm breaks everything, and
        /// proves nothing about the checkers.
        static let eventsMin = 20

        /// What `simulate --json` writes.
        private struct Told: Decodable {
            struct Failure: Decodable {
                let seed: String
                let events: Int
                let fact: String
            }
            let worlds: Int
            let events: Int
            let failure: Failure?
        }

        /// Runs a mutant until it is caught, or so many events have happened.
        init(_ mutation: Mutation, eventsMax: Int) throws {
            let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let child = try ChildProgram(
                [
                    path, "simulate", "--mutation", mutation.rawValue, "--events", "\(eventsMax)",
                    "--json", "--no-shrink",
                ], in: FileManager.default.temporaryDirectory.path)
            // It ends with an error where it is caught, as it should be.
            try? child.wait()
            let told = try? JSONDecoder().decode(Told.self, from: Data(child.output.utf8))
            events = told?.events ?? 0
            seed = told?.failure?.seed ?? "–"
            guard let told, let failure = told.failure else {
                isCaught = false
                finding = told == nil ? "the program crashed" : "nothing"
                return
            }
            isCaught = told.worlds > 1 || failure.events > Self.eventsMin
            finding = Self.words(of: failure.fact)
        }

        /// A fact on one line, an ellipsis in the place of every id.
        private static func words(of fact: String) -> String {
            let line = fact.split(separator: "\n").first ?? ""
            return line.split(separator: " ").map { word in
                word.count >= 36 && word.contains("-") ? "…" : String(word)
            }.joined(separator: " ")
        }
    }
#endif
