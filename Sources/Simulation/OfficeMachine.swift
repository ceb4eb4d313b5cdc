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
    /// The file as one line of writes: a copy is another, and so is a file that was put back.
    var life = Life()
    /// The register that somebody wrote last.
    var lastRegister: RegisterName?
    /// The number that was asked for: by which incarnation, and under which id.
    var asked: (by: [UInt8], incarnation: [UInt8])?
    /// The rows of each `write { }` of several that the centre did not have when it was looked at.
    var together: [[Fact]] = []
    /// The latest of the centre's times in the answers that the file has merged.
    var toldTime: Int64 = 0
    /// The largest request that gets through to the centre, where a proxy stands between.
    var requestBytesMax: Int?
    /// The copy that somebody made of the folder, to put it back one day.
    var saved: Saved?
    /// Programs that wait for an answer, by the number that their messages carry.
    var courses: [Int: OfficeCourse] = [:]

    /// An enrolment that was begun and may have been cut.
    var enrolling: Enrolling?

    private var engine: ReplicaEngine?
    private var library: PeopleConnection?
    private var shell: Connection?

    /// Within one no two values of a register have one stamp.
    final class Life {}

    /// A folder as it was once.
    struct Saved {
        let files: SimulatedDisk.Snapshot
        let tokens: [[UInt8]: [UInt8]]
        let enrolling: Enrolling?
        let own: [Write]
        let toldTime: Int64
    }

    /// What stands beside a file before a code is sent.
    struct Enrolling {
        let code: String
        /// The number that the file had when the code was made for it.
        let replica: Int64
        let incarnation: [UInt8]
        let token: [UInt8]
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

    override func start() throws { _ = try running() }

    override func forget() {
        (engine, library, shell) = (nil, nil, nil)
        courses = [:]
    }

    /// What syncs; opened where it is not.
    func running() throws -> ReplicaEngine {
        if let engine { return engine }
        let opened = try ReplicaEngine(path: Self.file, vfs: disk.name)
        engine = opened
        return opened
    }

    /// What people write by, as the library's users have it open.
    func people() throws -> PeopleConnection {
        // Like every program of ours it looks at the file first.
        _ = try running()
        if let library { return library }
        let opened = try PeopleConnection(path: Self.file, schema: schema, vfs: disk.name)
        library = opened
        return opened
    }

    /// Whether somebody wrote this row here.
    func hasWritten(_ id: String) -> Bool {
        own.contains { if case .fact(let fact) = $0 { fact.id == id } else { false } }
    }

    /// What another program on the machine has open, with nothing set.
    func sql() throws -> Connection {
        if let shell { return shell }
        let opened = try Connection(path: Self.file, mode: .readWrite, vfs: disk.name)
        shell = opened
        return opened
    }
}
