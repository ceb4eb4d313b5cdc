import Terminal
import Testing

@Suite struct MoneyTests {
    @Test(
        "an amount is written as the language and the currency want",
        arguments: [
            (153_350, "EUR", "1.533,50 EUR", "1,533.50 EUR"),
            (0, "EUR", "0,00 EUR", "0.00 EUR"),
            (5, "EUR", "0,05 EUR", "0.05 EUR"),
            (-5, "EUR", "-0,05 EUR", "-0.05 EUR"),
            (99_999, "EUR", "999,99 EUR", "999.99 EUR"),
            (100_000_000, "EUR", "1.000.000,00 EUR", "1,000,000.00 EUR"),
            (1533, "JPY", "1.533 JPY", "1,533 JPY"),
            (1_533_500, "KWD", "1.533,500 KWD", "1,533.500 KWD"),
            (
                Int64.min, "EUR", "-92.233.720.368.547.758,08 EUR",
                "-92,233,720,368,547,758.08 EUR"
            ),
            (
                Int64.max, "JPY", "9.223.372.036.854.775.807 JPY",
                "9,223,372,036,854,775,807 JPY"
            ),
        ] as [(Int64, String, String, String)])
    func written(minorUnits: Int64, currency: String, italian: String, english: String) {
        #expect(
            Money.text(minorUnits: minorUnits, currency: currency, language: .italian) == italian)
        #expect(
            Money.text(minorUnits: minorUnits, currency: currency, language: .english) == english)
    }

    @Test(
        "what a person types is understood whatever the language",
        arguments: [
            ("150", 15_000), ("150,50", 15_050), ("150.50", 15_050), ("150,5", 15_050),
            ("1.533,50", 153_350), ("1,533.50", 153_350), ("1 533,50", 153_350),
            ("1\u{202F}533,50", 153_350), ("1'533.50", 153_350), ("1.533.000", 153_300_000),
            ("1,533,000.5", 153_300_050), (" 12 ", 1_200), ("12 EUR", 1_200), ("EUR 12", 1_200),
            ("€12,30", 1_230), ("12,30 €", 1_230), ("12eur", 1_200), ("0,01", 1), ("0", 0),
            ("007", 700), ("1 533", 153_300), ("92233720368547758,07", Int64.max),
        ] as [(String, Int64)])
    func understood(text: String, minorUnits: Int64) throws {
        #expect(
            try Money.parse(text, currency: "EUR", language: .italian) == minorUnits)
        #expect(
            try Money.parse(text, currency: "EUR", language: .english) == minorUnits)
    }

    @Test("one mark before three digits is thousands where the language says so, else refused")
    func ambiguous() throws {
        #expect(try Money.parse("1.533", currency: "EUR", language: .italian) == 153_300)
        #expect(try Money.parse("1,533", currency: "EUR", language: .english) == 153_300)
        for (text, language) in [
            ("1,533", Language.italian), ("1.533", .english), ("1.533", .french),
        ] {
            #expect(throws: MoneyError.ambiguous) {
                try Money.parse(text, currency: "EUR", language: language)
            }
        }
    }

    @Test("where a currency has three decimals, the language's decimal mark alone may divide them")
    func threeDecimals() throws {
        #expect(try Money.parse("1,533", currency: "KWD", language: .italian) == 1_533)
        #expect(try Money.parse("1.533", currency: "KWD", language: .english) == 1_533)
        #expect(throws: MoneyError.ambiguous) {
            try Money.parse("1.533", currency: "KWD", language: .italian)
        }
        #expect(try Money.parse("1.533", currency: "JPY", language: .italian) == 1_533)
        #expect(throws: MoneyError.tooManyDecimals(allowed: 0)) {
            try Money.parse("1,5", currency: "JPY", language: .italian)
        }
    }

    @Test("a negative amount is refused unless it is allowed") func negative() throws {
        for text in ["-150,50", "\u{2212}150,50", "- 150,50", "-150,50 EUR", "EUR -150,50"] {
            #expect(throws: MoneyError.negative) {
                try Money.parse(text, currency: "EUR", language: .italian)
            }
            #expect(
                try Money.parse(text, currency: "EUR", language: .italian, allowsNegative: true)
                    == -15_050)
        }
        let lowest = try Money.parse(
            "-92233720368547758.08", currency: "EUR", language: .english, allowsNegative: true)
        #expect(lowest == Int64.min)
    }

    @Test(
        "what is no amount is refused with the reason",
        arguments: [
            ("", .empty), ("  ", .empty), ("abc", .malformed), ("12x5", .malformed),
            ("1e5", .malformed), ("+5", .malformed), ("--5", .malformed), ("5-", .malformed),
            (",50", .malformed), ("150,", .malformed), ("1..5", .malformed), (".", .malformed),
            ("1.53.000", .malformed), ("1533.000.000", .malformed), ("1.533,50,1", .malformed),
            ("0.533.000", .malformed), ("1.533 000,00", .malformed), ("150 50", .malformed),
            ("EUR", .malformed), ("EUR 5 EUR", .malformed), ("١٢", .malformed),
            ("0x10", .malformed), ("1_000", .malformed), ("150,505", .ambiguous),
            ("0,505", .tooManyDecimals(allowed: 2)), ("1533,505", .tooManyDecimals(allowed: 2)),
            ("1,5055", .tooManyDecimals(allowed: 2)), ("150 USD", .otherCurrency("USD")),
            ("$150", .otherCurrency("$")), ("92233720368547758,08", .tooLarge),
            (String(repeating: "9", count: 64), .tooLarge),
            (String(repeating: "9", count: 65), .malformed),
        ] as [(String, MoneyError)])
    func refused(text: String, error: MoneyError) {
        #expect(throws: error) {
            try Money.parse(text, currency: "EUR", language: .italian)
        }
    }

    @Test("an amount that was written is read back the same", arguments: 0..<50)
    func roundTrip(step: Int) throws {
        let minorUnits = Int64(1) << min(step, 62) &+ Int64(step * 37)
        for language in [Language.italian, .english, .french] {
            // Without three digits behind a single mark nothing of this is ambiguous.
            for currency in ["EUR", "JPY", "CLF"] {
                let text = Money.text(
                    minorUnits: minorUnits, currency: currency, language: language)
                let read = try Money.parse(text, currency: currency, language: language)
                #expect(read == minorUnits, "\(text)")
            }
        }
    }

    @Test("no text traps, and what is read survives being written", arguments: 0..<20)
    func random(seed: Int) throws {
        let pieces = [
            "1", "0", "9", "533", "000", ".", ",", " ", "'", "-", "€", "EUR", "$", "x", "\u{0}",
            "\u{202F}", "\u{2212}", "٣", "e\u{301}", "99999999999", "",
        ]
        var generator = SeededGenerator(seed: seed)
        var read = 0
        for _ in 0..<500 {
            let count = Int.random(in: 0...8, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            guard
                let value = try? Money.parse(
                    text, currency: "EUR", language: .italian, allowsNegative: true)
            else { continue }
            read += 1
            let written = Money.text(minorUnits: value, currency: "EUR", language: .italian)
            let again = try Money.parse(
                written, currency: "EUR", language: .italian, allowsNegative: true)
            #expect(again == value, "\(text)")
            // Leaving out all marks, the same digits stand in the same order.
            let typed = text.filter(\.isASCII).filter(\.isNumber).drop { $0 == "0" }
            #expect(String(value.magnitude).hasPrefix(typed) || value == 0, "\(text)")
        }
        #expect(read > 0)
    }

    @Test(
        "the language is the first that the environment sets",
        arguments: [
            ([:], .english), (["LANG": "it_IT.UTF-8"], .italian), (["LANG": "C.UTF-8"], .english),
            (["LANG": "it_IT", "LC_ALL": "C"], .english),
            (["LANG": "en_US", "LC_MESSAGES": "it_IT.UTF-8"], .italian),
            (["LANG": "it_IT", "LC_ALL": ""], .italian), (["LANG": "de_DE@euro"], .italian),
            (["LANG": "fr_FR.UTF-8"], .french), (["LANG": "\u{1B}"], .english),
            (["LC_NUMERIC": "it_IT"], .english),
        ] as [([String: String], Language)])
    func language(environment: [String: String], language: Language) {
        #expect(Language.from(environment) == language)
    }
}
