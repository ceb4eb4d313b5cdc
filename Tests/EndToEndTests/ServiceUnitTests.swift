import Foundation
import Testing

/// The systemd units that are shipped, judged by systemd's own programs.
@Suite("the shipped units", .ownThreads, .timeLimit(.minutes(5)))
struct ServiceUnitTests {
    @Test(
        "a unit's exposure is at most 2.0 of 10",
        arguments: ["rientro.service", "rientro-nightly.service"])
    func exposure(unit: String) throws {
        let folder = try Folder()
        // With a threshold of 20 tenths the program ends with 1 where the exposure is above.
        let answer = try folder.run(
            "systemd-analyze",
            [
                "security", "--offline=true", "--no-pager", "--threshold=20",
                "\(Programs.repository)/Server/\(unit)",
            ])
        #expect(answer.exit == 0, "\(answer)")
        #expect(answer.output.contains("Overall exposure level"), "\(answer)")
        let loose = try folder.write(unit, "[Service]\nExecStart=/bin/true\n")
        #expect(
            try folder.run(
                "systemd-analyze",
                ["security", "--offline=true", "--no-pager", "--threshold=20", loose]
            ).exit != 0, "the check cannot fail")
    }

    @Test("the server and the night need no system call and no socket that their units take away")
    func systemCalls() throws {
        let firm = try Firm()
        let allowed = try Self.allowed(in: firm.folder, by: "rientro.service")
        #expect(allowed.count > 200 && !allowed.contains("mount") && !allowed.contains("chown"))
        #expect(try firm.running().stop() == .exit(0))
        let served = firm.folder("served.trace")
        let server = try ServerProcess(
            firm.centre, in: firm.folder,
            before: ["strace", "-D", "-f", "-qq", "-e", "signal=none", "-o", served])
        firm.line.lead(to: server.port)
        let office = try firm.office("matera")
        try office.writeNotes(3, marked: "nota")
        try office.sync()
        #expect(try server.stop() == .exit(0))
        let closed = firm.folder("closed.trace")
        let close = try firm.folder.run(
            "strace",
            [
                "-f", "-qq", "-e", "signal=none", "-o", closed, Programs.centre, "nightly",
                firm.centre,
            ])
        #expect(close.exit == 0 || close.exit == 3, "\(close)")
        for (trace, families) in [
            (served, ["AF_INET", "AF_INET6"]), (closed, ["AF_UNIX"]),
        ] {
            let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
            #expect(lines.count > 1_000, "\(trace) has \(lines.count) lines")
            let calls = Set(lines.compactMap(Self.name))
            #expect(calls.contains("fsync") || calls.contains("fdatasync"), "\(calls)")
            // SQLite gives its files the owner of the database where root runs it, and only there
            // (`robustFchown` in os_unix.c); the service has a user of its own.
            #expect(calls.subtracting(allowed).subtracting(["fchown"]) == [])
            let sockets = lines.filter { Self.name($0) == "socket" }
            for line in sockets {
                #expect(families.contains { line.contains("socket(\($0),") }, "\(line)")
            }
        }
    }

    /// The name of the call that a line of strace's tells; nil for what is no call.
    private static func name(_ line: Substring) -> String? {
        var rest = line.drop { $0.isNumber }.drop { $0 == " " }
        if rest.hasPrefix("<... ") { rest = rest.dropFirst(5).prefix { $0 != " " } }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty, rest.count > name.count || rest == name else { return nil }
        // A process ended: no call, and no rule of the filter speaks of the first execve.
        return name == "execve" ? nil : String(name)
    }

    /// The calls that a unit's filter leaves, as systemd itself lists its groups.
    private static func allowed(in folder: Folder, by unit: String) throws -> Set<String> {
        let text = try String(
            contentsOfFile: "\(Programs.repository)/Server/\(unit)", encoding: .utf8)
        var allowed: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix("SystemCallFilter=") {
            var words = line.dropFirst("SystemCallFilter=".count)
            let takes = words.hasPrefix("~")
            if takes { words.removeFirst() }
            for word in words.split(separator: " ") {
                let calls = try members(of: String(word), in: folder)
                if takes { allowed.subtract(calls) } else { allowed.formUnion(calls) }
            }
        }
        return allowed
    }

    private static func members(of group: String, in folder: Folder) throws -> Set<String> {
        guard group.hasPrefix("@") else { return [group] }
        let list = try folder.run("systemd-analyze", ["syscall-filter", "--no-pager", group])
            .expect(0).output
        var calls: Set<String> = []
        for line in list.split(separator: "\n") where line.hasPrefix(" ") {
            let word = line.trimmingCharacters(in: .whitespaces)
            guard !word.hasPrefix("#"), !word.isEmpty else { continue }
            calls.formUnion(try members(of: word, in: folder))
        }
        return calls
    }
}
