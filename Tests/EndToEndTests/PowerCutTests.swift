import Foundation
import Testing

/// The power goes at any moment, at the centre, in an office, or everywhere.
///
/// Unlike `KillTests`, which hunts for transactions, the moments here are drawn by chance, and it
/// is counted how many of them fell inside a transaction: every program that is to die is stopped
/// first, the kernel's table of locks is read, and then it is killed where it stands.
@Suite("power cuts", .ownThreads, .timeLimit(.minutes(30)))
struct PowerCutTests {
    @Test("after power cuts at random moments all that was reported is at the centre, once")
    func anywhere() throws {
        let seed = Programs.seed(1)
        let rounds = Programs.rounds(20)
        var world = try BlackoutWorld(seed: seed)
        for round in 0..<rounds {
            try world.work(round)
            try world.cut()
            try world.look(round)
        }
        print("power cuts: seed \(seed), \(rounds) rounds, \(world.tally)")
        try world.settle()
        let inside = world.tally.roundsInside
        // One in ten is far below what was seen, and enough to mean something.
        #expect(inside * 10 >= rounds, "only \(inside) of \(rounds) cuts fell inside a transaction")
    }

    @Test("what is lost, halved, doubled or changed by a cent is found")
    func bites() {
        var written = WrittenRows()
        written.begin(.init(mark: "a", notes: 2, amount: 1_005))
        written.begin(.init(mark: "b", notes: 0, amount: 7))
        written.report("a")
        #expect(written.faults(payments: ["a": [1_005]], notes: ["a": 2]) == [])
        #expect(written.faults(payments: ["a": [1_005], "b": [7]], notes: ["a": 2]) == [])
        let wrong: [([String: [Int]], [String: Int])] = [
            ([:], [:]), (["b": [7]], [:]), (["a": [1_005]], ["a": 1]), (["a": [1_005]], [:]),
            (["a": [1_004]], ["a": 2]), (["a": [1_005, 1_005]], ["a": 2]),
            (["a": [1_005], "c": [1]], ["a": 2]), (["a": [1_005]], ["a": 2, "b": 1]),
        ]
        for (payments, notes) in wrong {
            #expect(written.faults(payments: payments, notes: notes) != [], "\(payments)")
        }
    }
}

/// How many programs were killed, and how many of them inside a transaction.
struct BlackoutTally: CustomStringConvertible {
    /// Which program it was.
    enum Kind: String, CaseIterable { case server, sync, pay, shell }

    private var killed: [Kind: Int] = [:]
    private var inside: [Kind: Int] = [:]
    /// Rounds in which at least one program died inside a transaction.
    private(set) var roundsInside = 0

    mutating func add(_ deaths: [(kind: Kind, isInside: Bool)]) {
        for death in deaths {
            killed[death.kind, default: 0] += 1
            if death.isInside { inside[death.kind, default: 0] += 1 }
        }
        if deaths.contains(where: \.isInside) { roundsInside += 1 }
    }

    var description: String {
        let kinds = Kind.allCases.map {
            "\($0) \(inside[$0, default: 0]) of \(killed[$0, default: 0])"
        }
        return "\(roundsInside) cuts inside a transaction; killed inside one, of all killed: "
            + kinds.joined(separator: ", ")
    }
}
