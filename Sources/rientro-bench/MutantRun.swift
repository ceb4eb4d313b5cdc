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

        /// A firm up to some event.
        struct World: Hashable {
            let seed: String
            let events: Int
        }

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
        ///
        /// - Parameter sound: whether a firm is sound without any mutant, as far as it was tried.
        init(_ mutation: Mutation, eventsMax: Int, sound: inout [World: Bool]) throws {
            let told = try Self.simulate([
                "--mutation", mutation.rawValue, "--events", "\(eventsMax)",
            ])
            events = told?.events ?? 0
            seed = told?.failure?.seed ?? "–"
            guard let told, let failure = told.failure else {
                isCaught = false
                finding = told == nil ? "the program crashed" : "nothing"
                return
            }
            // What fails without the mutant as well says nothing about it.
            let world = World(seed: failure.seed, events: max(failure.events, 1))
            let isSound = try sound[world] ?? Self.isSound(world)
            sound[world] = isSound
            isCaught = isSound && (told.worlds > 1 || failure.events > Self.eventsMin)
            finding = isSound ? Self.words(of: failure.fact) : "fails without it as well"
        }

        private static func isSound(_ world: World) throws -> Bool {
            let told = try simulate([
                "--seed", world.seed, "--events", "\(world.events)", "--world",
                "\(world.events)",
            ])
            return told.map { $0.failure == nil } ?? false
        }

        /// What a simulation told at its end; nil where it crashed.
        private static func simulate(_ options: [String]) throws -> Told? {
            let path = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let child = try ChildProgram(
                [path, "simulate", "--json", "--no-shrink"] + options,
                in: FileManager.default.temporaryDirectory.path)
            // It ends with an error where a law did not hold, and where it was too short for every
            // kind of event.
            try? child.wait()
            return try? JSONDecoder().decode(Told.self, from: Data(child.output.utf8))
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
