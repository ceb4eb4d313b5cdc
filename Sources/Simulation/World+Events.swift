internal import RientroProtocol

/// Which event is what.
extension World {
    func apply(_ kind: Event.Kind, _ chance: inout Chance) throws {
        switch kind {
        case .backlog: try insertBacklog(&chance)
        case .note, .payment, .reversal, .promise, .task, .contactPoint, .manyRows:
            try insert(kind, &chance)
        case .latestRegister, .keptRegister: try setRegister(kind, &chance)
        case .resolution: try resolve(&chance)
        case .ownIndex: try addIndex(&chance)
        case .ownTrigger: try addTrigger(&chance)
        case .ownDropped: try dropOwn(&chance)
        case .badText, .badCode, .badID, .badReference, .badMoment: try writeBadly(kind, &chance)
        case .sameID: try insertAgain(&chance)
        case .earlyRow: try insertEarly(&chance)
        case .newAccount, .centralWrite, .newCode, .newOffice, .refusalDiscarded:
            try work(kind, &chance)
        case .sync: try sync(&chance)
        case .verify: try verify(&chance)
        case .delivery: try deliver(&chance)
        case .pause:
            time += Int64(chance.below(8)) * 3_600_000
            note(kind)
        case .messageLost, .messageDoubled, .messageDelayed, .messageCut:
            try meddle(kind, &chance)
        case .answersCrossed: try crossAnswers(&chance)
        case .officeKilled, .officePowerCut:
            let office = office(&chance)
            note(kind, office.name)
            try crash(office, losingPower: kind == .officePowerCut)
        case .centreKilled, .centrePowerCut:
            note(kind)
            try crash(centre, losingPower: kind == .centrePowerCut)
        case .officeKilledAtWrite: arm(office(&chance), kind, losingPower: false, &chance)
        case .officePowerCutAtWrite: arm(office(&chance), kind, losingPower: true, &chance)
        case .centreKilledAtWrite: arm(centre, kind, losingPower: false, &chance)
        case .centrePowerCutAtWrite: arm(centre, kind, losingPower: true, &chance)
        case .officeDiskFull, .officeDiskFreed: setRoom(of: office(&chance), kind, &chance)
        case .centreDiskFull, .centreDiskFreed: setRoom(of: centre, kind, &chance)
        case .officeClock: setClock(of: office(&chance), kind, &chance)
        case .centreClock: try setCentreClock(&chance)
        case .endOfTime: try setEndOfTime(&chance)
        case .proxyLimit, .proxyOpened: setProxy(of: office(&chance), kind, &chance)
        case .fileCopied, .fileSaved, .filePutBack: try moveFile(kind, &chance)
        case .tableRebuilt: try rebuild(&chance)
        case .tokenLost: try loseToken(&chance)
        }
    }

    /// Lets a machine stop at one of its next writes.
    private func arm(
        _ machine: Machine, _ kind: Event.Kind, losingPower: Bool, _ chance: inout Chance
    ) {
        guard machine.disk.writesUntilDeath == nil else { return }
        machine.losesPower = losingPower
        machine.disk.writesUntilDeath = 1 + chance.below(chance.isOnce(in: 3) ? 60 : 12)
        machine.disk.diesInSync = chance.isOnce(in: 3)
        note(kind, machine.name)
    }

    /// Fills a disk up to a few pages, or makes room on it.
    private func setRoom(of machine: Machine, _ kind: Event.Kind, _ chance: inout Chance) {
        let isFilling = kind == .officeDiskFull || kind == .centreDiskFull
        guard isFilling != (machine.disk.capacity != nil) else { return }
        let room = chance.below(12) * 4_096
        machine.disk.capacity = isFilling ? machine.disk.bytesUsed + room : nil
        note(kind, machine.name)
    }

    /// Sets an office's clock: by seconds, hours, or years, ahead or behind; now and then right.
    private func setClock(of machine: Machine, _ kind: Event.Kind, _ chance: inout Chance) {
        let unit = chance.pick([1_000, 60_000, 3_600_000, 86_400_000, 365 * 86_400_000] as [Int64])
        let distance = Int64(1 + chance.below(20)) * unit
        machine.skew = chance.isOnce(in: 4) ? 0 : chance.isOnce(in: 2) ? distance : -distance
        note(kind, "\(machine.name) \(machine.skew) ms")
    }

    /// Sets an office's clock near or past the last time that a clock may say. Half the time
    /// somebody writes a register then, and again before there is an answer to the first.
    private func setEndOfTime(_ chance: inout Chance) throws {
        let at = chance.below(offices.count)
        let office = offices[at]
        let distance = chance.pick([-3_600_000, -1_000, 0, 1 << 32, 1 << 40] as [Int64])
        // Never twice the same time: that would be one stamp for two values.
        office.skew = Limits.clockMillisecondsMax + distance - time + Int64(chance.below(500_000))
        note(.endOfTime, "\(office.name) \(office.skew) ms")
        guard chance.isOnce(in: 2) else { return }
        let kind: Event.Kind = chance.isOnce(in: 2) ? .keptRegister : .latestRegister
        var same = chance
        try setRegister(kind, at: office, &same)
        try begin(OfficeCourse(), at: at)
        try setRegister(kind, at: office, &chance)
    }

    /// Puts a proxy on an office's way that takes no large request, or sets it right.
    private func setProxy(
        of office: OfficeMachine, _ kind: Event.Kind, _ chance: inout Chance
    ) {
        guard (kind == .proxyLimit) != (office.requestBytesMax != nil) else { return }
        office.requestBytesMax = kind == .proxyLimit ? 600 + chance.below(4_000) : nil
        note(kind, office.name)
    }

    /// Sets the centre's clock: a server's is wrong by less, but it jumps both ways; often only for
    /// a few answers, until what keeps its time has noticed.
    private func setCentreClock(_ chance: inout Chance) throws {
        let before = centre.skew
        let unit = chance.pick([1_000, 60_000, 3_600_000] as [Int64])
        let distance = Int64(1 + chance.below(20)) * unit
        centre.skew = chance.isOnce(in: 3) ? 0 : chance.isOnce(in: 2) ? distance : -distance
        note(.centreClock, "\(centre.skew) ms")
        guard chance.isOnce(in: 2) else { return }
        centre.jump = (before, 2 + chance.below(12))
        if chance.isOnce(in: 2) { try hearJump(&chance) }
    }

    /// An office hears of the centre's time while that jumps, and again when it is right; then
    /// somebody writes a register there, and once more after it was sent.
    private func hearJump(_ chance: inout Chance) throws {
        let at = chance.below(offices.count)
        try runAtOnce(OfficeCourse(), at: at, exchangesMax: 1, &chance)
        centre.jump?.events = 1
        endJump()
        try runAtOnce(OfficeCourse(), at: at, exchangesMax: 1, &chance)
        let kind: Event.Kind = chance.isOnce(in: 2) ? .keptRegister : .latestRegister
        var same = chance
        try setRegister(kind, at: offices[at], &same)
        try runAtOnce(OfficeCourse(), at: at, exchangesMax: 2, &chance)
        guard let register = offices[at].lastRegister else { return }
        try set(register, at: offices[at])
    }
}
