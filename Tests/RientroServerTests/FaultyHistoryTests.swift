import Foundation
import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

/// Random histories with everything at once: clocks that are days off, texts that cannot travel,
/// rows whose parent comes later, ids used twice, grants, lost and late answers, copied files.
/// Whatever happened, offices that have synced hold the same as the centre.
private final class FaultyHistory {
    let world: World
    var random: SeededRandom
    var offices: [Office] = []
    private var late: [(office: Int, answer: [UInt8])] = []
    private var matters: [String] = []
    private var used = 0

    init(seed: UInt64) throws {
        world = try World()
        random = SeededRandom(seed: seed)
        for number in 0..<4 {
            matters.append("01890000-0000-7000-8000-00000000000\(number)")
        }
        try world.act { act in
            for portfolios in [["MT"], ["PZ"], ["MT", "PZ"]] {
                let person = try act.insert("person", ["name": .text("P")])
                for portfolio in portfolios {
                    try act.insert(
                        "matter", ["person_id": .text(person), "portfolio_id": .text(portfolio)])
                }
            }
        }
        for portfolios in [["MT"], ["MT"], ["MT", "PZ"], ["PZ"]] {
            let office = try world.office("office", portfolios)
            try world.sync(office)
            offices.append(office)
        }
    }

    func run(steps: Int) throws {
        for _ in 0..<steps { try step(Int.random(in: 0..<offices.count, using: &random)) }
        for office in offices { try office.sql.execute("UPDATE me SET \"offset\" = 0") }
        for _ in 0..<3 {
            for office in offices { try world.sync(office) }
        }
    }

    private func one(_ table: String, _ office: Office) throws -> String {
        let ids = try office.sql.rows("SELECT id FROM \(table) ORDER BY id") { $0.text(0) }
        return ids.randomElement(using: &random) ?? "none"
    }

    private func step(_ index: Int) throws {
        let office = offices[index]
        let word = "w\(Int.random(in: 0..<4, using: &random))"
        switch Int.random(in: 0..<16, using: &random) {
        case 0:
            try office.sql.execute(
                "INSERT INTO phone(person_id, value) VALUES ('\(one("person", office))', '\(word)')"
            )
        case 1, 2:
            try office.sql.execute(
                "UPDATE phone SET value = '\(word)' WHERE id = '\(one("phone", office))'")
        case 3:
            try office.sql.execute(
                "UPDATE phone SET hint = '\(word)' WHERE id = '\(one("phone", office))'")
        case 4:
            try office.sql.execute(
                "UPDATE phone SET hint = CAST(x'ff' AS TEXT) WHERE id = '\(one("phone", office))'")
        case 5, 6:
            try office.sql.execute(
                "UPDATE person SET name = '\(word)', city = '\(word)'"
                    + " WHERE id = '\(one("person", office))'")
        case 7: try pay(office)
        case 8:
            let offset = [0, 86_400_000, -86_400_000, 3_000].randomElement(using: &random) ?? 0
            try office.sql.execute("UPDATE me SET \"offset\" = \(offset)")
        case 9: try actOfCentre(word)
        case 10: if offices.count < 7 { offices.append(try office.copy(to: world.path())) }
        case 11: late.append((index, try world.serve(try office.engine.request().encoded())))
        case 12: try mergeLate()
        default: try world.sync(office)
        }
    }

    private func pay(_ office: Office) throws {
        let matter =
            Bool.random(using: &random)
            ? try one("matter", office) : matters.randomElement(using: &random) ?? ""
        // Few ids, so that two offices use the same one for different facts.
        let id = "01890000-0000-7000-8000-1000000000\(Int.random(in: 10..<40, using: &random))"
        try office.sql.execute(
            "INSERT OR IGNORE INTO paid(id, matter_id, amount) VALUES ('\(id)', '\(matter)', "
                + "\(Int.random(in: 1..<4, using: &random)))")
    }

    private func actOfCentre(_ word: String) throws {
        let persons = try world.centre.db.rows("SELECT id FROM person ORDER BY id") { $0.text(0) }
        let person = persons.randomElement(using: &random) ?? ""
        let portfolio = Bool.random(using: &random) ? "MT" : "PZ"
        let isNew = Bool.random(using: &random) && used < matters.count
        try world.act { act in
            if isNew {
                try act.insert(
                    "matter", id: matters[used],
                    ["person_id": .text(person), "portfolio_id": .text(portfolio)])
            } else {
                try act.set("person", id: person, ["name": .text("centre " + word)])
            }
        }
        if isNew { used += 1 }
    }

    private func mergeLate() throws {
        guard !late.isEmpty else { return }
        let (index, bytes) = late.remove(at: Int.random(in: 0..<late.count, using: &random))
        do {
            _ = try offices[index].engine.merge(SyncAnswer(decoding: bytes), clockOffset: nil)
        } catch ReplicaError.answerForAnother {
            // The file has another number by now.
        }
    }
}

@Suite("histories with every fault at once")
struct FaultyHistoryTests {
    private static let seeds =
        ProcessInfo.processInfo.environment["RIENTRO_HISTORIES"].flatMap { UInt64($0) } ?? 20

    @Test("offices that have synced hold the same as the centre, whatever happened before")
    func converge() throws {
        for seed in 1...Self.seeds {
            let history = try FaultyHistory(seed: seed)
            do {
                try history.run(steps: 90)
            } catch {
                Issue.record("seed \(seed): \(error)")
                continue
            }
            for (index, office) in history.offices.enumerated() {
                let own = try office.digests()
                let centre = try history.world.centre.store.digests(
                    portfolios: try office.engine.portfolios())
                #expect(own == centre, "seed \(seed), office \(index)")
            }
        }
    }
}
