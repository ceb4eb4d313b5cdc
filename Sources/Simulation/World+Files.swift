internal import RientroSQLite
internal import RientroServer

/// What people do with files: they copy them, and put old ones back.
extension World {
    func moveFile(_ kind: Event.Kind, _ chance: inout Chance) throws {
        let office = office(&chance)
        switch kind {
        case .fileCopied:
            guard offices.count < firm.machinesMax else { return }
            try noteUnsealed(office)
            let twin = try copy(office)
            if chance.isOnce(in: 2) { try writeAlike(office, twin, &chance) }
        case .fileSaved:
            if chance.isOnce(in: 3) { try writeAhead(office, &chance) }
            try noteUnsealed(office)
            office.saved = .init(
                files: office.disk.snapshot(), tokens: office.tokens,
                enrolling: office.enrolling, own: office.own, toldTime: office.toldTime)
        default:
            guard let saved = office.saved else { return }
            try putBack(saved, at: office)
        }
        note(kind, office.name)
    }

    /// Notes what is not sealed yet in a file of which there will be two.
    private func noteUnsealed(_ office: OfficeMachine) throws {
        let rows = try look(at: office) {
            Set(try office.sql().rows("SELECT row FROM pending", body: { $0.text(0) }))
        }
        for write in office.own {
            switch write {
            case .fact(let fact):
                if fact.isUncaptured || rows.contains(fact.id) { fact.isInTwoUnsealed = true }
            case .writing(let writing):
                if writing.isUncaptured || rows.contains(writing.register.row) {
                    writing.isInTwoUnsealed = true
                }
            }
        }
    }

    /// Copies a folder to another machine; both work on from there.
    private func copy(_ office: OfficeMachine) throws -> OfficeMachine {
        let (name, seed) = newMachine()
        let twin = OfficeMachine(
            name: name, seed: seed, schema: schema, portfolios: office.portfolios,
            tokens: office.tokens)
        twin.disk.restore(office.disk.snapshot())
        twin.enrolling = office.enrolling
        twin.own = office.own
        twin.toldTime = office.toldTime
        twin.skew = office.skew
        twin.disk.now = twin.time(at: time)
        do { try twin.start() } catch { throw Failure("a copy does not start: \(error)") }
        offices.append(twin)
        return twin
    }

    /// Two people write the same register of a file and its copy in the same millisecond, each a
    /// value of their own: the stamps are equal.
    private func writeAlike(
        _ office: OfficeMachine, _ twin: OfficeMachine, _ chance: inout Chance
    ) throws {
        let kind: Event.Kind = chance.isOnce(in: 2) ? .keptRegister : .latestRegister
        var same = chance
        try setRegister(kind, at: office, &same)
        try setRegister(kind, at: twin, &chance)
    }

    /// Somebody writes while the clock is years ahead: what is saved now, and put back one day, has
    /// a write that is not sealed and whose stamp must be corrected.
    private func writeAhead(_ office: OfficeMachine, _ chance: inout Chance) throws {
        guard faults.contains(.clock) else { return }
        office.skew = Int64(1 + chance.below(20)) * 365 * 86_400_000
        let kind: Event.Kind = chance.isOnce(in: 2) ? .keptRegister : .latestRegister
        try setRegister(kind, at: office, &chance)
    }

    /// Puts a folder back as it was. What was written since and is in no other file, nor at the
    /// centre, is gone with the disk that it was on, and nobody was told otherwise.
    private func putBack(_ saved: OfficeMachine.Saved, at office: OfficeMachine) throws {
        let isAllSent = try look(at: office) { try oracle.believesAllSent(office.sql()) }
        let centre = try centre.reading().db
        for write in office.own.dropFirst(saved.own.count) {
            let isElsewhere = offices.contains { other in
                other !== office && other.own.contains { $0.isSame(as: write) }
            }
            guard !isElsewhere else { continue }
            switch write {
            case .fact(let fact):
                let found = try centre.integer(
                    "SELECT 1 FROM \(fact.table) WHERE id = ?", .text(fact.id))
                fact.isCertain = found == 1
            case .writing(let writing): writing.isCertain = isAllSent && writing.isCertain
            }
        }
        office.disk.kill()
        office.forget()
        office.disk.disarm()
        office.disk.capacity = nil
        office.disk.restore(saved.files)
        office.disk.revive()
        office.tokens = saved.tokens
        office.enrolling = saved.enrolling
        office.asked = nil
        office.life = OfficeMachine.Life()
        office.own = saved.own
        office.toldTime = saved.toldTime
        office.disk.now = office.time(at: time)
        do {
            try office.start()
        } catch {
            throw Failure("\(office.name) does not start with the file put back: \(error)")
        }
    }
}

extension Write {
    /// Whether it is the same write, which files that were copied share.
    func isSame(as other: Write) -> Bool {
        switch (self, other) {
        case (.fact(let a), .fact(let b)): a === b
        case (.writing(let a), .writing(let b)): a === b
        default: false
        }
    }
}
