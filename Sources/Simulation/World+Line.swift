internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer

/// Syncs: requests and answers, and what the line does to them.
extension World {
    /// Syncs of one office that wait for an answer at the same time, as several programs on its
    /// file would: a person's, the timer's, and one that was given up.
    private static let coursesMax = 3
    /// Exchanges of a proof on a line without faults.
    static let verifyExchangesMax = 400

    /// Begins a sync at an office, beside any that still waits.
    func sync(_ chance: inout Chance) throws {
        try sync(&chance, at: chance.below(offices.count))
    }

    /// Begins a sync at this office.
    func sync(_ chance: inout Chance, at: Int) throws {
        let office = offices[at]
        note(.sync, office.name)
        try begin(OfficeCourse(), at: at)
    }

    /// Begins a sync that ends with a proof: mostly where a sync has said that rows wait.
    func verify(_ chance: inout Chance) throws {
        let waiting = try offices.indices.filter { at in
            try look(at: offices[at]) {
                try offices[at].sql().integer("SELECT EXISTS (SELECT 1 FROM parked)") == 1
            }
        }
        let at =
            waiting.isEmpty || chance.isOnce(in: 3)
            ? chance.below(offices.count) : chance.pick(waiting)
        note(.verify, offices[at].name)
        let course = OfficeCourse(verifying: true)
        // It asks some fifty times. Spread over as many events it would never come to an end:
        // somebody writes meanwhile, and it begins anew.
        guard chance.isOnce(in: 2) else { return try begin(course, at: at) }
        try runAtOnce(course, at: at, exchangesMax: Self.verifyExchangesMax, &chance)
    }

    func begin(_ course: OfficeCourse, at: Int) throws {
        let office = offices[at]
        // A program gives up after a while; another begins whenever it is called.
        // Who waits for a proof waits longest.
        if office.courses.count >= Self.coursesMax {
            let syncs = office.courses.filter { !$0.value.isVerifying }
            let oldest = syncs.keys.min() ?? office.courses.keys.min()
            if let oldest { office.courses[oldest] = nil }
        }
        try goOn(course, of: at)
    }

    /// What a program comes to.
    private enum Coming {
        case message(Message)
        case mended
        case tooLarge
        case end
    }

    /// Asks what a program does next, and sends it.
    private func goOn(_ course: OfficeCourse, of at: Int) throws {
        let office = offices[at]
        var course = course
        while true {
            let coming = try run(on: office, allowing: Self.isInUseElsewhere) {
                try next(&course, of: at)
            }
            switch coming {
            case nil, .end: return
            case .mended: note("rows mended", office.name)
            case .tooLarge: note("request too large", office.name)
            case .message(let request):
                office.courses[request.number] = course
                return try send(request)
            }
        }
    }

    private func next(_ course: inout OfficeCourse, of at: Int) throws -> Coming {
        let office = offices[at]
        let engine = try office.running()
        let step = try course.next(engine)
        switch step {
        case .done(let report):
            if let report { note(report.isProven ? "proven" : "not proven", office.name) }
            return .end
        case .mended: return .mended
        case .exchange(let request):
            guard let most = office.requestBytesMax, request.encoded().count > most else { break }
            return course.tooLarge(request) ? .tooLarge : .end
        case .renumber, .ask: break
        }
        return .message(try request(step, of: at, engine))
    }

    private func request(
        _ step: OfficeCourse.Step, of at: Int, _ engine: ReplicaEngine
    ) throws -> Message {
        let office = offices[at]
        guard let token = try office.tokens[engine.incarnation()] else {
            throw Failure("\(office.name) has no token for its number")
        }
        switch step {
        case .done, .mended: preconditionFailure("nothing is to be sent")
        case .ask(let question):
            return Message(
                number: line.number(), kind: .question(question), office: at, token: token,
                sentAt: time, bytes: Array(question.path.utf8))
        case .exchange(var request):
            let number = line.number()
            // A thin line asks for little at once.
            var chance = Chance(seed: UInt64(number))
            if chance.isOnce(in: 4) {
                request.answerBytesMax = chance.below(4_000)
                note("little asked for")
            }
            return Message(
                number: number, kind: .sync, office: at, token: token, sentAt: time,
                bytes: request.encoded())
        case .renumber(let incarnation):
            try checkAsked(incarnation, at: office, engine)
            // The token of a new number is beside the file before anybody is asked for it.
            let fresh = office.tokens[incarnation] ?? Self.token(for: incarnation)
            office.tokens[incarnation] = fresh
            let request = try engine.renumberRequest(
                incarnation: incarnation, tokenHash: LoginToken.hash(fresh))
            var message = Message(
                number: line.number(), kind: .renumber, office: at, token: token, sentAt: time,
                bytes: request.encoded())
            message.incarnation = incarnation
            return message
        }
    }

    /// A file asks for one number under one id, however often it must ask: each id is a number.
    private func checkAsked(
        _ incarnation: [UInt8], at office: OfficeMachine, _ engine: ReplicaEngine
    ) throws {
        let present = try engine.incarnation()
        if let asked = office.asked, asked.by == present, asked.incarnation != incarnation {
            throw Failure("\(office.name) asks for another number before it has the first")
        }
        office.asked = (present, incarnation)
    }

    private func send(_ message: Message) throws {
        let most = Limits.messageBytesMax
        guard message.bytes.count <= most else {
            throw Failure("a message has \(message.bytes.count) bytes; \(most) are allowed")
        }
        line.send(message)
    }

    /// 32 bytes that nobody else has: ids are random already.
    static func token(for incarnation: [UInt8]) -> [UInt8] {
        LoginToken.hash(incarnation + Array("simulated".utf8)).bytes
    }

    private static func isInUseElsewhere(_ error: any Error) -> Bool {
        if case ReplicaError.cannotMend? = error as? ReplicaError { return true }
        return false
    }

    /// Lets something arrive: one answer, or requests that come to the centre together.
    func deliver(_ chance: inout Chance) throws {
        guard let first = line.take(at: time, &chance) else { return }
        note(.delivery)
        if first.isOvertaking { note("message reordered") }
        guard !first.message.isAnswer else {
            // What was held up on the same way comes just before it.
            let office = first.message.office
            if chance.isOnce(in: 2),
                let (late, _) = line.take(
                    at: .max, &chance, where: { $0.isAnswer && $0.isLate && $0.office == office })
            {
                note("late answer before another")
                try receive(late, &chance)
            }
            return try receive(first.message, &chance)
        }
        var requests = [first.message]
        while requests.count < 5, chance.isOnce(in: 2),
            let next = line.take(at: time, &chance, where: { !$0.isAnswer })
        {
            requests.append(next.message)
        }
        try serve(requests)
    }

    /// The centre's turn: what it answers goes on the line.
    func serve(_ requests: [Message]) throws {
        if requests.count > 1 { note("group of several") }
        let now = centre.time(at: time)
        let answers = try run(on: centre) { try centre.serve(requests, at: now) }
        for at in Set(requests.map(\.office)).sorted() where !offices[at].together.isEmpty {
            try oracle.checkTogether(offices[at], centre.reading().db)
        }
        // What it had said before it stopped is on its way.
        for answer in answers ?? centre.said { try send(answer) }
        // A refusal is no message here: it comes at once.
        for request in centre.taken {
            note("another incarnation id", offices[request.office].name)
            offices[request.office].asked = nil
            _ = try run(on: offices[request.office]) {
                try offices[request.office].running().drawIncarnation(
                    insteadOf: request.incarnation)
            }
        }
    }

    /// The office's turn: it merges, and its sync goes on.
    func receive(_ message: Message, _ chance: inout Chance) throws {
        let office = offices[message.office]
        guard var course = office.courses.removeValue(forKey: message.number) else {
            return try receiveAgain(message, &chance)
        }
        if case .question(.rows(let table, _, let ids)) = message.kind, !isEvening,
            chance.isOnce(in: 3)
        {
            try writeMeanwhile(table, ids, at: message.office, &chance)
        }
        let merged: Void? = try run(on: office, allowing: { Self.isExpected($0, of: message) }) {
            let engine = try office.running()
            defer { noteStopped(in: message, at: office) }
            switch message.kind {
            case .sync:
                let milliseconds = max(0, time - message.sentAt)
                let report = try course.merge(
                    message.bytes, received: office.time(at: time),
                    roundTrip: .milliseconds(milliseconds), into: engine)
                if let report { count(report, of: message, at: office) }
            case .question: try course.answered(message.bytes, engine)
            case .renumber:
                try course.adopt(message.bytes, incarnation: message.incarnation, into: engine)
                note("new number", office.name)
            }
        }
        if merged != nil { try goOn(course, of: message.office) }
    }

    /// An answer for which nobody waits any more: two programs that asked the same at the same time
    /// would get it twice, and both merge it.
    private func receiveAgain(_ message: Message, _ chance: inout Chance) throws {
        guard case .sync = message.kind, chance.isOnce(in: 2) else {
            return note("answer to nobody")
        }
        let office = offices[message.office]
        var course = SyncCourse()
        _ = try run(on: office, allowing: { Self.isExpected($0, of: message) }) {
            defer { noteStopped(in: message, at: office) }
            let report = try course.merge(
                message.bytes, received: office.time(at: time),
                roundTrip: .milliseconds(max(0, time - message.sentAt)),
                into: office.running())
            note("answer merged again")
            count(report, of: message, at: office)
        }
    }

    /// A machine that stopped in a merge may have kept it, and a correction that was in it: then it
    /// was told no more than this.
    private func noteStopped(in message: Message, at office: OfficeMachine) {
        guard office.disk.isDead else { return }
        office.toldTime = min(office.toldTime, message.answeredAt)
    }

    private func count(_ report: MergeReport, of message: Message, at office: OfficeMachine) {
        // A correction says that what was told before may have been ahead.
        office.toldTime =
            report.corrections > 0
            ? message.answeredAt : max(office.toldTime, message.answeredAt)
        if report.refusals > 0 { note("rows refused") }
        if report.corrections > 0 { note("stamps corrected") }
        if report.needsNewNumber { note("copy noticed") }
        if report.commits > 0 { note("commits merged") }
        if report.parkedFact != nil { note("rows parked") }
    }

    /// What may be said of an answer without anything being wrong.
    private static func isExpected(_ error: any Error, of message: Message) -> Bool {
        if error is MalformedMessage { return message.isCut }
        switch error as? ReplicaError {
        case .answerForAnother, .cannotMend: return true
        // The same answer again and again is no progress.
        case .badAnswer(let fact): return fact.contains("gives nothing")
        default: return false
        }
    }

    /// What happens to one message on its way.
    func meddle(_ kind: Event.Kind, _ chance: inout Chance) throws {
        let now = time
        let isDone = line.meddle(&chance) { message, chance in
            switch kind {
            case .messageLost: return []
            case .messageDoubled: return [message, message]
            case .messageDelayed:
                message.heldUntil = now + Int64(1 + chance.below(20)) * 600_000
                message.isLate = true
            default:
                message.bytes = Array(message.bytes.prefix(chance.below(message.bytes.count + 1)))
                message.isCut = true
            }
            return [message]
        }
        if isDone { note(kind) }
    }
}
