import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// A small firm in memory: two portfolios with one account each, an office that holds the first.
/// All ids are the same every time, so that an input means the same in every process.
final class MergeCentre {
    static let now: Int64 = 1_790_000_000_000
    static let held = "MT"
    static let other = "PZ"
    static let person = "01890000-0000-7000-8000-0000000000a1"
    static let matter = "01890000-0000-7000-8000-0000000000b1"
    static let phone = "01890000-0000-7000-8000-0000000000c1"
    static let otherPerson = "01890000-0000-7000-8000-0000000000a2"
    static let otherMatter = "01890000-0000-7000-8000-0000000000b2"

    let engine: CentreEngine
    /// The office that holds `held`, and one that holds `other`.
    let office: Int64
    let stranger: Int64

    init() throws {
        let db = try Connection(path: ":memory:")
        try CentreEngine.create(on: db, schema: try MergeSchema.make())
        let engine = try CentreEngine(db: db)
        func add(_ name: String, _ portfolio: String) throws -> Int64 {
            try db.transaction {
                try engine.addReplica(name: name, portfolios: [portfolio], now: Self.now).replica
            }
        }
        _ = try db.transaction {
            try engine.act(now: Self.now) { act in
                try act.insert("label", id: "L1", ["text": .text("late")])
                for (person, matter, portfolio) in [
                    (Self.person, Self.matter, Self.held),
                    (Self.otherPerson, Self.otherMatter, Self.other),
                ] {
                    try act.insert("person", id: person, ["name": .text("Rossi")])
                    try act.insert(
                        "matter", id: matter,
                        ["person_id": .text(person), "portfolio_id": .text(portfolio)])
                }
                try act.insert(
                    "phone", id: Self.phone,
                    ["person_id": .text(Self.person), "value": .text("1")])
            }
        }
        office = try add("A", Self.held)
        stranger = try add("B", Self.other)
        self.engine = engine
    }
}
