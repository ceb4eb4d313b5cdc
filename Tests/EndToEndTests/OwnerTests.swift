import Foundation
import Testing

/// What root does in the service's folder must not lock the service out.
@Suite("run by root in the folder of a service", .ownThreads, .timeLimit(.minutes(5)))
struct OwnerTests {
    /// The user and group `nobody` and `nogroup` of Debian: no test runs as them.
    private let service: UInt32 = 65_534

    /// Every file of a folder with the user that it belongs to.
    private func owners(_ folder: String) throws -> [String: UInt32] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        var owners: [String: UInt32] = [:]
        for name in [""] + names {
            let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            owners[name] = (facts[.ownerAccountID] as? NSNumber)?.uint32Value
        }
        return owners
    }

    private func give(_ folder: String) throws {
        for name in [""] + (try FileManager.default.subpathsOfDirectory(atPath: folder)) {
            guard chown("\(folder)/\(name)", service, service) == 0 else {
                throw CocoaError(.fileWriteNoPermission)
            }
        }
    }

    @Test(
        "every command leaves all files to the folder's owner, SQLite's own included",
        .enabled(if: geteuid() == 0, "only root can be mistaken for the service"))
    func owner() throws {
        let firm = try Firm()
        let office = try firm.office("matera")
        try office.run("pay", "C-MATERA-0001", "500", "--yes").expect(0, 3)
        try office.run("sync").expect(0)
        #expect(try firm.running().stop() == .exit(0))
        try give(firm.centre)
        chmod(firm.folder.path, 0o755)
        // A reader keeps SQLite's files there while the commands run.
        let reader = try firm.folder.start(
            "sqlite3", ["-readonly", firm.database], input: "BEGIN; SELECT 1;\n.shell sleep 30\n")
        defer { reader.kill(SIGKILL) }
        let date = try #require(
            try Shell(firm.folder).rows(":memory:", "SELECT date('now', 'localtime')").first)
        let lines: [([String], [Int32])] = [
            (["operator", "add", firm.centre, "ANERI", "--name", "Anna Neri"], [0]),
            (["nightly", firm.centre, "--date", date], [0, 3]),
            (["review", firm.centre], [0, 3]), (["status", firm.centre], [0]),
            (["verify", firm.centre], [0]), (["quarantine", firm.centre], [0]),
            (
                [
                    "review", "settle", firm.centre, "--kind", "overpaid", "accepted", "--yes",
                    "--operator", "ANERI",
                ], [0]
            ),
            (["replica", "add", firm.centre, "--name", "x", "--portfolio", "MATERA"], [0]),
        ]
        for (words, codes) in lines {
            let answer = try firm.run(words)
            #expect(codes.contains(answer.exit ?? -1), "\(answer)")
            let foreign = try owners(firm.centre).filter { $0.value != service }
            #expect(foreign.isEmpty, "\(words): \(foreign)")
        }
        let made = try owners(firm.centre).keys
        for name in ["backoffice.sqlite", "nightly.lock", "reports/\(date)/firm.html"] {
            #expect(made.contains(name))
        }
        try firm.serve()
        try office.run("sync").expect(0)
        #expect(try owners(firm.centre).filter { $0.value != service }.isEmpty)
    }

    @Test(
        "a folder that its owner cannot reach is named, and not taken for one without a centre",
        .enabled(if: geteuid() == 0, "only root becomes another user"))
    func unreachable() throws {
        let firm = try Firm()
        #expect(try firm.running().stop() == .exit(0))
        try give(firm.centre)
        // The folder above is root's alone.
        try firm.centre("status").expect(1).says(firm.database, "Permission denied")
    }
}
