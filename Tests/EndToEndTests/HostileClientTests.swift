import Foundation
import Testing

/// The client of `Tests/Hostile`, which was written from the specification alone, against the real
/// server: with valid tokens it tells odd numbers, forges authors, refers to what is not its own,
/// and floods each bound. Whatever it does, the others' work goes on and can be proven.
@Suite("a hostile client with valid tokens", .ownThreads, .timeLimit(.minutes(15)))
struct HostileClientTests {
    /// Codes for the offices that the client enrols: more than it has cases.
    private static let codes = 60
    private static let accounts = 8

    private static let client = "\(Programs.repository)/Tests/Hostile/hostile.py"

    /// Runs the client in a firm of two portfolios, and returns what it said of each claim.
    private func attack(_ firm: Firm, _ arguments: [String]) throws -> [JSON] {
        let python = Programs.pythonWithCBOR
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run .ci/prepare --for-tests: \(python) is missing")
        var codes: [String: [String]] = [:]
        for (portfolio, count) in [("MATERA", Self.codes), ("POTENZA", 4)] {
            codes[portfolio] = try (0..<count).map {
                try firm.code("\(portfolio)-\($0)", [portfolio]).code
            }
        }
        let list = codes.mapValues { list in "[\(list.map { "\"\($0)\"" }.joined(separator: ","))]"
        }
        // The first portfolio is the one that is attacked.
        let world = """
            {"port": \(try firm.running().port), "codes": {"MATERA": \(list["MATERA"] ?? "[]"), \
            "POTENZA": \(list["POTENZA"] ?? "[]")}}
            """
        let answer = try firm.folder.run(
            python, [Self.client] + arguments, input: world, seconds: 600)
        let said = try answer.lines.map { try JSON($0, from: answer) }
        #expect(said.count >= 10, "\(answer)")
        #expect(answer.end == .exit(0), "\(answer.errors)")
        return said
    }

    /// Another office, of before, still works; both programs prove; the night ends with its report;
    /// and the server was not ended by a signal.
    private func others(_ firm: Firm, _ office: Office) throws {
        try office.writeNotes(20, marked: "after the attack")
        // The conflicts that the attacker made wait for a person, and are said.
        try office.run("sync").expect(0, 3)
        try office.verify()
        try firm.centre("verify").expect(0)
        let night = try firm.centre("nightly").expect(0, 3)
        #expect(night.output.contains("firm.html"), "\(night)")
        #expect(try firm.running().stop() == .exit(0))
    }

    @Test(
        "it tells, forges, refers, repeats and revives: each claim stands, and nobody else notices")
    func cases() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: Self.accounts)
        let office = try firm.office("ordinary")
        for said in try attack(firm, []) {
            #expect(
                said["fault"].isNull, "\(said["claim"].text ?? ""): \(said["fault"].text ?? "")")
        }
        try others(firm, office)
    }

    @Test("it floods each bound: it gets 429, and another office is answered all the while")
    func floods() throws {
        let firm = try Firm(portfolios: ["MATERA", "POTENZA"], accounts: Self.accounts)
        let office = try firm.office("ordinary")
        for said in try attack(firm, ["--floods", "2"]) {
            #expect(
                said["fault"].isNull, "\(said["claim"].text ?? ""): \(said["fault"].text ?? "")")
        }
        let metrics = try firm.running().metrics()
        for bound in ["long_polls", "bodies", "requests", "codes"] {
            #expect(
                metrics["rientro_too_much_total{bound=\"\(bound)\"}", default: 0] > 0, "\(bound)")
        }
        try others(firm, office)
    }
}
