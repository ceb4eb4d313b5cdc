#if Mutations
    import Foundation
    import RientroProtocol
    import Terminal

    /// `rientro-bench mutants`: every error that can be built in, until the simulation's checkers
    /// catch it. Each runs in a process of its own, so that one that crashes is told from one that
    /// is caught.
    enum MutantsProgram {
        static let command = Command(
            "rientro-bench mutants",
            "Build errors into Rientro, and see whether the simulation catches them",
            discussion: """
                Each mutant is one plausible programming error. Simulated firms run with it, from \
                seed 1 on, until a law does not hold. A mutant that crashes the program, or fails \
                within \(MutantRun.eventsMin) events of the first firm, was not caught by a law: \
                that fails, as does one that is never caught. The firm that caught a mutant must \
                be sound without it.
                """,
            options: [
                .flag("json", "write the table as JSON, for programs"),
                .flag("quiet", short: "q", "no progress"),
                .value("only", "LIST", "only these mutants, with commas between"),
                .value("events", "N", "events within which each must be caught; 200000"),
            ])

        static func run(_ parsed: Parsed, _ output: Output) async -> ExitCode {
            do {
                return try runAll(parsed, output)
            } catch let error as UsageError {
                output.complain(error.sentence)
                return .usage
            } catch {
                output.complain("\(error)")
                return .failed
            }
        }

        private static func runAll(_ parsed: Parsed, _ output: Output) throws -> ExitCode {
            let events = try parsed.integer("events", in: 1...1_000_000_000) ?? 200_000
            var table = TextTable([
                .key("mutant"), .key("what it breaks"), .number("events"), .number("seed"),
                .key("what was found"),
            ])
            var (missed, found): ([String], [JSONValue]) = ([], [])
            var sound: [MutantRun.World: Bool] = [:]
            for mutation in try wanted(parsed) {
                let run = try MutantRun(mutation, eventsMax: events, sound: &sound)
                output.remark(
                    "\(mutation.rawValue): \(run.isCaught ? "caught" : "not caught") after "
                        + "\(run.events) events")
                table.add([
                    mutation.rawValue, mutation.fault, "\(run.events)", run.seed, run.finding,
                ])
                found.append(
                    .object([
                        .init("mutant", .string(mutation.rawValue)),
                        .init("caught", .bool(run.isCaught)),
                        .init("events", .integer(Int64(run.events))),
                        .init("seed", .string(run.seed)), .init("fact", .string(run.finding)),
                    ]))
                if !run.isCaught { missed.append(mutation.rawValue) }
            }
            output.json(.array(found))
            output.say(table)
            guard missed.isEmpty else {
                output.complain("not caught: \(missed.joined(separator: ", "))")
                return .failed
            }
            output.say("\(found.count) mutants, every one caught.")
            return output.isBroken ? .failed : .done
        }

        private static func wanted(_ parsed: Parsed) throws -> [Mutation] {
            guard let list = parsed.value("only") else { return Mutation.allCases }
            return try list.split(separator: ",").map { word in
                guard let mutation = Mutation(rawValue: String(word)) else {
                    throw parsed.usageError(
                        .invalidValue(
                            of: "--only", value: String(word), expected: "a list of mutants"))
                }
                return mutation
            }
        }
    }

    extension Mutation {
        /// What is wrong, in a few words for the table.
        fileprivate var fault: String {
            switch self {
            case .olderStampTaken: "a register with an older stamp is taken"
            case .equalStampsByOrder: "of equal stamps the first stays"
            case .mergedUnsealed: "merged before what is pending was sealed"
            case .stampWithoutBase: "a stamp may be before the one it overwrites"
            case .stampWithoutFloor: "a stamp may be before the last sync"
            case .lastBaseSealed: "of several writes the last base is sealed"
            case .baseNotCorrected: "a corrected base is not read as corrected"
            case .previousHashUnchecked: "the hash of n−1 is not checked"
            case .headNotJudged: "the centre's head is not judged"
            case .acknowledgedUntold: "acknowledged without its outcome"
            case .commitsFromElsewhere: "commits taken from another cursor on"
            case .cursorPastRest: "the cursor passes the commit that did not fit"
            case .cursorBeforeRows: "the cursor is committed before the rows"
            case .ownCommitNotReturned: "an own commit applied otherwise stays away"
            case .outcomeNotTold: "\"already applied\" tells no outcome"
            case .outcomeToldAsStored: "\"already applied\" tells what stood when it was applied"
            case .outcomeNotPutRight: "a refusal is told after its row was accepted"
            case .debtorNotGranted: "a debtor's second portfolio gets no grant"
            case .answeredUncommitted: "a group is answered before COMMIT"
            case .centreUnsynced: "the centre's commits are not synced"
            case .startedUnsynced: "the centre starts without syncing its log"
            case .officeUnsynced: "an office's merges are not synced"
            case .snapshotWithoutShared: "a snapshot lacks shared debtors"
            case .snapshotWithoutConflicts: "a snapshot lacks conflicts"
            case .correctionNotTold: "a corrected stamp is not told"
            case .correctionMadeAnew: "a corrected stamp is corrected anew when it comes again"
            case .farStampTaken: "a stamp far ahead is not corrected"
            case .digestOfIDs: "the digest is over ids only"
            case .outboxDroppedEarly: "the outbox is emptied at sending"
            case .waitingForgotten: "what waits for its parent is not tried again"
            case .refusalNotListed: "a refusal is not listed"
            case .conflictNotListed: "a conflict that the sent value wins is not listed"
            case .renumberedEmpty: "a new number forgets what was kept"
            case .renumberedNameless: "a new number forgets the old names"
            case .parkedForgotten: "what a file did not take is not tried again"
            case .parkedMergedOnce: "what waited for a birth and is refused then is forgotten"
            case .behindTakenForWritten: "a repair takes a register that is behind for a write"
            case .triggersInMerge: "people's triggers run in a merge"
            case .clockCutAtEnd: "a clock past the end of stamps gives the last, each time"
            case .floorStays: "the floor stays though a stamp was corrected"
            case .outcomesNotAwaited: "commits are taken before the outcomes before them"
            case .incarnationDrawnAnew: "each answer to a copy draws another incarnation id"
            case .writeCutAnywhere: "a full change-set is cut inside a write { }"
            case .pushedAlways: "a request too large for its way keeps all others back"
            }
        }
    }
#endif
