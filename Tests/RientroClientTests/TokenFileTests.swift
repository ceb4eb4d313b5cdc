import Foundation
import Testing

@testable import RientroClient

@Suite("The token file")
struct TokenFileTests {
    @Test("gives the same line for the same code, another for another, and holds no code")
    func codes() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let first = try file.line(forCode: "ABCD-1234")
        #expect(try file.line(forCode: "ABCD-1234") == first)
        let other = try file.line(forCode: "WXYZ-9876")
        #expect(other.incarnation != first.incarnation && other.token != first.token)
        #expect(try file.line(forCode: "ABCD-1234") == first)
        let text = try String(contentsOfFile: file.path, encoding: .utf8)
        #expect(!text.contains("ABCD"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count == 32 + 1 + 64 })
    }

    @Test("keeps a token that was made for a request, and drops the others when told")
    func incarnations() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let old = try file.line(forCode: "code")
        let fresh = [UInt8](repeating: 9, count: 16)
        let token = try file.tokenMade(for: fresh)
        #expect(try file.tokenMade(for: fresh) == token)
        #expect(try file.token(of: old.incarnation) == old.token)
        try file.keep(only: fresh)
        #expect(try file.lines().map(\.token) == [token])
        #expect(throws: ReplicaError.noToken(path: file.path)) {
            try file.token(of: old.incarnation)
        }
        try file.keep(only: [UInt8](repeating: 1, count: 16))
        #expect(try file.lines().count == 1, "the last token is never dropped")
    }

    @Test("passes over what is not a line, and stays readable by its owner alone")
    func mended() throws {
        let folder = try Folder()
        let file = TokenFile(replica: folder.file("r.db"))
        let line = try file.line(forCode: "code")
        let handle = try #require(FileHandle(forWritingAtPath: file.path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\n\u{FFFD} zz\nabcd 12\n".utf8))
        try handle.close()
        #expect(try file.lines() == [line])
        _ = try file.tokenMade(for: [UInt8](repeating: 2, count: 16))
        #expect(try file.lines().count == 2)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect((attributes[.posixPermissions] as? Int) == 0o600)
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
