/// A firm's day as its seed draws it: how large the firm is, and what happens in it.
package struct History: Equatable, Sendable {
    /// From which the firm and every machine in it are drawn.
    package let seed: UInt64
    /// What happens, in this order.
    package var events: [Event]
    /// What may go wrong.
    package let faults: Set<Fault>

    /// The history of a seed, with so many events.
    package init(seed: UInt64, count: Int, faults: Set<Fault> = Set(Fault.allCases)) {
        self.seed = seed
        self.faults = faults
        var chance = Chance(seed: seed &* 0x9E37_79B9 &+ 1)
        let weights = Self.weights.map { kind, usual in
            let temper = chance.pick(Self.tempers)
            let isWanted = Fault.of(kind).map(faults.contains) ?? true
            let isTraffic = kind == .sync || kind == .delivery
            return (kind: kind, weight: isWanted ? usual * (isTraffic ? 4 : temper) : 0)
        }.filter { $0.weight > 0 }
        let total = weights.reduce(0) { $0 + $1.weight }
        events = (0..<count).map { _ in
            var at = chance.below(total)
            var kind = weights[0].kind
            for (next, weight) in weights {
                kind = next
                guard at >= weight else { break }
                at -= weight
            }
            return Event(kind: kind, seed: chance.next())
        }
    }

    /// The firm that a seed draws.
    package struct Firm: Equatable, Sendable {
        /// Portfolios, each with accounts.
        package let portfolios: [String]
        /// Offices at the beginning; others come by enrolment and by copies of files.
        package let offices: Int
        /// Offices and copies, at most.
        package let machinesMax: Int
        /// Accounts at the beginning.
        package let accounts: Int
    }

    /// The firm of this history.
    package var firm: Firm {
        var chance = Chance(seed: seed &+ 0xF1)
        // Small firms meet more often, and are quicker; once in a while a large one.
        let offices = chance.isOnce(in: 24) ? 20 + chance.below(27) : 2 + chance.below(5)
        let portfolios = min(2 + chance.below(3), offices)
        return Firm(
            portfolios: (0..<portfolios).map { "P\($0)" }, offices: offices,
            machinesMax: offices + 4, accounts: 6 + chance.below(14))
    }

    /// In quarters, how much more or less often than usual a kind is drawn in one world. Where all
    /// are drawn as usual, two rare ones hardly meet; where some are left out nearly and others
    /// come in swarms, they do (swarm testing: Groce et al. 2012). What is sent keeps arriving.
    private static let tempers = [1, 4, 4, 16]

    /// How often each kind is drawn. Work and syncs come to about two thirds; what stops a machine
    /// is rare enough that between two of them something is written.
    private static let weights: [(kind: Event.Kind, weight: Int)] = [
        (.note, 180), (.payment, 210), (.reversal, 45), (.promise, 75), (.task, 75),
        (.contactPoint, 75), (.latestRegister, 180), (.keptRegister, 210), (.manyRows, 12),
        (.backlog, 2),
        (.resolution, 60), (.ownIndex, 12), (.ownTrigger, 6), (.ownDropped, 12), (.badText, 24),
        (.badCode, 24), (.badID, 15), (.badReference, 15), (.badMoment, 15), (.sameID, 24),
        (.earlyRow, 45), (.refusalDiscarded, 9),
        (.newAccount, 36), (.centralWrite, 60), (.newCode, 12), (.newOffice, 9),
        (.sync, 570), (.verify, 12), (.delivery, 990), (.pause, 36),
        (.messageLost, 60), (.messageDoubled, 75), (.messageDelayed, 45), (.messageCut, 45),
        (.answersCrossed, 4),
        (.proxyLimit, 6), (.proxyOpened, 12),
        (.officeKilled, 2), (.officeKilledAtWrite, 6), (.officePowerCut, 2),
        (.officePowerCutAtWrite, 7), (.centreKilled, 1), (.centreKilledAtWrite, 2),
        (.centrePowerCut, 1), (.centrePowerCutAtWrite, 3),
        (.officeDiskFull, 15), (.officeDiskFreed, 36), (.centreDiskFull, 9),
        (.centreDiskFreed, 27),
        (.officeClock, 36), (.centreClock, 12), (.endOfTime, 6),
        (.fileCopied, 3), (.fileSaved, 8), (.filePutBack, 4), (.tableRebuilt, 2),
        (.tokenLost, 4),
    ]
}
