import Foundation
import Testing

/// Many offices at once.
@Suite("load", .ownThreads, .timeLimit(.minutes(10)))
struct LoadTests {
    @Test("pushes that arrive together share their commits to the disk")
    func groupCommit() throws {
        let firm = try Firm()
        let count = Programs.rounds(24)
        let offices = try (0..<count).map { try firm.office("office\($0)") }
        // Each request is made by the program itself and kept from arriving.
        firm.line.follow { _, _ in .dropped }
        for (index, office) in offices.enumerated() {
            try office.writeNotes(3, marked: "office \(index)")
            try office.run("sync").expect(4)
        }
        let requests = firm.line.exchanges.map(\.request)
        #expect(requests.count == count)
        let server = try firm.running()
        let before = try server.metrics()
        let sockets = try requests.map { _ in try Socket(port: server.port) }
        for (socket, request) in zip(sockets, requests) { socket.send(request.bytes) }
        for socket in sockets {
            var reader = HTTPReader(socket)
            let heard = reader.next(seconds: 60)
            let answer = try #require(heard, "a push was not answered")
            #expect(answer.status == 200)
        }
        let after = try server.metrics()
        func grown(_ name: String) throws -> Double {
            try #require(after[name], "no \(name)") - (before[name] ?? 0)
        }
        let sets = try grown("rientro_change_sets_total")
        let groups = try grown("rientro_group_commits_total")
        print("group commit: \(Int(sets)) change-sets in \(Int(groups)) commits to the disk")
        #expect(sets == Double(count))
        #expect(groups * 2 <= sets, "\(groups) commits for \(sets) change-sets")
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["\(count * 3)"])
        firm.line.follow()
        for office in offices.prefix(3) {
            try office.sync()
            #expect(try office.rows("SELECT count(*) FROM contact_attempt") == ["\(count * 3)"])
            try office.verify()
        }
    }

    @Test("sixteen programs that sync at once all end well, and everyone has everything")
    func atOnce() throws {
        let firm = try Firm()
        let offices = try (0..<16).map { try firm.office("office\($0)") }
        for (index, office) in offices.enumerated() {
            try office.writeNotes(20, marked: "office \(index)")
        }
        let syncs = try offices.map { try $0.start("sync") }
        for sync in syncs {
            #expect(try sync.wait(seconds: 120) == .exit(0), "\(sync.output) \(sync.errors)")
        }
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["320"])
        for office in [offices[0], offices[7], offices[15]] {
            try office.sync()
            try office.verify()
            #expect(try office.rows("SELECT count(*) FROM contact_attempt") == ["320"])
        }
    }
}
