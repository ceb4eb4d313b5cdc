import Testing

@testable import RientroHTTP

@Suite("a query")
struct HTTPQueryTests {
    private func pairs(_ text: String?, plusIsSpace: Bool = false) throws -> [String] {
        try HTTPQuery.parse(text, plusIsSpace: plusIsSpace).map { "\($0)→\($1)" }
    }

    @Test("is taken apart in order and decoded")
    func valid() throws {
        #expect(try pairs(nil) == [])
        #expect(try pairs("") == [])
        #expect(try pairs("a") == ["a→"])
        #expect(try pairs("a=") == ["a→"])
        #expect(try pairs("a=1&b=2&a=3") == ["a→1", "b→2", "a→3"])
        #expect(try pairs("a=b=c?/") == ["a→b=c?/"])
        #expect(try pairs("n%C3%A9=%e2%82%ac%20%26%3D") == ["né→€ &="])
        #expect(try pairs("t=12:00+01:00") == ["t→12:00+01:00"])
        #expect(try pairs("q=mario+rossi%2B", plusIsSpace: true) == ["q→mario rossi+"])
    }

    @Test(
        "that is malformed is refused with the place",
        arguments: [
            ("&", 0), ("a&", 2), ("a&&b", 2), ("=x", 0), ("a=%", 2), ("a=%4", 2), ("a=%zz", 2),
            ("a=1&b=%00", 6), ("a=%C3", 2), ("a=%ED%A0%80", 2), ("a=%C0%AF", 2), ("%FF=1", 0),
            ("a=%+1", 2), ("a=%4&1=2", 2),
        ])
    func malformed(_ text: String, _ offset: Int) {
        #expect(throws: HTTPError.malformedQuery(offset: offset)) { try pairs(text) }
    }
}
