import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// SplitMix64 (Steele, Lea and Flood, 2014): a history is its seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// One random history: offices write, sync over a line that loses, repeats and delays, are copied,
/// and are put back; at the end everything that a file held, or the centre had, must be everywhere.
final class History {
    let world: World
    var random: SeededRandom
    var offices: [Office] = []
    /// What each office's file holds and holds only by its own hand or by syncs.
    var known: [NaiveModel] = []
    /// Everything that the centre has taken.
    var central = NaiveModel()
    /// Copies of files that were laid aside, with what they held.
    var backups: [(path: String, known: NaiveModel)] = []
    /// Answers on their way: for which office, and the bytes.
    var late: [(Int, [UInt8])] = []
    var events: [String: Int] = [:]

    init(seed: UInt64) throws {
        world = try World()
        random = SeededRandom(seed: seed)
        try world.act { act in
            for number in 0..<3 {
                let person = try act.insert("person", ["name": .text("P\(number)")])
                try act.insert(
                    "matter", ["person_id": .text(person), "portfolio_id": .text("MT")])
            }
        }
        for name in ["A", "B", "C"] {
            offices.append(try world.office(name, ["MT"]))
            known.append(NaiveModel())
        }
        for index in offices.indices {
            try world.sync(offices[index])
            try look(index)
        }
        central = known[0]
    }

    /// Notes what the office's file holds now.
    func look(_ index: Int) throws {
        known[index].formUnion(try NaiveModel(reading: offices[index].sql))
    }

    func run(steps: Int) throws {
        for _ in 0..<steps {
            let index = Int.random(in: offices.indices, using: &random)
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<50: try write(index)
            case 50..<68: try exchange(index)
            case 68..<74: try loseAnswer(index)
            case 74..<78: try repeatRequest(index)
            case 78..<82: try delay(index)
            case 82..<86: try arrive()
            case 86..<90: try layAside(index)
            case 90..<94: try putBack(index)
            case 94..<97: try copy(index)
            default: try sealOnly(index)
            }
        }
        try settle()
    }

    private func count(_ event: String) { events[event, default: 0] += 1 }

    private func write(_ index: Int) throws {
        let sql = offices[index].sql
        let text = String(Int.random(in: 0..<1000, using: &random))
        let pick = Int.random(in: 0..<3, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            try sql.run(
                """
                INSERT INTO paid(matter_id, amount, text) SELECT id, ?, ?
                FROM matter ORDER BY id LIMIT 1 OFFSET ?
                """,
                .integer(Int64(pick + 1)), .text(text), SQLiteValue(pick))
        case 1:
            try sql.run(
                """
                UPDATE person SET name = ?
                WHERE id = (SELECT id FROM person ORDER BY id LIMIT 1 OFFSET ?)
                """,
                .text(text), SQLiteValue(pick))
        case 2:
            try sql.run(
                """
                UPDATE person SET street = ?, city = ?
                WHERE id = (SELECT id FROM person ORDER BY id LIMIT 1 OFFSET ?)
                """,
                pick == 0 ? .null : .text(text), .text(text), SQLiteValue(pick))
        case 3:
            try sql.run(
                """
                UPDATE matter SET stage = ?
                WHERE id = (SELECT id FROM matter ORDER BY id LIMIT 1 OFFSET ?)
                """,
                .text(text), SQLiteValue(pick))
        case 4:
            try sql.run(
                """
                INSERT INTO phone(person_id, value) SELECT id, ?
                FROM person ORDER BY id LIMIT 1 OFFSET ?
                """,
                .text(text), SQLiteValue(pick))
        default:
            try sql.run(
                """
                UPDATE phone SET value = ?, hint = ?
                WHERE id = (SELECT id FROM phone ORDER BY id LIMIT 1 OFFSET ?)
                """,
                .text(text), .text(text), SQLiteValue(pick))
        }
        count("write")
        try look(index)
    }

    private func serve(_ index: Int) throws -> [UInt8] {
        let answer = try world.serve(try offices[index].engine.request().encoded())
        central.formUnion(try NaiveModel(reading: world.centre.db))
        return answer
    }

    private func merge(_ index: Int, _ answer: [UInt8]) throws {
        do {
            let report = try offices[index].engine.merge(
                SyncAnswer(decoding: answer), clockOffset: nil)
            if report.needsNewNumber {
                try world.mend(offices[index])
                count("mended")
            }
        } catch ReplicaError.answerForAnother {
            count("dropped")
        }
        try look(index)
    }

    private func exchange(_ index: Int) throws {
        try merge(index, try serve(index))
        count("exchange")
    }

    private func loseAnswer(_ index: Int) throws {
        _ = try serve(index)
        count("lost answer")
    }

    private func repeatRequest(_ index: Int) throws {
        let request = try offices[index].engine.request().encoded()
        _ = try world.serve(request)
        let again = try world.serve(request)
        central.formUnion(try NaiveModel(reading: world.centre.db))
        try merge(index, again)
        count("repeated request")
    }

    private func delay(_ index: Int) throws {
        late.append((index, try serve(index)))
        count("delayed answer")
    }

    private func arrive() throws {
        guard !late.isEmpty else { return }
        let (index, answer) = late.remove(at: Int.random(in: late.indices, using: &random))
        try merge(index, answer)
        count("late arrival")
    }

    private func sealOnly(_ index: Int) throws {
        _ = try offices[index].engine.request()
        count("sealed")
    }

    private func layAside(_ index: Int) throws {
        let path = world.path()
        _ = try offices[index].copy(to: path)
        backups.append((path, known[index]))
        count("laid aside")
    }

    /// The file is replaced by an older copy: what only it held is gone, and nobody promised it.
    private func putBack(_ index: Int) throws {
        guard let backup = backups.randomElement(using: &random) else { return }
        let source = try Office(path: backup.path)
        offices[index] = try source.copy(to: world.path())
        known[index] = backup.known
        late.removeAll { $0.0 == index }
        count("put back")
    }

    private func copy(_ index: Int) throws {
        guard offices.count < 6 else { return }
        offices.append(try offices[index].copy(to: world.path()))
        known.append(known[index])
        // A file and its copy have one number until one of them is found out: with one floor ahead
        // of both clocks they give the same stamp to different values.
        for office in [offices[index], offices[offices.count - 1]] {
            try office.sql.run("UPDATE me SET floor = max(floor, ?)", .integer(World.now() + 2000))
        }
        count("copied")
    }

    private func settle() throws {
        for index in offices.indices { try look(index) }
        for _ in 0..<3 { for office in offices { try world.sync(office) } }
        central.formUnion(try NaiveModel(reading: world.centre.db))
    }

    /// Checks that everything is everywhere, nothing twice, and that all say the same.
    func check(seed: UInt64) throws {
        var all = central
        for model in known { all.formUnion(model) }
        let expected = all.registers()
        let digests = try world.centre.store.digests(portfolios: ["MT"])
        let again = "run again with RIENTRO_SEED=\(seed)"
        for db in [world.centre.db] + offices.map(\.sql) {
            let state = try NaiveModel(reading: db)
            #expect(state.facts == all.facts, "payments differ; \(again)")
            #expect(state.births == all.births, "births differ; \(again)")
            #expect(state.registers() == expected, "registers differ; \(again)")
        }
        for office in offices {
            #expect(try office.digests() == digests, "digests differ; \(again)")
            #expect(try office.engine.refusals().isEmpty, "something was refused; \(again)")
        }
        // Files may share a number only as long as none was written to without the others.
        let heads = try offices.map { (try $0.engine.replica(), try $0.engine.head()) }
        for (number, head) in heads {
            #expect(
                heads.allSatisfy { $0.0 != number || $0.1 == head },
                "two files write under the number \(number); \(again)")
        }
    }
}

@Suite("Random histories")
struct HistoryTests {
    /// A seed from the environment runs alone; a count from there makes the long form.
    static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["RIENTRO_SEED"].flatMap(UInt64.init) { return [seed] }
        return Array(1...(environment["RIENTRO_HISTORIES"].flatMap(UInt64.init) ?? 60))
    }

    @Test("lines that lose and repeat, copies and put-back files: nothing is lost and all agree")
    func histories() throws {
        var events: [String: Int] = [:]
        for seed in Self.seeds {
            let history = try History(seed: seed)
            try history.run(steps: 60)
            try history.check(seed: seed)
            events.merge(history.events, uniquingKeysWith: +)
        }
        if Self.seeds.count > 1 {
            for event in [
                "write", "exchange", "lost answer", "repeated request", "late arrival",
                "put back", "copied", "mended", "dropped",
            ] {
                #expect(events[event, default: 0] > 0, "no history had: \(event)")
            }
        }
    }
}
