import Foundation
import Testing

/// A line that cuts, loses, repeats and delays.
@Suite("a bad line", .ownThreads, .timeLimit(.minutes(10)))
struct BadLineTests {
    @Test("an answer cut at any place loses and doubles nothing")
    func cuts() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.writeNotes(3, marked: "first")
        firm.line.follow()
        try matera.sync()
        let answer = try #require(firm.line.exchanges.first?.answer)
        let head = answer.head.count
        let places: [FaultyLine.Fault] =
            [0, 1, 12, head / 2, head - 2, head, head + 1, head + answer.body.count / 2].map {
                .answerCut($0)
            } + [.answerLost, .dropped, .requestCut(10), .requestCut(head + 40)]
        var written = 3
        for (index, place) in places.enumerated() {
            try matera.writeNotes(2, marked: "m\(index)")
            try milano.writeNotes(2, marked: "n\(index)")
            written += 4
            firm.line.follow { _, _ in place }
            for office in [matera, milano] {
                let cut = try office.run("sync")
                #expect(cut.exit == 4, "\(place): \(cut)")
                cut.says("nothing is lost")
            }
            // Once more cut, now with the answer to something already applied.
            if index % 3 == 0 { try matera.run("sync").expect(4) }
            firm.line.follow()
            try matera.sync()
            try milano.sync()
            try matera.sync()
            let sql = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
            let all = ["\(written)|\(written)"]
            #expect(try firm.rows(sql) == all, "\(place)")
            #expect(try matera.rows(sql) == all, "\(place)")
        }
        try milano.sync()
        for office in [matera, milano] { try office.verify() }
    }

    @Test("requests sent twice, at once or long after, change nothing more")
    func repeated() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        firm.line.follow { _, _ in .twice }
        try matera.writeNotes(4, marked: "twice")
        try matera.sync()
        try milano.writeNotes(4, marked: "two")
        try milano.sync()
        try matera.sync()
        let sent = firm.line.exchanges.map(\.request)
        firm.line.follow()
        try matera.writeNotes(1, marked: "later")
        try matera.sync()
        let commits = try firm.rows("SELECT count(*) FROM commit_log")
        #expect(sent.count >= 3)
        for request in sent + sent.reversed() {
            let answer = try firm.running().ask(request)
            #expect(answer.status == 200)
        }
        #expect(try firm.rows("SELECT count(*) FROM commit_log") == commits)
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["9"])
        for office in [matera, milano] {
            try office.sync()
            try office.verify()
            #expect(try office.rows("SELECT count(*) FROM contact_attempt") == ["9"])
        }
    }

    @Test("at random loss, cut, delay and repetition everyone ends with everything once")
    func chance() throws {
        let firm = try Firm()
        let offices = [try firm.office("a"), try firm.office("b"), try firm.office("c")]
        let rounds = Programs.rounds(6)
        for round in 0..<rounds {
            firm.line.follow { number, _ in
                var chance = Seeded(UInt64(round) &* 1_000 &+ UInt64(number))
                switch Int.random(in: 0..<10, using: &chance) {
                case 0: return .dropped
                case 1: return .answerLost
                case 2: return .answerCut(.random(in: 0..<900, using: &chance))
                case 3: return .requestCut(.random(in: 0..<900, using: &chance))
                case 4, 5: return .twice
                case 6: return .delayed(.random(in: 0..<300, using: &chance))
                default: return .none
                }
            }
            for (index, office) in offices.enumerated() {
                try office.writeNotes(5, marked: "r\(round) o\(index)")
            }
            let syncs = try offices.map { try $0.start("sync") }
            for sync in syncs {
                let end = try sync.wait(seconds: 60)
                #expect(end == .exit(0) || end == .exit(4), "\(sync.output) \(sync.errors)")
            }
        }
        firm.line.follow()
        for _ in 0..<2 { for office in offices { try office.sync() } }
        let sql = "SELECT count(*), count(DISTINCT note) FROM contact_attempt"
        let all = ["\(rounds * 15)|\(rounds * 15)"]
        #expect(try firm.rows(sql) == all)
        for office in offices {
            #expect(try office.rows(sql) == all)
            try office.verify()
        }
    }

    @Test("without a line all work goes on, sync ends with 4 and says how many writes wait")
    func offline() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.sync()
        #expect(try firm.running().stop() == .exit(0))
        let account = "C-MATERA-0001"
        try matera.run(
            "note", account, "--channel", "phone", "--outcome", "RPC", "ci pensa"
        ).expect(0)
        try matera.run("pay", account, "20,50").expect(0)
        try matera.run("promise", account, "10", "--due", "+30").expect(0)
        for command in ["accounts", "debtors", "status", "conflicts", "rejected"] {
            try matera.run(command).expect(0)
        }
        try matera.run("show", account).expect(0).says("ci pensa")
        let refusedConnection = try matera.run("sync").expect(4)
        refusedConnection.says("nothing is lost", "3")
        try matera.run("verify").expect(4)
        let json = try matera.run("sync", "--json").expect(4).json()
        #expect(json["exit_code"].number == 4)
        #expect(
            try firm.folder.run(
                Programs.office,
                ["init", firm.folder("new"), "--server", firm.line.url, "--code", "abc"]
            ).exit == 4)
        try firm.serve()
        try matera.sync()
        try matera.verify()
        #expect(try firm.rows("SELECT amount FROM payment") == ["2050"])
    }

    @Test("an enrolment whose answers are lost ends with one number")
    func enrolment() throws {
        let firm = try Firm(accounts: 50)
        let (number, code) = try firm.code("matera", ["MATERA"])
        let office = Office(folder: firm.folder, path: firm.folder("m.replica"), number: number)
        for fault: FaultyLine.Fault in [.dropped, .answerLost, .answerCut(5), .answerCut(400)] {
            firm.line.follow { _, _ in fault }
            try office.run("init", "--server", firm.line.url, "--code", code).expect(4, 1)
            firm.line.follow { number, _ in number == 0 ? .none : fault }
            try office.run("init", "--server", firm.line.url, "--code", code).expect(4, 1)
            #expect(!FileManager.default.fileExists(atPath: office.path))
        }
        firm.line.follow()
        try office.run("init", "--server", firm.line.url, "--code", code).expect(0)
        #expect(try office.status()["replica"].number == number)
        #expect(try office.rows("SELECT count(*) FROM account") == ["50"])
        try office.verify()
        // The code is used up: for another file it is worth nothing.
        try firm.folder.run(
            Programs.office,
            ["init", firm.folder("thief"), "--server", firm.line.url, "--code", code]
        ).expect(1)
        #expect(!FileManager.default.fileExists(atPath: firm.folder("thief")))
    }

    @Test("a page that a captive portal puts in place of the answer is not taken for one")
    func portal() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(2, marked: "nota")
        let portal = try Portal()
        firm.line.lead(to: portal.port)
        let answer = try matera.run("sync")
        #expect(answer.exit == 4 || answer.exit == 1, "\(answer)")
        firm.line.lead(to: try firm.running().port)
        try matera.sync()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["2"])
    }
}
