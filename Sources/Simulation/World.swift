internal import Portfolio
internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore

/// A firm in one thread: the real engines of a centre and its offices, on simulated disks, with
/// messages between them that the world holds in its hands.
///
/// Everything that is drawn comes from the history's seed, so the same history is the same run.
package final class World {
    let schema: Schema
    let firm: History.Firm
    /// What may go wrong.
    let faults: Set<Fault>
    let centre: CentreMachine
    var offices: [OfficeMachine] = []
    let oracle = Oracle()
    var line = Line()
    /// The true time, in milliseconds since 1970.
    var time: Int64 = World.start
    /// How often each kind of event had an effect, and what happened besides.
    package private(set) var happened: [String: Int] = [:]
    /// Told what happens, for people; nil where nobody reads it.
    package var trace: ((String) -> Void)?
    /// Whether all faults have ended and nobody works any more.
    var isEvening = false
    var accountCount = 0
    /// The register that was written last, at any office.
    var lastRegister: RegisterName?
    /// Accounts that people write to, and the centre has not opened yet, by their ids.
    var announced: [String] = []
    private var machineCount = 0
    let seed: UInt64

    /// The morning of 2 March 2026, UTC.
    static let start: Int64 = 1_772_438_400_000

    /// The firm of a history, in the morning: nothing is on its way.
    package init(_ history: History) throws {
        // The zone of the machine that simulates must not be seen.
        schema = try DebtorPortfolio.schema()
        firm = history.firm
        faults = history.faults
        seed = history.seed
        centre = CentreMachine(name: "centre", seed: seed)
        centre.disk.now = time
        try centre.create(schema: schema) { engine in
            try engine.act(now: time) { act in try furnish(&act) }
        }
        try centre.start()
        var chance = Chance(seed: seed &+ 7)
        for _ in 0..<firm.accounts { _ = try openAccount(&chance) }
        for index in 0..<firm.offices {
            // Every portfolio has an office, and some have several.
            var held: Set = [firm.portfolios[index % firm.portfolios.count]]
            if chance.isOnce(in: 3) { held.insert(chance.pick(firm.portfolios)) }
            guard try openOffice(held.sorted()) else { throw Failure("an office cannot enrol") }
        }
        happened = [:]
    }

    private func furnish(_ act: inout CentreAct) throws {
        for row in DebtorPortfolio.codes {
            let values = zip(CodeRow.columns, row.values)
            try act.insert(
                "code", id: row.id, Dictionary(values, uniquingKeysWith: { first, _ in first }))
        }
        for portfolio in firm.portfolios {
            try act.insert("portfolio", id: portfolio, ["name": .text(portfolio)])
        }
        try act.insert("creditor", id: "ENEL", ["name": .text("Energia")])
    }

    /// Lets an event happen. Throws `Failure`.
    package func apply(_ event: Event) throws {
        var chance = Chance(seed: event.seed)
        time += Int64(chance.below(30_000))
        endJump()
        for machine in offices + [centre] as [Machine] where machine.isPowerCutNow() {
            note("power cut again", machine.name)
            try crash(machine, losingPower: true)
        }
        try apply(event.kind, &chance)
    }

    /// One more event has come: the centre's clock may be set right again.
    func endJump() {
        guard let jump = centre.jump else { return }
        centre.jump = jump.events > 1 ? (jump.skew, jump.events - 1) : nil
        guard centre.jump == nil else { return }
        centre.skew = jump.skew
        note("centre clock jumped back", "\(jump.skew) ms")
    }

    /// Counts something that happened, and tells it.
    func note(_ what: String, _ detail: @autoclosure () -> String = "") {
        happened[what, default: 0] += 1
        trace?("\(what) \(detail())")
    }

    /// Counts an event that had an effect.
    func note(_ kind: Event.Kind, _ detail: @autoclosure () -> String = "") {
        note(kind.rawValue, detail())
    }

    /// A name and a seed for a new machine.
    func newMachine() -> (name: String, seed: UInt64) {
        machineCount += 1
        return ("office\(machineCount)", seed &+ UInt64(machineCount) &* 0x9E37)
    }

    /// One of the offices.
    func office(_ chance: inout Chance) -> OfficeMachine { chance.pick(offices) }

    /// Runs `body` on a machine by its clock. Nil where the machine stopped in it, which is started
    /// again, or where its disk is full. Throws `Failure` for anything else that goes wrong and is
    /// not `allowed`.
    func run<R>(
        on machine: Machine, allowing isAllowed: (any Error) -> Bool = { _ in false },
        _ body: () throws -> R
    ) throws -> R? {
        machine.disk.now = machine.time(at: time)
        do {
            let result = try body()
            guard machine.disk.isDead else { return result }
            try restart(machine)
            return nil
        } catch let failure as Failure where !machine.disk.isDead {
            throw failure
        } catch {
            if machine.disk.isDead {
                try restart(machine)
                return nil
            }
            if machine.disk.capacity != nil, Self.isFull(error) {
                note("disk was full")
                return nil
            }
            guard isAllowed(error) else { throw Failure("\(machine.name): \(error)") }
            return nil
        }
    }

    private static func isFull(_ error: any Error) -> Bool {
        if let error = error as? SQLiteError { return error.isFull }
        if let error = error as? ReplicaError { return error == .diskFull }
        return false
    }

    /// Looks into a machine's files from outside of the world: there no disk is full.
    func look<R>(at machine: Machine, _ body: () throws -> R) rethrows -> R {
        let capacity = machine.disk.capacity
        machine.disk.capacity = nil
        defer { machine.disk.capacity = capacity }
        return try body()
    }

    /// Starts a machine again whose disk died under it.
    private func restart(_ machine: Machine) throws {
        note(
            machine.losesPower ? "power lost in a write" : "killed in a write", machine.name)
        try crash(machine, losingPower: machine.losesPower)
        machine.drawPowerCut()
    }

    /// Stops a machine and starts it again.
    func crash(_ machine: Machine, losingPower: Bool) throws {
        machine.disk.now = machine.time(at: time)
        do {
            do {
                try machine.crash(losingPower: losingPower)
            } catch let error where machine.disk.capacity != nil && Self.isFull(error) {
                // Without room for its shared memory not even a reader can open a database.
                note("room made for a start", machine.name)
                machine.disk.capacity = nil
                try machine.start()
            }
        } catch {
            throw Failure("\(machine.name) does not start again: \(error)")
        }
        if machine === centre { try checkClock() }
    }

    /// A server does not start far below the time of its last commit: somebody sets the clock, or
    /// says that it is right, and was ahead before.
    private func checkClock() throws {
        let behind = try centre.lastCommitTime() - centre.time(at: time)
        guard behind > ServerLimits.clockBehindMillisecondsMax else { return }
        guard time % 2 == 0 else { return note("centre clock said to be right") }
        centre.skew += behind
        note("centre clock put right")
    }
}
