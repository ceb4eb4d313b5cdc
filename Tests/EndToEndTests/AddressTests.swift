import Foundation
import Testing

/// Where an office's secret goes, and what is said where it cannot go anywhere.
@Suite("an office's address and secret", .ownThreads, .timeLimit(.minutes(10)))
struct AddressTests {
    @Test("a changed address in the file gets nothing, and `rientro centre` is the way out")
    func changed() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(1, marked: "waits")
        let portal = try Portal()
        let other = "http://127.0.0.1:\(portal.port)"
        try Shell(firm.folder).answer(matera.path, "UPDATE office SET server = '\(other)';")
            .expect(0)
        try matera.run("sync").expect(1).says(
            other, firm.line.url, "nothing was sent", "rientro centre")
        #expect(try matera.run("sync", "--json").expect(1).json()["error"].text == "other_address")
        let status = try matera.run("status", "--json").expect(3).json()
        #expect(status["token"].text == "other_address" && status["sealed"].number == 1)
        try matera.run("status").expect(3).says("ATTENTION", "rientro centre")
        try matera.run("centre", firm.line.url).expect(0).says(firm.line.url)
        try matera.sync()
        try matera.verify()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["1"])
    }

    @Test("several addresses are tried in turn, and are shown")
    func several() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(1, marked: "waits")
        // Nobody listens on the first.
        try matera.run("centre", "http://127.0.0.1:1", firm.line.url).expect(0)
        try matera.sync()
        let shown = try matera.run("centre", "--json").expect(0).json()
        #expect(shown["servers"].array.map(\.text) == ["http://127.0.0.1:1", firm.line.url])
        try matera.run("centre", "http://127.0.0.1:1", "http://127.0.0.1:2").expect(0)
        try matera.run("sync").expect(4).says("127.0.0.1:1", "127.0.0.1:2", "nothing waits")
        let (number, code) = try firm.code("potenza", ["MATERA"])
        let potenza = Office(folder: firm.folder, path: firm.folder("potenza"), number: number)
        try potenza.run(
            "init", "--server", "http://127.0.0.1:1", "--server", firm.line.url, input: code
        ).expect(0)
        try potenza.verify()
    }

    @Test("plain HTTP to another machine is wrong usage unless it is allowed; so is no address")
    func plain() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.run("centre", "http://centre.example").expect(2).says("--plain-http", "https")
        try matera.run("centre", "ftp://centre.example").expect(2)
        try matera.run("centre", "https://me:secret@centre.example").expect(2)
        #expect(try matera.status()["server"].text == firm.line.url)
        try matera.run("centre", "http://centre.example", "--plain-http").expect(0)
        #expect(try matera.status()["server"].text == "http://centre.example")
        let fresh = Office(folder: firm.folder, path: firm.folder("new"), number: 0)
        try fresh.run("init", "--server", "http://centre.example", input: "code\n").expect(2)
        #expect(!FileManager.default.fileExists(atPath: fresh.path + ".token"))
    }

    @Test("a missing secret is said by status and sync, and work goes on")
    func missing() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try FileManager.default.removeItem(atPath: matera.path + ".token")
        let status = try matera.run("status").expect(3)
        status.says("ATTENTION", "rientro enrol")
        #expect(!status.output.contains("everything"))
        #expect(try matera.run("status", "--json").expect(3).json()["token"].text == "no_token")
        try matera.run("sync").expect(1).says("rientro enrol", "--again", "nothing is lost")
        let account = try #require(try matera.accounts().first)
        try matera.run("note", account, "--channel", "phone", "--outcome", "NA", "in spite of it")
            .expect(0)
        #expect(try matera.notes() == ["in spite of it"])
        let (_, code) = try firm.code("other", ["MATERA"])
        try matera.run("init", "--server", firm.line.url, input: code).expect(1)
            .says("is there already", "rientro enrol")
    }

    @Test("a name of the file's own is shown with its number")
    func name() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.run("name", "laptop of Anna").expect(0).says("laptop of Anna")
        try matera.run("status").expect(0).says("replica \(matera.number) (laptop of Anna)")
        try matera.sync()
        try matera.run("name", "").expect(0)
        #expect(try matera.status()["label"].isNull)
    }

    @Test("what cannot become a file is said before the code is spent")
    func badPath() throws {
        let firm = try Firm()
        let (number, code) = try firm.code("matera", ["MATERA"])
        for path in [":memory:", "file:x.sqlite", "folder/"] {
            let office = Office(folder: firm.folder, path: path, number: number)
            try office.run("init", "--server", firm.line.url, input: code).expect(2)
                .says("no file can be made")
        }
        let office = Office(folder: firm.folder, path: firm.folder("matera"), number: number)
        try office.run("init", "--server", firm.line.url, input: code).expect(0)
        try office.verify()
    }

    @Test("behind a link the secret is found beside the file itself")
    func link() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        let link = Office(folder: firm.folder, path: firm.folder("link"), number: matera.number)
        try FileManager.default.createSymbolicLink(
            atPath: link.path, withDestinationPath: matera.path)
        try link.writeNotes(1, marked: "by the link")
        try link.sync()
        try link.verify()
        #expect(try matera.status()["pending"].number == 0)
    }

    @Test("who may only read the file sees all of it, and is told what cannot be done")
    func readOnly() throws {
        let firm = try Firm()
        let matera = try firm.office("matera")
        try matera.writeNotes(2, marked: "there")
        let account = try #require(
            try matera.rows("SELECT account_id FROM contact_attempt WHERE note = 'there 0'").first)
        let place = firm.folder("place")
        try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: false)
        for suffix in ["", ".token"] {
            try FileManager.default.moveItem(
                atPath: matera.path + suffix, toPath: "\(place)/m\(suffix)")
        }
        chmod(firm.folder.path, 0o755)
        chmod("\(place)/m", 0o444)
        chmod(place, 0o555)
        defer { chmod(place, 0o755) }
        func run(_ words: String...) throws -> Answer {
            let command = [Programs.office, words[0], "\(place)/m"] + words.dropFirst()
            // Root may write everything: somebody else is asked.
            guard geteuid() == 0 else {
                return try firm.folder.run(command[0], Array(command.dropFirst()))
            }
            return try firm.folder.run(
                "setpriv",
                ["--reuid=65534", "--regid=65534", "--clear-groups", "--"] + command)
        }
        try run("status").expect(0, 3).says("read only", "2 rows to send")
        try run("show", account).expect(0).says("there 0")
        try run("accounts").expect(0)
        try run("note", account, "--channel", "phone", "--outcome", "NA", "no").expect(1, 2)
        try run("name", "x").expect(1).says("only be read")
        let names = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
        #expect(names == ["m", "m.token"])
    }
}
