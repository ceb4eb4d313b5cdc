internal import RientroSQLite

/// A computer of the firm: its disk, its clock, and what runs on it.
class Machine {
    /// What a report calls it.
    let name: String
    let disk: SimulatedDisk
    /// By how many milliseconds its clock is ahead of the true time.
    var skew: Int64 = 0
    /// Whether it loses its power, and not only its programs, when the disk's count of writes ends.
    var losesPower = false
    /// After how many events its power is cut once more: troubles come in pairs.
    var eventsUntilPowerCut: Int?
    /// What it draws by itself.
    private var chance: Chance

    init(name: String, seed: UInt64) {
        self.name = name
        chance = Chance(seed: seed &+ 0xA6)
        disk = SimulatedDisk(name: name, seed: seed)
    }

    /// Starts what runs on it. Throws what the real programs throw at their start.
    func start() throws {}

    /// Lets go of everything that was running: nothing of it is asked again.
    func forget() {}

    /// Stops at once, and starts again.
    func crash(losingPower: Bool) throws {
        // First: what is open is not closed in good order.
        if losingPower { disk.powerCut() } else { disk.kill() }
        forget()
        disk.disarm()
        disk.revive()
        try start()
    }

    /// Draws whether the power is cut again soon after it started: before what a stop left half
    /// done is set right by the next one who writes.
    func drawPowerCut() {
        guard chance.isOnce(in: 3) else { return }
        eventsUntilPowerCut = 1 + chance.below(chance.isOnce(in: 2) ? 5 : 30)
    }

    /// One more event has come. True where the power is cut now.
    func isPowerCutNow() -> Bool {
        guard let events = eventsUntilPowerCut else { return false }
        eventsUntilPowerCut = events > 1 ? events - 1 : nil
        return events == 1
    }

    /// The machine's time where the true one is `time`, in milliseconds since 1970. It stays in
    /// the years that SQLite can name.
    func time(at time: Int64) -> Int64 { min(max(time + skew, 0), Self.latest) }

    /// The end of the year 9998.
    private static let latest: Int64 = 253_370_764_800_000
}
