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
    private var writer: GroupWriter?
    private let clock = Clock()

    /// The time that the writer is given.
    private final class Clock: Sendable {
        private let value = Mutex<Int64>(0)
        var now: Int64 {
            get { value.withLock { $0 } }
            set { value.withLock { $0 = newValue } }
        }
    }

    /// What the writer said of each request, by the number of its message.
    private final class Inbox: Sendable {
        let pushed = Mutex<[Int: Result<[Outcome], any Error>]>([:])
        let renumbered = Mutex<[Int: Result<EnrolAnswer, any Error>]>([:])
    }

    /// Makes the centre's database, with what the firm needs before its first lot.
    func create(schema: Schema, first: (CentreEngine) throws -> Void) throws {
        let db = try Centre.connect(Self.file, .create, vfs: disk.name)
        try CentreEngine.create(on: db, schema: schema, first: first)
    }

    override func start() throws {
        let engine = try open(.readWrite)
        try FileFormat.mend(.centre, on: engine.db)
        try engine.makeDurable()
        let clock = clock
        self.engine = engine
        writer = GroupWriter(engine: engine, clock: { clock.now })
        reader = try open(.readOnly)
    }

    override func forget() { (engine, reader, writer) = (nil, nil, nil) }

    /// An engine on a connection of its own, as a command beside the server opens it.
    func open(_ mode: Connection.Mode) throws -> CentreEngine {
        try CentreEngine(db: try Centre.connect(Self.file, mode, vfs: disk.name))
    }

    /// The engine that reads.
    func reading() throws -> CentreEngine {
        guard let reader else { throw Failure("the centre does not run") }
        return reader
    }

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
        let inbox = Inbox()
        var waiting: [(Message, SyncRequest)] = []
        var renumbering: [Message] = []
        for message in requests {
            do {
                let replica = try reader.authenticate(tokenHash: LoginToken.hash(message.token))
                switch message.kind {
                case .sync:
                    var request = try SyncRequest(decoding: message.bytes)
                    guard request.replica == replica else {
                        throw CentreError.notItsToken(replica: request.replica)
                    }
                    if !request.changeSets.isEmpty {
                        let sets = try SentChangeSet.all(of: request)
                        request.changeSets = []
                        writer.push(sets, cursors: request.cursors, from: replica) { result in
                            inbox.pushed.withLock { $0[message.number] = result }
                        }
                        inbox.pushed.withLock {
                            if $0[message.number] == nil {
                                $0[message.number] = .failure(CentreError.notCommitted)
                            }
                        }
                    }
                    waiting.append((message, request))
                case .renumber:
                    writer.renumber(
                        try RenumberRequest(decoding: message.bytes), authenticated: replica
                    ) { result in
                        inbox.renumbered.withLock { $0[message.number] = result }
                    }
                    renumbering.append(message)
                }
            } catch is MalformedMessage {
                guard message.isCut else { throw Failure("a whole request is malformed") }
            }
        }
        writer.work()
        var answers: [Message] = []
        for (message, request) in waiting {
            var outcomes: [Outcome] = []
            switch inbox.pushed.withLock({ $0[message.number] }) {
            case nil: break
            case .success(let told): outcomes = told
            case .failure(let error):
                try refuse(error, message)
                continue
            }
            let answer = try reader.db.transaction(.deferred) {
                try reader.answer(to: request, ingested: outcomes, now: now)
            }
            answers.append(message.answered(answer.encoded()))
        }
        for message in renumbering {
            switch inbox.renumbered.withLock({ $0[message.number] }) {
            case nil: break
            case .success(let answer): answers.append(message.answered(answer.encoded()))
            case .failure(let error): try refuse(error, message)
            }
        }
        return answers
    }

    /// An error that is answered with 503 or 400; any other must not be.
    private func refuse(_ error: any Error, _ message: Message) throws {
        if case CentreError.notCommitted = error { return }
        if case CentreError.busy = error { return }
        if disk.isDead { return }
        if let error = error as? SQLiteError, error.isFull { return }
        if error is MalformedMessage, message.isCut { return }
        throw Failure("the centre answers a request of \(message.office) with \(error)")
    }
}
