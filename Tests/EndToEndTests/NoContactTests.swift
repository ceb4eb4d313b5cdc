import Foundation
import Testing

/// Without a line every command that needs one ends with 4, and every other works.
@Suite("without contact", .ownThreads, .timeLimit(.minutes(10)))
struct NoContactTests {
    @Test("init, sync and verify end with 4 and say what waits, to people and to programs")
    func four() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        let (number, code) = try firm.code("milano", ["MATERA"])
        let other = Office(folder: firm.folder, path: firm.folder("n.replica"), number: number)
        try office.run("pay", "C-MATERA-0001", "1").expect(0)
        firm.line.setDown(true)
        try office.run("sync").expect(4).says("no contact", "1 write waits here")
        try office.run("verify").expect(4).says("no contact")
        try other.run("init", "--server", firm.line.url, "--code", "-", input: code + "\n")
            .expect(4).says("no contact")
        for command in ["sync", "verify"] {
            let json = try office.run(command, "--json").expect(4).json()
            #expect(json["error"].text == "no_contact" && json["exit_code"].number == 4)
        }
        #expect(try office.run("sync", "--json").expect(4).json()["waiting"].number == 1)
        for command in ["today", "accounts", "tasks", "debtors", "status", "changes"] {
            try office.run(command).expect(0)
        }
        try office.run("undo", "--yes").expect(0)
    }

    @Test("a sync that is days old is said wherever people look, and one of yesterday is not")
    func staleness() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.sync()
        for (days, isSaid) in [(1, false), (3, true), (21, true)] {
            let sql = "UPDATE office SET last_sync = last_sync - \(days) * 86400000 - 1000;"
            try Shell(firm.folder).answer(office.path, sql).expect(0)
            for words in [["show", "C-MATERA-0001"], ["accounts"], ["today"]] {
                let answer = try firm.folder.run(
                    Programs.office, [words[0], office.path] + words.dropFirst(),
                    environment: ["RIENTRO_OPERATOR": "MROSSI"]
                ).expect(0)
                #expect(answer.errors.contains("days ago") == isSaid, "\(answer)")
            }
            #expect(try office.run("pay", "C-MATERA-0002", "1").errors.contains("ago") == isSaid)
            try Shell(firm.folder).answer(
                office.path, "UPDATE office SET last_sync = last_sync + \(days) * 86400000 + 1000;"
            ).expect(0)
        }
    }
}
