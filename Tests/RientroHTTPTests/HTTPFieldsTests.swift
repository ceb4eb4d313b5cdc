import Testing

@testable import RientroHTTP

@Suite("fields")
struct HTTPFieldsTests {
    @Test("a name is found whatever its case, and replaced in its place")
    func set() throws {
        var fields = HTTPFields()
        try fields.set("A", "1")
        try fields.add("Set-Cookie", "x")
        try fields.add("set-cookie", "y")
        try fields.set("B", "")
        #expect(fields["SET-COOKIE"] == "x")
        #expect(fields.values("Set-cookie") == ["x", "y"])
        try fields.set("SET-Cookie", "z")
        #expect(fields.values("Set-cookie") == ["z"])
        #expect(fields.list.map(\.name) == ["A", "SET-Cookie", "B"])
        #expect(fields["C"] == nil)
        #expect(fields["b"] == "")
    }

    @Test(
        "a value that would split an answer is refused",
        arguments: ["a\r\nB: c", "a\nb", "a\rb", "a\0b", "\u{7F}", " a", "a ", "\ta", "\u{1B}[0m"])
    func badValue(_ value: String) {
        var fields = HTTPFields()
        #expect(throws: HTTPError.invalidFieldValue(name: "A")) { try fields.set("A", value) }
        #expect(throws: HTTPError.invalidFieldValue(name: "A")) { try fields.add("A", value) }
        #expect(fields.count == 0)
    }

    @Test(
        "a name that is no token is refused",
        arguments: ["", "a b", "a:", "a\r\n", "é", "(", "a\0"])
    func badName(_ name: String) {
        var fields = HTTPFields()
        #expect(throws: HTTPError.invalidFieldName(name)) { try fields.set(name, "x") }
        #expect(throws: HTTPError.invalidFieldName(name)) { try fields.add(name, "x") }
    }

    @Test("a member of a list is found whatever its case, and only as a whole")
    func members() throws {
        var fields = HTTPFields()
        try fields.add("Connection", "TE ,\tClose")
        #expect(fields.contains("connection", member: "close"))
        #expect(!fields.contains("connection", member: "clos"))
        #expect(!fields.contains("connection", member: "closed"))
        #expect(!fields.contains("via", member: "close"))
    }
}
