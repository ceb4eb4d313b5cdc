import Terminal
import Testing

@Suite struct JSONTests {
    @Test("members keep their order, and the text is indented") func pretty() {
        let value: JSONValue = [
            "replica": 12, "code": "AB", "last_sync": .null, "proven": true,
            "heads": [1, -2], "none": [], "empty": [:], "ratio": .number(0.5),
        ]
        #expect(
            value.text == """
                {
                  "replica": 12,
                  "code": "AB",
                  "last_sync": null,
                  "proven": true,
                  "heads": [
                    1,
                    -2
                  ],
                  "none": [],
                  "empty": {},
                  "ratio": 0.5
                }

                """)
        #expect(
            value.line
                == #"{"replica":12,"code":"AB","last_sync":null,"proven":true,"heads":[1,-2],"#
                + #""none":[],"empty":{},"ratio":0.5}"# + "\n")
    }

    @Test("texts are escaped as RFC 8259 wants, and nothing reaches a terminal as a command")
    func escapes() {
        #expect(JSONValue.string("a\"b\\c/d").line == #""a\"b\\c/d""# + "\n")
        #expect(
            JSONValue.string("\n\r\t\u{0}\u{1B}\u{7F}").line == #""\n\r\t\u0000\u001b\u007f""#
                + "\n")
        #expect(JSONValue.string("\r\n").line == #""\r\n""# + "\n")
        #expect(JSONValue.string("\u{9B}\u{202E}\u{2028}").line == #""\u009b\u202e\u2028""# + "\n")
        #expect(JSONValue.string("\u{E0041}").line == #""\udb40\udc41""# + "\n")
        #expect(JSONValue.string("Però 👍 e\u{301}").line == "\"Però 👍 e\u{301}\"\n")
        #expect(JSONValue.object([.init("\u{1B}", 1)]).line == #"{"\u001b":1}"# + "\n")
    }

    @Test("numbers keep all their digits, and what is no number is null") func numbers() {
        #expect(JSONValue.integer(.min).line == "-9223372036854775808\n")
        #expect(JSONValue.integer(.max).line == "9223372036854775807\n")
        #expect(JSONValue.number(.nan).line == "null\n")
        #expect(JSONValue.number(-.infinity).line == "null\n")
        #expect(JSONValue.number(1e300).line == "1e+300\n")
        #expect(JSONValue.optional(nil as Int64?).line == "null\n")
        #expect(JSONValue.optional("x").line == "\"x\"\n")
        #expect(JSONValue.count(3).line == "3\n")
    }

    @Test("very deep values end instead of overflowing the stack") func deep() {
        var value: JSONValue = []
        for _ in 0..<200 { value = .array([value]) }
        #expect(value.line.hasPrefix("[[["))
        #expect(value.line.contains("null"))
        #expect(value.line.utf8.count == 2 * 64 + 4 + 1)
    }

    @Test("a long document is written once, not once more for each text in it")
    func long() {
        let word = String(repeating: "abcdefghij", count: 4)
        let count = 100_000
        let document = JSONValue.array(Array(repeating: .string(word), count: count))
        let start = ContinuousClock.now
        #expect(document.line.utf8.count == count * (word.utf8.count + 3) + 2)
        // A second or two where it is read once; minutes where each text copies all before it.
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
