import Foundation
import RientroProtocol
import RientroSQLite
import Synchronization

@testable import RientroServer

/// A folder of a test's own, removed with its owner.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/rientro-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A time that a test sets.
final class TestClock: Sendable {
    private let time: Mutex<Int64?> = Mutex(nil)

    func set(_ now: Int64?) { time.withLock { $0 = now } }
    func now() -> Int64 { time.withLock { $0 } ?? SystemClock.now() }
}

/// A centre with two portfolios, MT and PZ, that really listens on a free port.
final class TestCentre: Sendable {
    let folder: TestFolder
    let centre: Centre
    let server: CentreServer
    let url: String
    let clock = TestClock()
    let log = TestLines()

    /// `accounts` accounts in each portfolio, with a debtor each; the one numbered 0 is of a debtor
    /// who has an account in both.
    init(accounts: Int = 3, disk: WriterDisk = WriterDisk()) throws {
        folder = try TestFolder()
        centre = try Centre.create(folder: folder.path + "/centre", schema: TestSchema.make())
        try Self.fill(try centre.engine(), accounts: accounts)
        server = try CentreServer(
            dir: centre.folder, listen: "127.0.0.1:0",
            clock: { [clock] in clock.now() }, log: { [log] in log.add($0) }, disk: disk)
        url = "http://\(try server.start())"
    }

    private static func fill(_ engine: CentreEngine, accounts: Int) throws {
        _ = try engine.db.transaction {
            try engine.act(now: SystemClock.now()) { act in
                for id in ["MT", "PZ"] {
                    try act.insert("portfolio", id: id, ["name": .text("Portfolio \(id)")])
                }
                for index in 0..<accounts {
                    for portfolio in ["MT", "PZ"] {
                        let debtor = TestRow.debtor(index == 0 ? "XX" : portfolio, index)
                        if index > 0 || portfolio == "MT" {
                            try act.insert("debtor", id: debtor, ["name": .text("D\(index)")])
                            try act.insert(
                                "phone", id: TestRow.phone(index == 0 ? "XX" : portfolio, index),
                                ["debtor_id": .text(debtor), "number": .text("0")])
                        }
                        try act.insert(
                            "account", id: TestRow.account(portfolio, index),
                            ["debtor_id": .text(debtor), "portfolio_id": .text(portfolio)])
                    }
                }
            }
        }
    }

    /// A new office's number and code.
    func add(_ portfolios: [String]) throws -> (replica: Int64, code: String) {
        let engine = try centre.engine()
        return try engine.db.transaction {
            try engine.addReplica(name: "Office", portfolios: portfolios, now: clock.now())
        }
    }

    func office(_ portfolios: String...) async throws -> TestOffice {
        try await TestOffice(self, code: try add(portfolios).code)
    }

    func stop() async { await server.stop() }

    /// The number that a metric shows.
    func metric(_ name: String) async throws -> Int? {
        let answer = try await TestHTTP.send("GET", url + "/metrics")
        for line in String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        where line.hasPrefix(name + " ") {
            return Int(line.dropFirst(name.count + 1))
        }
        return nil
    }
}

/// The lines of a server's log.
final class TestLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// Ids that tests know: UUIDs whose last part says what they are of.
enum TestRow {
    static func debtor(_ portfolio: String, _ index: Int) -> String { id(1, portfolio, index) }
    static func phone(_ portfolio: String, _ index: Int) -> String { id(2, portfolio, index) }
    static func account(_ portfolio: String, _ index: Int) -> String { id(3, portfolio, index) }

    /// A row that a test makes.
    static func own(_ index: Int) -> String { id(4, "XX", index) }

    private static func id(_ kind: Int, _ portfolio: String, _ index: Int) -> String {
        let place = portfolio == "MT" ? 1 : portfolio == "PZ" ? 2 : 3
        let digits = String(index, radix: 16)
        let last = String(repeating: "0", count: 12 - digits.count) + digits
        return "01900000-000\(kind)-700\(place)-8000-\(last)"
    }
}
