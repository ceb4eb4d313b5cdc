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

    init(name: String, seed: UInt64) {
        self.name = name
        disk = SimulatedDisk(name: name, seed: seed)
    }

    /// Starts what runs on it. Throws what the real programs throw at their start.
    func start() throws {}

    /// Lets go of everything that was running: nothing of it is asked again.
    func forget() {}

    /// Stops at once, and starts again.
    func crash(losingPower: Bool) throws {
        forget()
        if losingPower { disk.powerCut() } else { disk.kill() }
        disk.writesUntilDeath = nil
        disk.revive()
        try start()
    }

    /// The machine's time where the true one is `time`, in milliseconds since 1970. It stays in
    /// the years that SQLite can name.
    func time(at time: Int64) -> Int64 { min(max(time + skew, 0), Self.latest) }

    /// The end of the year 9998.
    private static let latest: Int64 = 253_370_764_800_000
}
