import Foundation
import Testing

/// Stopping in good order, serving once, and news for those who wait.
@Suite("stop and wait", .ownThreads, .timeLimit(.minutes(10)))
struct StopTests {
    @Test("a server told to stop inside a push answers it first, and ends with 0")
    func insidePush() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(3_000, marked: "nota")
        let server = try firm.running()
        let sync = try matera.start("sync")
        var wasInside = false
        for _ in 0..<20_000 where !wasInside && !sync.hasEnded() {
            usleep(300)
            guard LockTable.isWriting(server.child.pid, firm.database) else { continue }
            server.child.freeze()
            wasInside = LockTable.isWriting(server.child.pid, firm.database)
            if wasInside { server.child.kill(SIGTERM) }
            server.child.kill(SIGCONT)
        }
        #expect(wasInside, "the push was never seen")
        #expect(try server.child.wait(seconds: 30) == .exit(0), "\(server.child.errors)")
        #expect(try sync.wait(seconds: 60) == .exit(0), "\(sync.output) \(sync.errors)")
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["3000"])
        try firm.serve()
        try matera.verify()
    }

    @Test("a server told to stop while an office waits for news answers it, and ends with 0")
    func insideWait() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.sync()
        firm.line.follow()
        let waiting = try matera.start("sync", "--wait", "30")
        try firm.waitForRequest()
        let begin = Date()
        #expect(try firm.running().stop() == .exit(0))
        #expect(try waiting.wait(seconds: 20) == .exit(0), "\(waiting.output) \(waiting.errors)")
        #expect(Date().timeIntervalSince(begin) < 15)
    }

    @Test("a second server on the same folder refuses, and the first goes on")
    func twice() throws {
        let firm = try Firm()
        let second = try firm.run(["serve", firm.centre, "--listen", "127.0.0.1:0"], seconds: 20)
        second.says("serve")
        #expect(second.exit == 1, "\(second)")
        #expect(try firm.running().ask(.request("GET", "/healthz")).status == 200)
        #expect(try firm.running().stop() == .exit(0))
        try firm.serve()
        #expect(try firm.running().ask(.request("GET", "/healthz")).status == 200)
    }

    @Test("an office that waits hears soon of what another pushes, and of an import")
    func news() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        firm.line.follow()
        let begin = Date()
        let waiting = try matera.start("sync", "--wait", "40")
        try firm.waitForRequest()
        try milano.writeNotes(1, marked: "news")
        try milano.sync()
        #expect(try waiting.wait(seconds: 60) == .exit(0), "\(waiting.errors)")
        #expect(Date().timeIntervalSince(begin) < 30)
        #expect(try matera.notes() == ["news 0"])

        try firm.centre("creditor", "add", id: "C-NEW", "--name", "New").expect(0)
        try matera.sync()
        firm.line.follow()
        let again = Date()
        let second = try matera.start("sync", "--wait", "40")
        try firm.waitForRequest()
        let file = try firm.folder.write(
            "new.csv", HandOverFile.text(creditor: "C-NEW", accounts: 2))
        try firm.run(["import", firm.centre, file, "--portfolio", "MATERA"]).expect(0)
        #expect(try second.wait(seconds: 60) == .exit(0), "\(second.errors)")
        #expect(Date().timeIntervalSince(again) < 30)
        try matera.sync()
        #expect(
            try matera.rows("SELECT count(*) FROM account WHERE creditor_id = 'C-NEW'") == ["2"])
        try matera.verify()
    }

    @Test("an office that waits in vain gets its answer when the time is over")
    func inVain() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.sync()
        let begin = Date()
        try matera.run("sync", "--wait", "3").expect(0)
        let seconds = Date().timeIntervalSince(begin)
        #expect(seconds >= 2.5 && seconds < 25, "\(seconds) s")
    }
}

extension Firm {
    /// Returns when a request has passed the line since `follow`, and had time to be held.
    func waitForRequest() throws {
        let deadline = Date() + 30
        while line.exchanges.isEmpty {
            guard Date() < deadline else { throw Failure("no request came") }
            usleep(5_000)
        }
        usleep(500_000)
    }
}
