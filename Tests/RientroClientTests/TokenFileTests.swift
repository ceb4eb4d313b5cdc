import Foundation
import RientroProtocol
import Testing

@testable import RientroClient

@Suite("The token file")
struct TokenFileTests {
    private static func addresses(_ texts: String...) throws -> CentreAddresses {
        try CentreAddresses(texts.isEmpty ? ["https://a.example"] : texts, allowsPlain: true)
    }

    @Test("gives the same line for the same code, another for another, and holds no code")
    func codes() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let here = try Self.addresses()
        let first = try file.line(forCode: "ABCD-1234", at: here)
        #expect(try file.line(forCode: "ABCD-1234", at: here) == first)
        let other = try file.line(forCode: "WXYZ-9876", at: here)
        #expect(other.incarnation != first.incarnation && other.token != first.token)
        #expect(try file.line(forCode: "ABCD-1234", at: here) == first)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!text.contains("ABCD"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count == 32 + 1 + 64 + 1 + 17 })
        #expect(text.split(separator: "\n").count == 2)
        let moved = try file.line(forCode: "ABCD-1234", at: Self.addresses("https://b.example"))
        #expect(moved.token == first.token && moved.addresses == "https://b.example")
        #expect(try file.lines().map(\.addresses) == ["https://b.example", "https://a.example"])
    }

    @Test("keeps a token that was made for a request, and drops the others when told")
    func incarnations() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let here = try Self.addresses()
        let old = try file.line(forCode: "code", at: here)
        let fresh = [UInt8](repeating: 9, count: 16)
        let token = try file.tokenMade(for: fresh, at: here)
        #expect(try file.tokenMade(for: fresh, at: here) == token)
        #expect(try file.token(of: old.incarnation, for: here) == old.token)
        try file.keep(only: fresh)
        #expect(try file.lines().map(\.token) == [token])
        #expect(throws: ReplicaError.noToken(path: file.path)) {
            try file.token(of: old.incarnation, for: here)
        }
        try file.keep(only: [UInt8](repeating: 1, count: 16))
        #expect(try file.lines().count == 1, "the last token is never dropped")
    }

    @Test("gives a token only for the addresses that stand beside it, and says which those are")
    func bound() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let two = try Self.addresses("https://a.example", "http://127.0.0.1:8080/x")
        let line = try file.line(forCode: "code", at: two)
        for texts in [["https://a.example"], ["http://127.0.0.1:8080/x", "https://a.example"]] {
            let some = try CentreAddresses(texts, allowsPlain: false)
            #expect(try file.token(of: line.incarnation, for: some) == line.token)
        }
        for texts in [
            ["https://evil.example"], ["http://a.example"], ["https://a.example:444"],
            ["https://a.example/x"], ["https://a.example", "https://evil.example"],
        ] {
            let other = try CentreAddresses(texts, allowsPlain: true)
            #expect(
                throws: ReplicaError.otherAddress(
                    path: folder.file("r.db"), file: texts.joined(separator: " "),
                    token: "https://a.example http://127.0.0.1:8080/x")
            ) { try file.token(of: line.incarnation, for: other) }
        }
        try file.bind(line.incarnation, to: Self.addresses("https://c.example"))
        #expect(
            try file.token(of: line.incarnation, for: Self.addresses("https://c.example"))
                == line.token)
        #expect(throws: ReplicaError.self) { try file.token(of: line.incarnation, for: two) }
        #expect(throws: ReplicaError.noToken(path: file.path)) {
            try file.bind([UInt8](repeating: 3, count: 16), to: two)
        }
    }

    @Test("a line without an address, as an earlier program wrote it, is for no address")
    func unbound() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let (id, token) = ([UInt8](repeating: 1, count: 16), [UInt8](repeating: 2, count: 32))
        let text = Hexadecimal.text(id) + " " + Hexadecimal.text(token) + "\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file.path))
        #expect(
            throws: ReplicaError.otherAddress(
                path: folder.file("r.db"), file: "https://a.example", token: "")
        ) { try file.token(of: id, for: Self.addresses()) }
        try file.bind(id, to: Self.addresses())
        #expect(try file.token(of: id, for: Self.addresses()) == token)
    }

    @Test("reads over what an editor adds: carriage returns, a byte order mark, blanks, capitals")
    func edited() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let here = try Self.addresses("https://a.example", "https://b.example")
        let line = try file.line(forCode: "code", at: here)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        let plain = text.trimmingCharacters(in: .newlines)
        let parts = plain.split(separator: " ").map(String.init)
        for edited in [
            plain, plain + "\r\n", "\u{FEFF}" + plain + "\r\n\r\n", "\r" + plain + "\r",
            "  " + plain + " \t\n", plain.replacing(" ", with: "\t"),
            "\u{FEFF}\r\n" + plain, plain + "\u{FEFF}",
            ([parts[0].uppercased(), parts[1].uppercased()] + parts[2...]).joined(separator: "  "),
        ] {
            try Data(edited.utf8).write(to: URL(fileURLWithPath: file.path))
            #expect(try file.token(of: line.incarnation, for: here) == line.token, "\(edited)")
            #expect(try file.lines() == [line])
        }
    }

    @Test("passes over what is not a line, and stays readable by its owner alone")
    func mended() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let here = try Self.addresses()
        let line = try file.line(forCode: "code", at: here)
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\n\u{FFFD} zz\nabcd 12\n".utf8))
        try handle.close()
        #expect(try file.lines() == [line])
        _ = try file.tokenMade(for: [UInt8](repeating: 2, count: 16), at: here)
        #expect(try file.lines().count == 2)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? Int) == 0o600)
    }

    @Test("however many codes are tried, it stays short and keeps the line in use and the newest")
    func manyCodes() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let here = try Self.addresses()
        let first = try file.line(forCode: "0", at: here)
        for code in 1..<(TokenFile.linesMax + 3) {
            _ = try file.line(forCode: "\(code)", at: here)
        }
        let last = try file.line(forCode: "last", at: here)
        let lines = try file.lines()
        #expect(lines.count == TokenFile.linesMax)
        #expect(lines.first == first && lines.last == last)
    }

    @Test("a file that is too long for tokens is refused at once, whatever is in it")
    func tooLong() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        try #require(FileManager.default.createFile(atPath: file.path, contents: nil))
        for size in [TokenFile.bytesMax + 1, 2 << 30] {
            try #require(truncate(file.path, off_t(size)) == 0)
            #expect(
                throws: ReplicaError.file(
                    path: file.path, fact: "it is longer than \(TokenFile.bytesMax) bytes")
            ) { try file.lines() }
        }
        try #require(truncate(file.path, off_t(TokenFile.bytesMax)) == 0)
        #expect(try file.lines().isEmpty)
    }
}

@Suite("Small forms")
struct SmallFormTests {
    @Test(
        "a Content-Range is taken only whole and without contradiction",
        arguments: [
            ("bytes 0-3/4", true), ("bytes 2-3/9", true), ("bytes 0-4/4", false),
            ("bytes 3-2/9", false), ("bytes 0-3/*", false), ("bytes */4", false),
            ("items 0-3/4", false), ("bytes 0-3", false), ("", false),
            ("bytes 0-99999999999999999999/4", false), ("bytes -1-3/4", false),
        ])
    func contentRange(text: String, isTaken: Bool) {
        #expect((ContentRange(text) != nil) == isTaken)
    }

    @Test("the first word of a statement is found behind blanks and comments")
    func firstWord() {
        #expect(FirstWord.of("  \n-- x\n/* BEGIN */;commit work") == "COMMIT")
        #expect(FirstWord.of("/* never ends BEGIN") == "")
        #expect(FirstWord.of("--") == "")
        #expect(FirstWord.of("with x as (select 1) select * from x") == "WITH")
    }

    @Test("stored JSON gives back every kind of value")
    func json() {
        #expect(
            StoredJSON.values(#"[null,1,-9223372036854775808,"é\n",{"hex":"00ff"},1.5]"#) == [
                .null, 1, .integer(.min), "é\n", .blob([0, 255]), .real(1.5),
            ])
        #expect(StoredJSON.values("not json") == ["not json"])
    }
}
