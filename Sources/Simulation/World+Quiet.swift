internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore

/// The evening: faults end, everybody syncs, and everything is checked.
extension World {
    /// Exchanges after which a sync of an evening must have come to its end. A repair of some
    /// hundred rows that an index keeps out asks for each of them five times.
    private static let exchangesMax = 4_000
    /// Rounds of syncs after which nothing may be on its way any more. A round brings what the one
    /// before sent; refusals, what is asked for again, and new numbers take a few more.
    private static let roundsMax = 8

    /// Checks what may be checked at any time.
    package func checkMidway() throws {
        let db = try centre.reading().db
        try oracle.checkCentre(db)
        for office in offices {
            try look(at: office) {
                try oracle.checkOffice(office)
                try oracle.checkAcknowledged(office, db)
            }
        }
    }

    /// Ends all faults and lets everybody sync until nothing is on its way. Throws `Failure` where
    /// that never comes.
    package func settle() throws {
        isEvening = true
        for machine in offices + [centre] as [Machine] {
            machine.disk.disarm()
            machine.disk.capacity = nil
            machine.eventsUntilPowerCut = nil
        }
        line.clear()
        for office in offices { try letIn(office) }
        try checkPulled()
        for office in offices { office.requestBytesMax = nil }
        try mendBesideOwn()
        for office in offices { _ = try run(on: office) { try dropOwn(at: office) } }
        var before: [Cursor] = []
        for _ in 0..<Self.roundsMax {
            for at in offices.indices { try syncToEnd(at) }
            let now = try offices.map { try $0.running().cursor() }
            let isQuiet = try offices.allSatisfy {
                try oracle.believesAllSent($0.sql()) && $0.running().suspects().isEmpty
            }
            if isQuiet, now == before, Set(now.map(\.commit)).count == 1 {
                // Before the proof, which would mend what differs.
                let db = try centre.reading().db
                for office in offices { try oracle.checkEqual(office, db) }
                return try prove()
            }
            before = now
        }
        throw Failure("after \(Self.roundsMax) rounds of syncs something is still on its way")
    }

    /// What comes in never waits for what goes out: behind a proxy that takes no large request an
    /// office hears of everything all the same.
    private func checkPulled() throws {
        for at in offices.indices where offices[at].requestBytesMax != nil {
            try syncToEnd(at)
            let (own, wanted) = try (offices[at].running().cursor(), centre.reading().cursor())
            guard own == wanted else {
                throw Failure(
                    "\(offices[at].name) behind a proxy is at commit \(own.commit) of "
                        + "\(wanted.commit)")
            }
        }
    }

    /// Lets who has indexes of his own compare and repair before they are dropped: what they keep
    /// out is behind, and stays so.
    private func mendBesideOwn() throws {
        for at in offices.indices where try hasOwn(offices[at]) {
            try syncToEnd(at)
            try syncToEnd(at, verifying: true)
        }
    }

    /// Enrols a file again that was shut out. Once more where its code was made for a copy since.
    private func letIn(_ office: OfficeMachine) throws {
        var tries = 0
        while try isShutOut(office) || office.enrolling != nil {
            tries += 1
            guard tries <= Self.roundsMax else {
                throw Failure("\(office.name) cannot enrol again")
            }
            _ = try enrolAgain(office)
        }
    }

    /// "In sync" is a checked statement: where nothing is on its way, every office can prove it.
    private func prove() throws {
        for at in offices.indices {
            let before = happened["proven", default: 0]
            try syncToEnd(at, verifying: true)
            guard happened["proven", default: 0] == before + 1 else {
                throw Failure("\(offices[at].name) cannot prove that it is in sync")
            }
        }
    }

    /// A whole sync of one office on a line without faults, with a proof where that is asked for.
    private func syncToEnd(_ at: Int, verifying: Bool = false) throws {
        offices[at].courses = [:]
        var chance = Chance(seed: UInt64(at))
        try begin(OfficeCourse(verifying: verifying), at: at)
        for _ in 0..<Self.exchangesMax {
            time += 50
            guard let (request, _) = line.take(at: time, &chance) else { return }
            try serve([request])
            guard let (answer, _) = line.take(at: time, &chance) else {
                throw Failure("\(offices[at].name) gets no answer")
            }
            try receive(answer, &chance)
        }
        throw Failure("a sync of \(offices[at].name) never ends")
    }

    /// Checks everything, once nothing is on its way.
    package func checkQuiet() throws {
        let db = try centre.reading().db
        try oracle.checkQuiet(db, offices)
        try checkTold()
        var digests: [[String]: [TableDigest]] = [:]
        for office in offices { try checkDigests(office, &digests) }
        try checkDigestsSeeChanges()
        let scratch = "/verify.sqlite"
        centre.disk.put([], at: scratch)
        defer { centre.disk.remove(scratch) }
        let report = try run(on: centre) {
            try CentreVerify.run(
                try centre.open(.readOnly), scratch: scratch, vfs: centre.disk.name)
        }
        if let finding = report?.findings.first {
            throw Failure("the centre's own check: \(finding)")
        }
    }

    /// The centre knows of every office that it has sent all that it has sealed.
    private func checkTold() throws {
        centre.disk.now = centre.time(at: time)
        centre.writeSeen()
        let known = try centre.reading().replicas()
        for office in offices {
            let engine = try office.running()
            let (number, head) = (try engine.replica(), try engine.head().number)
            guard let record = known.first(where: { $0.number == number }) else {
                throw Failure("the centre does not know the number of \(office.name)")
            }
            guard record.toldHead == head, record.headNumber == head, record.unsent == 0 else {
                throw Failure(
                    "\(office.name) sealed \(head) and told \(record.toldHead): \(record.unsent) "
                        + "are said to be unsent")
            }
        }
    }

    /// "In sync" is a checked statement: both sides name the same digests at the same commit.
    private func checkDigests(
        _ office: OfficeMachine, _ digests: inout [[String]: [TableDigest]]
    ) throws {
        let engine = try office.running()
        let centre = try centre.reading()
        guard try engine.cursor() == centre.cursor() else {
            throw Failure("\(office.name) is at another commit than the centre")
        }
        let own = try engine.store.digests(portfolios: office.portfolios)
        let wanted =
            try digests[office.portfolios]
            ?? centre.store.digests(portfolios: office.portfolios)
        digests[office.portfolios] = wanted
        guard own == wanted else {
            throw Failure("the digests of \(office.name) and the centre differ")
        }
    }

    /// Equal digests would prove nothing if they did not see a changed value, or a changed stamp.
    private func checkDigestsSeeChanges() throws {
        let engine = try centre.open(.readWrite)
        // One portfolio that has the debtor below.
        let portfolio = try engine.db.rows(
            "SELECT portfolio_id FROM account ORDER BY debtor_id LIMIT 1", body: { $0.text(0) })
        let before = try engine.store.digests(portfolios: portfolio)
        for change in ["note = coalesce(note, '') || '.'", "born_stamp = born_stamp - 1"] {
            try engine.db.execute("BEGIN")
            defer { try? engine.db.execute("ROLLBACK") }
            try engine.db.execute(
                "UPDATE debtor SET \(change) WHERE id = (SELECT min(debtor_id) FROM account)")
            guard engine.db.changes == 1,
                try engine.store.digests(portfolios: portfolio) != before
            else { throw Failure("the digests are the same after \(change)") }
        }
    }
}
