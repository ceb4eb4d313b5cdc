import Foundation
import Testing

@testable import RientroClient

@Suite("An address of a centre")
struct CentreAddressTests {
    @Test(
        "has one form",
        arguments: [
            ("https://Centre.Example/", "https://centre.example"),
            ("HTTPS://centre.example", "https://centre.example"),
            ("https://centre.example:8443/Base/", "https://centre.example:8443/Base"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://127.0.0.1:1//", "http://127.0.0.1:1"),
        ])
    func form(text: String, form: String) throws {
        let address = try CentreAddress(text)
        #expect(address.text == form)
        #expect(address.url.absoluteString == form)
        #expect(try CentreAddress(form) == address)
    }

    @Test(
        "says where, and nothing else",
        arguments: [
            "", "centre", "ftp://a", "file:///etc/passwd", "https://", "https:///x",
            "https://me:secret@a", "https://me@a", "https://a?x=1", "https://a#x", "https://a b",
            "https://a\n", "https://a:0", "https://a:65536", "https://\u{E9}.example",
            "https://" + String(repeating: "a", count: CentreAddress.bytesMax - 7),
        ])
    func refused(text: String) {
        #expect(throws: ReplicaError.badAddress(text)) { try CentreAddress(text) }
    }

    @Test("may be so long, and of so high a port")
    func longest() throws {
        let text = "https://" + String(repeating: "a", count: CentreAddress.bytesMax - 8)
        #expect(try CentreAddress(text).text == text)
        #expect(try CentreAddress("https://a:65535").text == "https://a:65535")
        #expect(try CentreAddress("https://a:1").text == "https://a:1")
    }

    @Test(
        "is open to others on the way where it is plain HTTP that leaves this machine",
        arguments: [
            ("http://centre.example", true), ("http://10.0.0.1", true), ("http://128.0.0.1", true),
            ("http://127.0.0.1.evil.example", true), ("http://127.evil", true),
            ("http://127.0.0.256", true), ("http://localhost.evil.example", true),
            ("http://[::2]", true), ("http://127.0.0.1", false), ("http://127.9.8.7:80/x", false),
            ("http://localhost:8080", false), ("http://[::1]", false),
            ("https://centre.example", false),
        ])
    func open(text: String, isOpen: Bool) throws {
        #expect(try CentreAddress(text).isOpenToOthers == isOpen)
        if isOpen {
            #expect(throws: ReplicaError.openAddress(text)) {
                try CentreAddresses(["https://a.example", text], allowsPlain: false)
            }
        }
        #expect(try CentreAddresses([text], allowsPlain: true).text == text)
        #expect(try CentreAddresses(stored: text).list.count == 1)
    }

    @Test("there are one to eight, each once, in their order")
    func several() throws {
        let many = (1...CentreAddress.countMax).map { "https://c\($0).example" }
        #expect(try CentreAddresses(many + many, allowsPlain: false).list.map(\.text) == many)
        #expect(try CentreAddresses(stored: many.joined(separator: "  ")).text.count == 8 * 18 + 7)
        for wrong in [[], many + ["https://one.more"]] {
            #expect(throws: ReplicaError.badAddress(wrong.joined(separator: " "))) {
                try CentreAddresses(wrong, allowsPlain: true)
            }
        }
        #expect(throws: ReplicaError.self) { try CentreAddresses(stored: "  ") }
    }
}
