import Foundation
import Testing

/// What the shipped configuration of nginx lets a client agree on, asked by openssl.
@Suite("TLS of the shipped nginx", .ownThreads, .timeLimit(.minutes(10)))
struct NginxTLSTests {
    @Test("of all suites of TLS 1.2 only those with forward secrecy and an AEAD are taken")
    func suites() throws {
        let firm = try Firm()
        let server = try firm.running()
        let nginx = try NginxProcess(before: server, in: firm.folder)
        let names = try firm.folder.run(
            "openssl", ["ciphers", "-s", "-tls1_2", "ALL:COMPLEMENTOFALL:@SECLEVEL=0"]
        ).expect(0).output.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ":")
        #expect(names.count > 40, "openssl knows only \(names.count) suites")
        var taken: Set<Substring> = []
        for name in names where try Self.shakes(firm, nginx, "-tls1_2", name) {
            taken.insert(name)
        }
        // The certificate of the test has an RSA key.
        #expect(
            taken == [
                "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384",
                "ECDHE-RSA-CHACHA20-POLY1305",
            ])
    }

    @Test("TLS 1.3 is spoken, 1.1 and 1.0 are not, and no ticket is given")
    func versions() throws {
        let firm = try Firm()
        let server = try firm.running()
        let nginx = try NginxProcess(before: server, in: firm.folder)
        #expect(try Self.shakes(firm, nginx, "-tls1_3", nil))
        #expect(try Self.shakes(firm, nginx, "-tls1_2", nil))
        #expect(try !Self.shakes(firm, nginx, "-tls1_1", "ALL:@SECLEVEL=0"))
        #expect(try !Self.shakes(firm, nginx, "-tls1", "ALL:@SECLEVEL=0"))
        let told = try firm.folder.run(
            "openssl", ["s_client", "-connect", "localhost:\(nginx.securePort)", "-tls1_2"],
            input: "Q\n")
        #expect(told.output.contains("Cipher is ECDHE-RSA"), "\(told)")
        #expect(!told.output.contains("TLS session ticket:"), "\(told)")
    }

    @Test("who asks too often gets 429 and is told when to come again; others are served")
    func floods() throws {
        let firm = try Firm()
        let server = try firm.running()
        let nginx = try NginxProcess(before: server, in: firm.folder)
        let answers = try firm.folder.run(
            "curl",
            [
                "-q", "-s", "--noproxy", "*", "-o", "/dev/null", "-w",
                "%{http_code} %header{retry-after}\\n", "-X", "POST",
                "\(nginx.url)/v1/enrol?[1-30]",
            ]
        ).output.split(separator: "\n")
        #expect(answers.count == 30)
        #expect(answers.filter { $0 == "429 10" }.count >= 15, "\(answers)")
        #expect(answers.first?.hasPrefix("429") == false, "\(answers)")
        let well = try firm.folder.run(
            "curl",
            [
                "-q", "-s", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}",
                "\(nginx.url)/healthz",
            ])
        #expect(well.output == "200")
    }

    /// Whether a client that offers only this version and these suites comes to an agreement.
    private static func shakes(
        _ firm: Firm, _ nginx: NginxProcess, _ version: String, _ suites: Substring?
    ) throws -> Bool {
        var words = ["s_client", "-connect", "localhost:\(nginx.securePort)", version, "-brief"]
        if let suites {
            words += ["-cipher", suites.contains("@") ? "\(suites)" : "\(suites):@SECLEVEL=0"]
        }
        let answer = try firm.folder.run("openssl", words, input: "Q\n")
        return answer.exit == 0 && answer.errors.contains("CONNECTION ESTABLISHED")
    }
}
