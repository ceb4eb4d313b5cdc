internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer
internal import RientroStore
internal import Synchronization

/// The centre: its database, the connection that writes in groups, and one that reads.
final class CentreMachine: Machine {
    /// The path of the database on the centre's disk.
    static let file = "/centre.sqlite"

    private var engine: CentreEngine?
    private var reader: CentreEngine?
    private var commands: CentreEngine?
    private var writer: GroupWriter?
    private let clock = Clock()
    /// New numbers that were given in the present turn, whether or not the machine stops then.
    private(set) var said: [Message] = []
    /// Requests for a number that were refused in the present turn, since another file has had the
    /// number that their incarnation id stands for.
    private(set) var taken: [Message] = []
    /// What its clock is set back to, and after how many events.
    var jump: (skew: Int64, events: Int)?
    /// Tokens of numbers in whose place somebody enrolled, or tried to.
    var endedTokens: Set<[UInt8]> = []

    /// The time that the writer is given.
    private final class Clock: Sendable {
        private let value = Mutex<Int64>(0)
        var now: Int64 {
            get { value.withLock { $0 } }
            set { value.withLock { $0 = newValue } }
        }
    }

    /// What the writer said of each request, by its place.
    private final class Inbox: Sendable {
        enum Answer: Sendable {
            case pushed([Outcome])
            case renumbered(EnrolAnswer)
            case asked([UInt8])
        }

        let answers = Mutex<[Int: Result<Answer, any Error>]>([:])
    }

    /// Makes the centre's database, with what the firm needs before its first lot.
    func create(schema: Schema, first: (CentreEngine) throws -> Void) throws {
        let db = try Centre.connect(Self.file, .create, vfs: disk.name)
        try CentreEngine.create(on: db, schema: schema, first: first)
    }

    override func start() throws {
        let engine = try open(.readWrite)
        try engine.mend()
        try engine.makeDurable()
        let clock = clock
        self.engine = engine
        writer = GroupWriter(engine: engine, clock: { clock.now })
        reader = try open(.readOnly)
    }

    override func forget() { (engine, reader, writer, commands) = (nil, nil, nil, nil) }

    /// An engine on a connection of its own, as a command beside the server opens it.
    func open(_ mode: Connection.Mode) throws -> CentreEngine {
        try CentreEngine(db: try Centre.connect(Self.file, mode, vfs: disk.name))
    }

    /// The engine of the central team's commands, beside the server's.
    func commanding() throws -> CentreEngine {
        if let commands { return commands }
        let opened = try open(.readWrite)
        commands = opened
        return opened
    }

    /// The engine that reads.
    func reading() throws -> CentreEngine {
        guard let reader else { throw Failure("the centre does not run") }
        return reader
    }

    /// Writes who was seen, as a server does some seconds later.
    func writeSeen() { writer?.writeSeen() }

    /// The time of the last commit, or 0: a server does not start far below it.
    func lastCommitTime() throws -> Int64 {
        try reading().db.integer(
            "SELECT time FROM commit_log ORDER BY number DESC LIMIT 1") ?? 0
    }

    /// What the centre makes of requests that come at the same time: what they push shares a
    /// group, and each is answered after its commit. Nobody is answered whose request is not by
    /// the protocol, or was not committed.
    func serve(_ requests: [Message], at now: Int64) throws -> [Message] {
        guard let writer, let reader else { throw Failure("the centre does not run") }
        clock.now = now
        (said, taken) = ([], [])
        let inbox = Inbox()
        var read: [Int: SyncRequest] = [:]
        for (place, message) in requests.enumerated() {
            do {
                read[place] = try take(message, at: place, reader, writer, inbox)
            } catch CentreError.badToken where endedTokens.contains(message.token) {
                inbox.answers.withLock { $0[place] = nil }
            } catch is MalformedMessage {
                guard message.isCut else { throw Failure("a whole request is malformed") }
                inbox.answers.withLock { $0[place] = nil }
            }
        }
        writer.work()
        for (place, message) in requests.enumerated() {
            guard case .success(.renumbered(let answer)) = inbox.answers.withLock({ $0[place] })
            else { continue }
            said.append(message.answered(answer.encoded(), at: now))
        }
        var answers = said
        for (place, message) in requests.enumerated() {
            switch inbox.answers.withLock({ $0[place] }) {
            case nil: continue
            case .failure(let error): try refuse(error, message)
            case .success(.renumbered): continue
            case .success(.asked(let bytes)): answers.append(message.answered(bytes, at: now))
            case .success(.pushed(let outcomes)):
                guard let request = read[place] else { continue }
                let answer = try reader.db.transaction(.deferred) {
                    try reader.answer(to: request, ingested: outcomes, now: now)
                }
                writer.noteSeen(request, commit: answer.from.commit)
                answers.append(message.answered(answer.encoded(), at: now))
            }
        }
        return answers
    }

    /// Reads a request, and lets what it pushes wait for the writer; returns it without that.
    private func take(
        _ message: Message, at place: Int, _ reader: CentreEngine, _ writer: GroupWriter,
        _ inbox: Inbox
    ) throws -> SyncRequest? {
        // What the writer never comes to is not committed.
        inbox.answers.withLock { $0[place] = .failure(CentreError.notCommitted) }
        let replica = try reader.authenticate(tokenHash: LoginToken.hash(message.token))
        if case .question(let question) = message.kind {
            // Of a path that is cut nothing can be read.
            let bytes =
                message.isCut
                ? nil
                : try reader.db.transaction(.deferred) {
                    try reader.answer(to: question, of: replica)
                }
            inbox.answers.withLock { $0[place] = bytes.map { .success(.asked($0)) } }
            return nil
        }
        guard case .sync = message.kind else {
            let request = try RenumberRequest(decoding: message.bytes)
            writer.renumber(request, authenticated: replica) { result in
                inbox.answers.withLock {
                    // What was said cannot be taken back.
                    if case .success = $0[place] { return }
                    $0[place] = result.map { .renumbered($0) }
                }
            }
            return nil
        }
        var request = try SyncRequest(decoding: message.bytes)
        guard request.replica == replica else {
            throw CentreError.notItsToken(replica: request.replica)
        }
        guard !request.changeSets.isEmpty else {
            inbox.answers.withLock { $0[place] = .success(.pushed([])) }
            return request
        }
        let sets = try SentChangeSet.all(of: request)
        request.changeSets = []
        writer.push(sets, cursors: request.cursors, from: replica) { result in
            inbox.answers.withLock { $0[place] = result.map { .pushed($0) } }
        }
        return request
    }

    /// An error that is answered with 503 or 400; any other must not be.
    private func refuse(_ error: any Error, _ message: Message) throws {
        if case CentreError.notCommitted = error { return }
        if case CentreError.busy = error { return }
        if case CentreError.tooManyNumbers = error { return }
        if case CentreError.hashTaken = error, case .renumber = message.kind {
            return taken.append(message)
        }
        if case CentreError.badToken = error, endedTokens.contains(message.token) { return }
        if disk.isDead { return }
        if case CentreError.diskFull = error, disk.capacity != nil { return }
        if let error = error as? SQLiteError, error.isFull, disk.capacity != nil { return }
        if error is MalformedMessage, message.isCut { return }
        throw Failure("the centre answers a request of \(message.office) with \(error)")
    }
}
