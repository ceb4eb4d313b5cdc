import Testing

@testable import Interchange

@Suite("Cents, decimal signs and encodings that nothing shows")
struct AmountScaleTests {
    private func summary(
        _ amounts: [String], currency: String = "", extra: String = "",
        options: HandOver.Options =
            .init()
    ) throws -> HandOverSummary {
        var lines = ["principal_code;case_ref;surname;item_ref;due_date;currency;open_amount;fees"]
        for (index, amount) in amounts.enumerated() {
            lines.append("E;C\(index);Rossi;I\(index);2026-03-31;\(currency);\(amount);\(extra)")
        }
        let file = try FileOnDisk(lines.joined(separator: "\n") + "\n")
        return try HandOver.inspect(path: file.path, options: options).summary
    }

    @Test(
        "amounts that are all whole and mostly of five digits may be cents, which is asked",
        arguments: [
            (["22345", "60000"], "22345", 2), (["12345"], "12345", 2),
            (["0", "12345"], "12345", 3), (["995", "22345", "60000"], "22345", 3),
            (["-12345"], "-12345", 2), (["00012345"], "00012345", 2),
        ] as [([String], String, Int)])
    func asked(amounts: [String], example: String, line: Int) throws {
        #expect(try summary(amounts).questions == [.cents(amount: example, line: line)])
    }

    @Test(
        "other amounts are no cents",
        arguments: [
            ["9999"], ["100", "22345"], ["22345", "1,5"], ["12.345,00"], ["22345,00"], ["0"],
            ["00012"], ["9999", "9999", "12345"],
        ])
    func notAsked(amounts: [String]) throws {
        #expect(try summary(amounts).questions == [])
    }

    @Test("currencies without a minor unit are not asked about, others are, in any case of letters")
    func currencies() throws {
        #expect(try summary(["22345"], currency: "JPY").questions == [])
        #expect(try summary(["22345"], currency: "jpy").questions == [])
        #expect(try summary(["22345"], currency: "USD").questions.count == 1)
        // Fees are often 0 or whole, and decide nothing.
        #expect(try summary(["22345"], extra: "1,50").questions.count == 1)
    }

    @Test("what is told is taken: cents as they are, units with two decimals more")
    func told() throws {
        let cents = try summary(["22345", "60000"], options: .init(scale: .cents))
        #expect(cents.questions == [])
        #expect(cents.openAmounts == ["EUR": 82_345])
        #expect(cents.format.scale == .cents)
        let units = try summary(["22345"], options: .init(scale: .units))
        #expect(units.questions == [])
        #expect(units.openAmounts == ["EUR": 2_234_500])
        #expect(try summary(["1"]).format.scale == .units)
        let mixed = try summary(["22345", "1,5"], options: .init(scale: .cents))
        #expect(mixed.problems.map(\.reason) == [.tooPrecise("1,5")])
        let total = try summary(["22345", "60000"], options: .init(scale: .cents))
        #expect(total.rows == 2)
    }

    @Test(
        "two decimals are money, whatever the sign before them",
        arguments: [
            (",50", true), ("1.50", true), ("1.234,50", true), ("-7,00", true), ("50", false),
            ("150", false), ("1,5", false), ("1,500", false), ("1.5.00", true), ("x,50", false),
            ("5,", false), ("1,2,3", false),
        ])
    func twoDecimals(text: String, isMoney: Bool) {
        #expect(MinorUnits.hasTwoDecimals(text) == isMoney)
    }

    @Test(
        "dates are known in each form, and numbers are none",
        arguments: [
            ("2026-03-31", true), ("31/03/2026", true), ("3.31.26", true), ("12-12-99", true),
            ("32/01/2026", false), ("13/13/2026", false), ("00/01/2026", false),
            ("2026-13-01", false), ("2026-12-32", false), ("2026-00-10", false),
            ("2026-10-00", false), ("46082", false), ("12,50", false), ("", false),
            ("01/00/2026", false), ("2026-01-01T10:00", true),
        ])
    func dates(text: String, isDate: Bool) {
        #expect(FileDate.isDate(text) == isDate)
    }

    @Test("a total row of a file in cents is in cents")
    func totalInCents() throws {
        let file = try FileOnDisk(
            "principal_code;case_ref;surname;item_ref;due_date;open_amount\n"
                + "E;C1;Rossi;I1;2026-03-31;12345\nTotale;;;;;12345\n")
        let found = try HandOver.inspect(path: file.path, options: .init(scale: .cents)).summary
        #expect(found.differenceFromStated == 0)
    }

    @Test("an amount that may be a thousandfold is asked about where nothing in the file decides")
    func decimalSign() throws {
        let asked = try summary(["100", "1.500", "2.500"])
        #expect(asked.questions == [.decimalSign(amount: "1.500", line: 3)])
        #expect(try summary(["1,500"]).questions == [.decimalSign(amount: "1,500", line: 2)])
        #expect(try summary(["1.500", "1,5"]).questions == [])
        #expect(try summary(["1.500"], options: .init(decimal: .point)).questions == [])
        #expect(
            try summary(["1.500"], options: .init(decimal: .comma)).openAmounts["EUR"] == 150_000)
        #expect(try summary(["n.d.", "100"]).questions == [])
        #expect(try summary(["100"], extra: "1.500").questions.count == 1)
    }

    private func inspect(
        _ surname: [UInt8], _ options: HandOver.Options = .init()
    ) throws -> HandOver {
        let head = "principal_code;case_ref;surname;item_ref;due_date;open_amount\n"
        let file = try FileOnDisk(
            Array((head + "E;C1;").utf8) + surname + Array(";I1;2026-03-31;1,00\n".utf8))
        let handOver = try HandOver.inspect(path: file.path, options: options)
        _ = try handOver.accounts()
        return handOver
    }

    @Test("text that begins as UTF-8 and goes on otherwise is asked about, with the place")
    func mixedEncoding() throws {
        let mixed: [UInt8] = [0xC3, 0xA8, 0x20, 0xF2, 0x78]
        let asked = try inspect(mixed).summary
        #expect(asked.questions == [.encoding(FilePlace(line: 2, column: 8))])
        #expect(asked.format.encoding == .windows1252)
        for encoding in [TextEncoding.utf8, .windows1252] {
            let told = try inspect(mixed, .init(encoding: encoding)).summary
            #expect(told.questions == [])
            #expect(told.format.encoding == encoding)
        }
        #expect(try inspect([0xF2]).summary.questions == [])
        #expect(try inspect([0xC3, 0xA8]).summary.questions == [])
    }

    @Test("letters of UTF-8 are valid or not, at each end of their ranges")
    func utf8() throws {
        func encoding(_ bytes: [UInt8]) -> TextEncoding? {
            var decision = EncodingDecision()
            // In pieces: a letter may lie across two of them.
            for byte in bytes { decision.received([byte]) }
            return decision.encoding
        }
        let valid: [[UInt8]] = [
            [0x00 + 0x41], [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80],
            [0xE1, 0x80, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF],
            [0xF0, 0x90, 0x80, 0x80], [0xF1, 0x80, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF],
            [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        for bytes in valid {
            #expect(encoding(bytes) == .utf8, "\(bytes)")
            #expect(String(validating: bytes, as: UTF8.self) != nil)
        }
        // Not UTF-8, and each byte is a character of Windows-1252.
        let invalid: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x7F], [0xC2, 0xC0],
            [0xE0, 0x9F, 0xBF], [0xE1, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8C, 0xBF, 0xBF],
            [0xF4, 0x91, 0x80, 0x80].map { $0 == 0x91 ? 0x93 : $0 }, [0xF5, 0x80, 0x80, 0x80],
            [0xFF], [0xE2, 0x82, 0x28],
        ]
        for bytes in invalid {
            #expect(encoding(bytes) == .windows1252, "\(bytes)")
            #expect(String(validating: bytes, as: UTF8.self) == nil)
        }
    }

    @Test("the characters of Windows-1252, at each end of its table")
    func windows1252() {
        let table: [(UInt8, Unicode.Scalar?)] = [
            (0x41, "A"), (0x7F, "\u{7F}"), (0x80, "€"), (0x81, nil), (0x82, "‚"), (0x8D, nil),
            (0x8E, "Ž"), (0x8F, nil), (0x90, nil), (0x91, "‘"), (0x9D, nil), (0x9E, "ž"),
            (0x9F, "Ÿ"), (0xA0, "\u{A0}"), (0xFF, "ÿ"),
        ]
        for (byte, scalar) in table {
            #expect(TextEncoding.scalar(byte) == scalar)
            #expect(TextEncoding.windows1252.text([byte]) == scalar.map(String.init) ?? "\u{FFFD}")
        }
    }

    @Test(
        "files that are no text are called what they are",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], OtherFileKind.utf16), ([0xFE, 0xFF, 0x00, 0x61], .utf16),
            ([0x50, 0x4B, 0x03, 0x04, 0x81, 0x00], .zip),
            ([0xD0, 0xCF, 0x11, 0xE0, 0x00], .compound),
            ([0x25, 0x50, 0x44, 0x46, 0x0A, 0x00], .pdf),
        ] as [([UInt8], OtherFileKind)])
    func otherKinds(bytes: [UInt8], kind: OtherFileKind) throws {
        let file = try FileOnDisk(bytes + Array("\nmore".utf8))
        do {
            _ = try HandOver.inspect(path: file.path, options: .init(encoding: .utf8))
            Issue.record("it was taken")
        } catch HandOverError.notText(_, let found) {
            #expect(found == kind)
        }
    }

    @Test("a cut of UTF-8 at the end of a file is shown where it is")
    func cut() throws {
        let file = try FileOnDisk(Array("è\n".utf8) + [0x78, 0xC3])
        #expect(throws: HandOverError.self) { try HandOver.inspect(path: file.path) }
        var decision = EncodingDecision()
        decision.received(Array("è".utf8) + [0x81, 0x00])
        #expect(decision.encoding == nil)
        #expect(decision.fault.offset == 2)
        #expect(decision.fault.isUTF8)
        var other = EncodingDecision()
        other.received([0xE8, 0x20, 0x81, 0x9D, 0x00])
        #expect(other.fault.offset == 2)
        #expect(!other.fault.isUTF8)
        var open = EncodingDecision()
        open.received(Array("èx".utf8) + [0xE2, 0x82])
        #expect(open.fault.offset == 3)
    }
}
