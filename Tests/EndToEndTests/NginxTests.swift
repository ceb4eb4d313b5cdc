import Foundation
import Testing

/// The centre behind nginx with the configuration that is shipped.
@Suite("behind nginx", .ownThreads, .timeLimit(.minutes(10)))
struct NginxTests {
    @Test("enrolment, a push of megabytes, waiting for news, and curl over TLS go through nginx")
    func through() throws {
        let firm = try Firm()
        let server = try firm.running()
        let nginx = try NginxProcess(before: server, in: firm.folder)
        firm.line.lead(to: nginx.plainPort)
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        try matera.sync()
        try milano.writeLongNotes(400)
        firm.line.follow()
        try milano.sync()
        let largest = firm.line.exchanges.map(\.request.body.count).max() ?? 0
        #expect(largest > 2 << 20, "the largest push had only \(largest) bytes")
        firm.line.follow()
        try matera.sync()
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["400"])
        try matera.verify()

        firm.line.follow()
        let begin = Date()
        let waiting = try matera.start("sync", "--wait", "40")
        try firm.waitForRequest()
        try milano.writeNotes(1, marked: "news")
        try milano.sync()
        #expect(try waiting.wait(seconds: 60) == .exit(0), "\(waiting.errors)")
        #expect(Date().timeIntervalSince(begin) < 30)
        #expect(try matera.rows("SELECT count(*) FROM contact_attempt") == ["401"])

        let curl = try firm.folder.run(
            "curl",
            [
                "-q", "-sS", "--noproxy", "*", "--cacert", nginx.certificate, "-w",
                " %{http_code} %{http_version}", "https://localhost:\(nginx.securePort)/healthz",
            ]
        ).expect(0)
        #expect(curl.output.contains("\"ok\""))
        #expect(curl.output.hasSuffix(" 200 1.1"), "\(curl)")
        try firm.folder.run(
            "curl",
            ["-q", "-sS", "--noproxy", "*", "https://localhost:\(nginx.securePort)/healthz"]
        ).expect(60)
        let metrics = try firm.folder.run(
            "curl",
            [
                "-q", "-s", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}",
                "\(nginx.url)/metrics",
            ])
        #expect(metrics.output == "404")
        #expect(nginx.log.contains("POST /v1/sync"))
        #expect(nginx.log.contains("GET /v1/digest"))
        #expect(!nginx.log.contains("?"))
    }

    @Test("a server that was restarted behind nginx is found again")
    func restarted() throws {
        let firm = try Firm()
        let server = try firm.running()
        let nginx = try NginxProcess(before: server, in: firm.folder)
        firm.line.lead(to: nginx.plainPort)
        let matera = try firm.office("matera")
        try matera.writeNotes(2, marked: "nota")
        #expect(try server.stop() == .exit(0))
        let away = try matera.run("sync")
        #expect(away.exit == 4 || away.exit == 1, "\(away)")
        away.says("nothing is lost")
        let again = try ServerProcess(firm.centre, in: firm.folder, port: server.port)
        try matera.sync()
        #expect(try firm.rows("SELECT count(*) FROM contact_attempt") == ["2"])
        #expect(try again.stop() == .exit(0))
    }
}

extension Office {
    /// Writes so many call notes of 7,000 letters each, through the shell.
    func writeLongNotes(_ count: Int) throws {
        let sql = """
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO contact_attempt(account_id, channel, outcome, note)
            SELECT (SELECT id FROM account ORDER BY id LIMIT 1), 'letter', 'NA',
              printf('%.7000c', 'x') || i FROM n;
            """
        try Shell(folder).answer(path, sql).expect(0)
    }
}
