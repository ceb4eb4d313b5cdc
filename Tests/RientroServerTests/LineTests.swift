import RientroClient
import RientroProtocol
import RientroSQLite
import Testing

@testable import RientroServer

/// Numbers that came after others, and what becomes of them together.
@Suite("lines of succession", .timeLimit(.minutes(2)))
struct LineTests {
    let world: World
    let now: Int64 = 1_700_000_000_000

    init() throws { world = try World() }

    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255) }
    }

    private func enrol(_ code: String, at now: Int64? = nil) throws -> EnrolRequest {
        let request = EnrolRequest(
            code: code, tokenHash: LoginToken.hash(bytes(32)), incarnation: bytes(16))
        _ = try world.centre.db.transaction {
            try world.centre.enrol(request, now: now ?? self.now)
        }
        return request
    }

    /// A new office's number, and what it enrolled with.
    private func office(_ name: String = "A") throws -> (number: Int64, request: EnrolRequest) {
        let added = try world.centre.db.transaction {
            try world.centre.addReplica(name: name, portfolios: ["MT", "PZ"], now: now)
        }
        return (added.replica, try enrol(added.code))
    }

    private func request(after number: Int64) -> RenumberRequest {
        RenumberRequest(
            replica: number, head: .none, tokenHash: LoginToken.hash(bytes(32)),
            incarnation: bytes(16))
    }

    @discardableResult
    private func renumber(
        _ request: RenumberRequest, at now: Int64? = nil
    ) throws -> EnrolAnswer {
        try world.centre.db.transaction {
            try world.centre.renumber(
                request, authenticated: request.replica, now: now ?? self.now)
        }
    }

    private func revoke(_ number: Int64) throws -> [Int64] {
        try world.centre.db.transaction { try world.centre.revoke(replica: number, now: now) }
    }

    private func again(_ number: Int64) throws -> (replica: Int64, code: String) {
        try world.centre.db.transaction { try world.centre.newCodeAgain(for: number, now: now) }
    }

    private func state(_ number: Int64) throws -> ReplicaRecord {
        try #require(try world.centre.replicas().first { $0.number == number })
    }

    @Test("to revoke a number revokes all that came after it, and nothing that came before")
    func revoked() throws {
        let (first, stranger) = (try office().number, try office("B").number)
        let asked = [request(after: first)]
        let second = try renumber(asked[0]).replica
        let third = try renumber(request(after: second)).replica
        let sibling = try renumber(request(after: first)).replica
        let waiting = try again(third)
        #expect(try revoke(second) == [second, third, waiting.replica])
        #expect(
            try world.centre.replicas().filter { $0.revokedAt == nil }.map(\.number)
                == [first, stranger, sibling])
        #expect(throws: CentreError.badToken) {
            try world.centre.authenticate(tokenHash: asked[0].tokenHash)
        }
        #expect(throws: CentreError.badCode) { try enrol(waiting.code) }
        #expect(try revoke(first) == [first, sibling])
        #expect(try revoke(first) == [])
        #expect(throws: CentreError.unknown(what: "replica", id: "99")) { try revoke(99) }
        #expect(try state(stranger).revokedAt == nil)
    }

    @Test("a request that waited for the writer while its token was revoked gets no number")
    func revokedMeanwhile() throws {
        let number = try office().number
        _ = try revoke(number)
        #expect(throws: CentreError.badToken) { try renumber(request(after: number)) }
        #expect(try world.centre.replicas().count == 1)
    }

    @Test("what was sent before a revocation and waits for the writer is not applied after it")
    func pushedMeanwhile() throws {
        let number = try office().number
        _ = try revoke(number)
        let set = try HandMade(world: world, replica: number).changeSet([])
        let writer = GroupWriter(engine: world.centre, clock: { 1 })
        let said = Said()
        writer.push(
            [try SentChangeSet(set.encoded())], cursors: [try world.centre.cursor()], from: number
        ) { said.hear($0.map { _ in }) }
        writer.work()
        #expect(said.error as? CentreError == .badToken)
        #expect(try world.centre.head(of: number) == .none)
    }

    @Test("a line gets ten new numbers an hour, whichever of its tokens asks, and no other waits")
    func bounded() throws {
        let (first, stranger) = (try office().number, try office("B").number)
        var last = first
        for minute in 0..<10 {
            last = try renumber(
                request(after: minute % 2 == 0 ? last : first), at: now + Int64(minute) * 60_000
            ).replica
        }
        let late = now + 20 * 60_000
        for number in [first, last] {
            #expect(throws: CentreError.tooManyNumbers(retryAfterSeconds: 40 * 60)) {
                try renumber(request(after: number), at: late)
            }
        }
        #expect(throws: CentreError.tooManyNumbers(retryAfterSeconds: 1)) {
            try renumber(request(after: first), at: now + 3_600_000 - 1)
        }
        try renumber(request(after: stranger), at: late)
        // The oldest is an hour old: one more, and then it is the next one's turn.
        try renumber(request(after: first), at: now + 3_600_000)
        #expect(throws: CentreError.tooManyNumbers(retryAfterSeconds: 60)) {
            try renumber(request(after: first), at: now + 3_600_000)
        }
    }

    @Test("numbers got while the clock was ahead bar nobody once it is right")
    func clockAhead() throws {
        let first = try office().number
        for _ in 0..<10 { try renumber(request(after: first), at: now + 86_400_000) }
        try renumber(request(after: first), at: now)
    }

    @Test("the same request again gets the same answer, also where the line has had enough")
    func sameAgain() throws {
        let first = try office().number
        let asked = request(after: first)
        let answer = try renumber(asked)
        for _ in 1..<10 { try renumber(request(after: first)) }
        #expect(try renumber(asked) == answer)
    }

    @Test("an incarnation id or a token hash of another file is refused, whoever asks")
    func taken() throws {
        let (first, stranger) = (try office(), try office("B"))
        let asked = request(after: first.number)
        try renumber(asked)
        var forged = asked
        forged.tokenHash = LoginToken.hash(bytes(32))
        #expect(throws: CentreError.hashTaken) { try renumber(forged) }
        forged = asked
        forged.replica = stranger.number
        #expect(throws: CentreError.hashTaken) { try renumber(forged) }
        forged = request(after: first.number)
        forged.tokenHash = stranger.request.tokenHash
        #expect(throws: CentreError.hashTaken) { try renumber(forged) }
        let code = try world.centre.db.transaction {
            try world.centre.addReplica(name: "C", portfolios: ["MT"], now: now).code
        }
        for (hash, incarnation) in [
            (stranger.request.tokenHash, bytes(16)),
            (LoginToken.hash(bytes(32)), stranger.request.incarnation),
        ] {
            let request = EnrolRequest(code: code, tokenHash: hash, incarnation: incarnation)
            #expect(throws: CentreError.hashTaken) {
                try world.centre.db.transaction { try world.centre.enrol(request, now: now) }
            }
        }
        // The code is not spent by it.
        _ = try enrol(code)
    }

    @Test("a code is good for seven days, to the millisecond, and for one file")
    func codes() throws {
        func added() throws -> String {
            try world.centre.db.transaction {
                try world.centre.addReplica(name: "C", portfolios: ["MT"], now: now).code
            }
        }
        let week: Int64 = 7 * 86_400_000
        let late = try added()
        #expect(throws: CentreError.badCode) { try enrol(late, at: now + week) }
        let request = try enrol(late, at: now + week - 1)
        // Used, it still answers its own file for ever, and no other.
        let answer = try world.centre.enrol(request, now: now + 2 * week)
        #expect(answer.replica == 1)
        #expect(throws: CentreError.badCode) { try enrol(late) }
        var other = request
        other.tokenHash = LoginToken.hash(bytes(32))
        #expect(throws: CentreError.badCode) { try world.centre.enrol(other, now: now) }
        other = request
        other.incarnation = bytes(16)
        #expect(throws: CentreError.badCode) { try world.centre.enrol(other, now: now) }
    }

    @Test("an office that lost its token gets a number in its line, and the old token ends with it")
    func codeAgain() throws {
        let (first, request) = try office()
        let made = try again(first)
        #expect(try state(made.replica).succeeds == first)
        #expect(try state(made.replica).portfolios == ["MT", "PZ"])
        #expect(try !state(made.replica).isCopy)
        // Not before the code is used: the old token may be at work still.
        #expect(try world.centre.authenticate(tokenHash: request.tokenHash) == first)
        let next = try again(first)
        #expect(next.replica == made.replica && next.code != made.code)
        #expect(throws: CentreError.badCode) { try enrol(made.code) }
        let new = try enrol(next.code)
        #expect(try world.centre.authenticate(tokenHash: new.tokenHash) == made.replica)
        #expect(throws: CentreError.badToken) {
            try world.centre.authenticate(tokenHash: request.tokenHash)
        }
        #expect(try state(first).revokedAt == now && state(made.replica).revokedAt == nil)
        // And again, for the one that was revoked by it too.
        #expect(try again(first).replica != made.replica)
    }

    @Test("a number got by a code given again counts for nothing among those that a token got")
    func againIsUnbounded() throws {
        let first = try office().number
        for _ in 0..<10 { _ = try enrol(try again(first).code) }
        let last = try #require(try world.centre.replicas().last).number
        try renumber(request(after: last))
        #expect(try state(last + 1).isCopy)
    }

    @Test("an office that never came gets no code again, and one that came no first code")
    func wrongKind() throws {
        let waiting = try world.centre.db.transaction {
            try world.centre.addReplica(name: "C", portfolios: ["MT"], now: now).replica
        }
        for number in [waiting, 99] {
            #expect(throws: CentreError.unknown(what: "enrolled replica", id: "\(number)")) {
                try again(number)
            }
        }
        let number = try office().number
        #expect(throws: CentreError.unknown(what: "waiting replica", id: "\(number)")) {
            try world.centre.newCode(for: number, now: now)
        }
    }

    @Test("a number for another token than the request's own is refused")
    func notItsToken() throws {
        let (first, stranger) = (try office().number, try office("B").number)
        #expect(throws: CentreError.notItsToken(replica: first)) {
            try world.centre.renumber(request(after: first), authenticated: stranger, now: now)
        }
    }
}

/// What a writer said.
private final class Said: @unchecked Sendable {
    private(set) var error: (any Error)?

    func hear(_ result: Result<Void, any Error>) {
        if case .failure(let error) = result { self.error = error }
    }
}
