import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// What a program made for it sends under an office's number, with a token that is in order.
struct HandMade {
    let world: World
    let replica: Int64

    /// Applies one change as the office's next change-set.
    func push(_ change: RowChange, of unit: Unit) throws -> Outcome {
        try push([UnitChanges(unit: unit, rows: [change])])
    }

    /// Applies a content as the office's next change-set.
    func push(_ units: [UnitChanges], names: [ChangeSetName] = []) throws -> Outcome {
        let set = try changeSet(units, names: names)
        return try world.centre.db.transaction {
            try world.centre.ingest(set, from: replica, now: World.now())
        }
    }

    /// The office's next change-set.
    func changeSet(_ units: [UnitChanges], names: [ChangeSetName] = []) throws -> ChangeSet {
        let head = try world.centre.head(of: replica)
        return ChangeSet(
            replica: replica, number: head.number + 1, previous: head.hash,
            cursor: try world.centre.cursor(), names: names,
            part: Part(
                salt: Array(repeating: 1, count: 16), content: UnitChanges.encode(units)))
    }

    /// A number of its own for a file that was found to be a copy, as the centre gives it.
    func renumbered() throws -> HandMade {
        let incarnation = (0..<16).map { _ in UInt8.random(in: 0...255) }
        let request = RenumberRequest(
            replica: replica, head: .none, tokenHash: SHA256.hash(incarnation),
            incarnation: incarnation)
        let answer = try world.centre.db.transaction {
            try world.centre.renumber(request, authenticated: replica, now: World.now())
        }
        return HandMade(world: world, replica: answer.replica)
    }
}

extension Value: ExpressibleByStringLiteral {
    /// A text.
    public init(stringLiteral text: String) { self = .text(text) }
}
