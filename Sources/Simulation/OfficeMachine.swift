internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite

/// An office: its file, the programs that are open on it, and the secrets beside it.
final class OfficeMachine: Machine {
    /// The path of the replica on the office's disk.
    static let file = "/office.sqlite"

    let schema: Schema
    /// The portfolios that it was given.
    let portfolios: [String]
    /// The token of each incarnation, as the file beside the replica keeps them.
    var tokens: [[UInt8]: [UInt8]]
    /// What people wrote into this file, oldest first.
    var own: [Write] = []
    /// The copy that somebody made of the folder, to put it back one day.
    var saved: Saved?
    /// Syncs that wait for an answer, by the number that their messages carry.
    var courses: [Int: SyncCourse] = [:]

    private(set) var engine: ReplicaEngine?
    private(set) var people: PeopleConnection?
    private var shell: Connection?

    /// A folder as it was once.
    struct Saved {
        let files: SimulatedDisk.Snapshot
        let tokens: [[UInt8]: [UInt8]]
        let own: [Write]
    }

    init(
        name: String, seed: UInt64, schema: Schema, portfolios: [String],
        tokens: [[UInt8]: [UInt8]]
    ) {
        self.schema = schema
        self.portfolios = portfolios
        self.tokens = tokens
        super.init(name: name, seed: seed)
    }

    override func start() throws {
        engine = try ReplicaEngine(path: Self.file, vfs: disk.name)
        people = try PeopleConnection(path: Self.file, schema: schema, vfs: disk.name)
        shell = try Connection(path: Self.file, mode: .readWrite, vfs: disk.name)
    }

    override func forget() {
        (engine, people, shell) = (nil, nil, nil)
        courses = [:]
    }

    /// The engine of a machine that runs, which all do between two events.
    func running() throws -> ReplicaEngine {
        guard let engine else { throw Failure("\(name) does not run") }
        return engine
    }

    /// What another program on the machine has open, with nothing set.
    func sql() throws -> Connection {
        guard let shell else { throw Failure("\(name) does not run") }
        return shell
    }
}
