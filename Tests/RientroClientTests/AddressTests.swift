import Foundation
import RientroProtocol
import RientroSQLite
import Synchronization
import Testing

@testable import RientroClient

/// Which addresses were asked, in order; and which of them have nobody there.
private final class Crossroads: Sendable {
    private let log = Mutex<[String]>([])
    private let dead = Mutex<Set<String>>([])
    private let centre: MiniCentre

    init(_ centre: MiniCentre) { self.centre = centre }

    var asked: [String] { log.withLock { $0 } }
    func forget() { log.withLock { $0 = [] } }
    func kill(_ names: String...) { dead.withLock { $0 = Set(names) } }

    var transports: Transports {
        { [self] address throws(ReplicaError) in Way(address: address.text, roads: self) }
    }

    private struct Way: Transport {
        let address: String
        let roads: Crossroads

        func send(
            _ request: TransportRequest
        ) async throws(TransportError) -> TransportResponse {
            roads.log.withLock { $0.append(address) }
            guard !roads.dead.withLock({ $0.contains(address) }) else {
                throw .noContact("nobody answers there")
            }
            return try await roads.centre.send(request)
        }
    }
}

@Suite("Where an office's token goes", .timeLimit(.minutes(2)))
struct AddressTests {
    private static let (one, two) = ("https://one.example", "https://two.example")

    private func url(_ text: String) throws -> URL { try #require(URL(string: text)) }

    private func opened(_ desk: Desk) async throws -> (Replica, Crossroads) {
        let roads = Crossroads(desk.centre)
        return (try await Replica.open(at: desk.path, transports: roads.transports), roads)
    }

    @Test("what a program writes into the file does not decide it: nothing is sent, all is said")
    func written() async throws {
        let desk = try await Desk()
        try await desk.call("waits")
        for other in ["https://evil.example", "http://evil.example", "http://centre.invalid/x"] {
            try desk.peek().run("UPDATE office SET server = ?", .text(other))
            let (replica, roads) = try await opened(desk)
            let error = ReplicaError.otherAddress(
                path: desk.path, file: other, token: "http://centre.invalid")
            await #expect(throws: error) { try await replica.sync() }
            await #expect(throws: error) { try await replica.verify() }
            await #expect(throws: error) { try await replica.enrol(code: "good") }
            #expect(roads.asked.isEmpty)
            let status = try await replica.status()
            #expect(status.token == .unusable(error))
            #expect(status.server == other && status.onTheWay == 1)
        }
        let (replica, roads) = try await opened(desk)
        try await replica.moveCentre(to: [url("http://centre.invalid")], allowsPlainHTTP: true)
        #expect(try await replica.sync().acknowledged == 1)
        #expect(roads.asked == ["http://centre.invalid"])
        #expect(try await replica.status().token == .present)
    }

    @Test("a file with no address that is one is read and written all the same")
    func nonsense() async throws {
        let desk = try await Desk()
        for text in ["", "nonsense", "ftp://a", String(repeating: "https://a ", count: 9)] {
            try desk.peek().run("UPDATE office SET server = ?", .text(text))
            let (replica, roads) = try await opened(desk)
            try await desk.call("in spite of \(text.count)", on: replica)
            await #expect(throws: (any Error).self) { try await replica.sync() }
            #expect(roads.asked.isEmpty)
            if case .unusable = try await replica.status().token {} else { Issue.record("\(text)") }
        }
    }

    @Test("a moved centre gets what waits, and the old address nothing more")
    func moved() async throws {
        let desk = try await Desk()
        try await desk.call("waits")
        let (replica, roads) = try await opened(desk)
        try await replica.moveCentre(to: [url(Self.two)])
        #expect(try await replica.sync().acknowledged == 1)
        #expect(roads.asked == [Self.two])
        #expect(try await replica.status().server == Self.two)
        let again = try await opened(desk)
        #expect(try await again.0.sync().requests == 1)
        #expect(again.1.asked == [Self.two])
    }

    @Test("plain HTTP to another machine is refused unless somebody has allowed it")
    func plain() async throws {
        let desk = try await Desk()
        let (replica, _) = try await opened(desk)
        await #expect(throws: ReplicaError.openAddress("http://two.example")) {
            try await replica.moveCentre(to: [url("http://two.example")])
        }
        await #expect(throws: ReplicaError.openAddress("http://x.example")) {
            try await Replica.create(
                at: desk.folder.file("n.db"), servers: [url("http://x.example")], code: "good")
        }
        #expect(try !PlainFile.exists(desk.folder.file("n.db.token")))
        #expect(try await replica.status().server == "http://centre.invalid")
        try await replica.moveCentre(to: [url("http://two.example")], allowsPlainHTTP: true)
        #expect(try await replica.sync().requests == 1)
    }

    @Test("several addresses are tried in turn, and the one that answered comes first next time")
    func inTurn() async throws {
        let desk = try await Desk()
        let (replica, roads) = try await opened(desk)
        try await replica.moveCentre(to: [url(Self.one), url(Self.two)])
        roads.kill(Self.one)
        try await desk.call("first", on: replica)
        #expect(try await replica.sync().acknowledged == 1)
        #expect(roads.asked == [Self.one, Self.two])
        roads.forget()
        _ = try await replica.sync()
        #expect(roads.asked == [Self.two])
        roads.kill(Self.two)
        roads.forget()
        #expect(try await replica.verify().isProven)
        #expect(roads.asked.prefix(2) == [Self.two, Self.one])
        #expect(roads.asked.dropFirst(2).allSatisfy { $0 == Self.one })
        roads.kill(Self.one, Self.two)
        await #expect(
            throws: ReplicaError.noContact(
                "\(Self.one): nobody answers there; \(Self.two): nobody answers there")
        ) { try await replica.sync() }
    }

    @Test("a portal at one address is passed by; what the centre refuses is not asked elsewhere")
    func portalAndRefusal() async throws {
        let desk = try await Desk()
        let (replica, roads) = try await opened(desk)
        try await replica.moveCentre(to: [url(Self.one), url(Self.two)])
        let page = TransportResponse(
            status: 200, headers: ["content-type": "text/html"], body: Array("hello".utf8))
        await desk.centre.fail(.instead(page))
        _ = try await replica.sync()
        #expect(roads.asked == [Self.one, Self.two])
        roads.forget()
        await desk.centre.fail(.instead(MiniCentre.problem(503, "busy", "later")))
        await #expect(throws: ReplicaError.self) { try await replica.sync() }
        #expect(roads.asked == [Self.two])
    }

    @Test("a snapshot is fetched from the second address where the first has nobody")
    func create() async throws {
        let desk = try await Desk()
        let roads = Crossroads(desk.centre)
        roads.kill(Self.one)
        let replica = try await Replica.create(
            at: desk.folder.file("n.db"),
            addresses: CentreAddresses([Self.one, Self.two], allowsPlain: false), code: "good",
            label: nil, progress: nil, transports: roads.transports)
        #expect(roads.asked == [Self.one, Self.two, Self.two])
        #expect(try await replica.status().server == "\(Self.one) \(Self.two)")
        #expect(try await replica.status().token == .present)
    }

    @Test(
        "a redirect's target, a packed answer and another type are named",
        arguments: [
            (
                TransportResponse(
                    status: 302, headers: ["Location": "https://portal.example/\u{1B}[2Jlogin"],
                    body: []),
                "HTTP 302 leads to https://portal.example/[2Jlogin, where this office's token does"
                    + " not go: a portal or proxy may stand between, or the centre has moved"
            ),
            (
                TransportResponse(
                    status: 200,
                    headers: ["Content-Type": "application/cbor", "Content-Encoding": "GZIP"],
                    body: [31, 139]),
                "the answer is packed (gzip), which nobody asked for: a proxy may stand between"
            ),
            (
                TransportResponse(
                    status: 200, headers: ["Content-Type": "text/html; charset=x"], body: []),
                "the answer is text/html, not the centre's: a portal or proxy may stand between"
            ),
            (
                TransportResponse(status: 304, headers: [:], body: []),
                "HTTP 304 that is not the centre's: a proxy may stand between"
            ),
        ])
    func named(response: TransportResponse, fact: String) async throws {
        let desk = try await Desk()
        await desk.centre.fail(.instead(response))
        await #expect(throws: ReplicaError.noContact(fact)) { try await desk.replica.sync() }
    }

    @Test("an answer that says it is not packed is taken")
    func identity() async throws {
        let desk = try await Desk()
        try await desk.call("one")
        let cursor = await desk.centre.cursor()
        let answer = SyncAnswer(
            replica: 5, centreHead: .none, outcomes: [], from: cursor, commits: [],
            cursor: cursor, hasMore: false, portfolios: ["P1"], centreTime: 1, covered: 0)
        await desk.centre.fail(
            .instead(
                TransportResponse(
                    status: 200,
                    headers: [
                        "Content-Type": "application/cbor", "Content-Encoding": "identity",
                    ], body: answer.encoded())))
        _ = try await desk.replica.sync()
    }

    @Test("whoever waits is told whom, and until when")
    func asked() async throws {
        let desk = try await Desk()
        let steps = Mutex<[SyncProgress]>([])
        _ = try await desk.replica.sync(wait: 7) { step in steps.withLock { $0.append(step) } }
        let asked = steps.withLock { $0.compactMap(\.asked) }
        #expect(
            asked == [
                SyncProgress.Asked(
                    address: "http://centre.invalid", waitSeconds: 7, patienceSeconds: 37)
            ])
        #expect(steps.withLock { $0.map(\.stage) } == [.syncing, .asking])
    }
}
