import Testing

@testable import BackOffice

@Suite("numbers and words of a report")
struct ReportWordsTests {
    private let italian = Numerals(language: .italian)
    private let english = Numerals(language: .english)

    @Test("amounts and counts are written as each language writes them")
    func amounts() {
        #expect(italian.amount(153_350, "EUR") == "1.533,50\u{A0}€")
        #expect(english.amount(153_350, "EUR") == "€1,533.50")
        #expect(italian.amount(-5, "EUR") == "−0,05\u{A0}€")
        #expect(english.amount(-5, "EUR") == "−€0.05")
        #expect(italian.amount(1_500, "JPY") == "1.500\u{A0}JPY")
        #expect(english.amount(153_350, "CHF") == "CHF\u{A0}1,533.50")
        #expect(italian.count(1_533) == "1.533")
        #expect(italian.count(1, "pratica", "pratiche") == "1\u{A0}pratica")
        #expect(italian.count(0, "pratica", "pratiche") == "0\u{A0}pratiche")
        #expect(italian.amount(.min, "EUR").hasPrefix("−92.233.720.368.547.758,08"))
    }

    @Test(
        "a short amount has three digits that count",
        arguments: [
            (0, "0\u{A0}€", "€0"), (49, "0,49\u{A0}€", "€0.49"), (10_050, "101\u{A0}€", "€101"),
            (1_234_050, "12.341\u{A0}€", "€12,341"), (9_999_949, "99.999\u{A0}€", "€99,999"),
            (9_999_950, "100\u{A0}mila\u{A0}€", "€100k"),
            (98_213_050, "982\u{A0}mila\u{A0}€", "€982k"),
            (99_949_999, "999\u{A0}mila\u{A0}€", "€999k"),
            (99_950_000, "1,00\u{A0}mln\u{A0}€", "€1.00m"),
            (-150_000_000, "−1,50\u{A0}mln\u{A0}€", "−€1.50m"),
            (1_541_204_925, "15,4\u{A0}mln\u{A0}€", "€15.4m"),
            (123_456_789_000, "1,23\u{A0}mrd\u{A0}€", "€1.23bn"),
            (9_000_000_000_000, "90\u{A0}mrd\u{A0}€", "€90bn"),
        ] as [(Int64, String, String)])
    func shortAmounts(amount: Int64, inItalian: String, inEnglish: String) {
        #expect(italian.shortAmount(amount, "EUR") == inItalian)
        #expect(english.shortAmount(amount, "EUR") == inEnglish)
    }

    @Test("a share that is not nothing is not written as nothing, nor one that is not all as all")
    func shares() {
        #expect(italian.share(1, of: 3) == "33,3%")
        #expect(english.share(2, of: 3) == "66.7%")
        #expect(english.share(0, of: 3) == "0.0%")
        #expect(english.share(1, of: 100_000) == "<0.1%")
        #expect(italian.share(99_999, of: 100_000) == ">99,9%")
        #expect(english.share(3, of: 3) == "100.0%")
        #expect(english.share(-1, of: 8) == "−12.5%")
        #expect(english.share(1, of: 0) == nil)
        #expect(english.shortShare(1, of: 1_000) == "<1%")
        #expect(english.shortShare(999, of: 1_000) == "99%")
        #expect(english.share(.max, of: 1) != nil)
        #expect(Numerals.rounded(.max, times: 1_000, by: 1) == .max)
        #expect(Numerals.rounded(-15, times: 1, by: 10) == -2)
    }

    @Test("dates are written as each language writes them, and what is none is left alone")
    func dates() {
        #expect(italian.date("2026-11-22") == "22/11/2026")
        #expect(english.date("2026-11-02") == "2 Nov 2026")
        #expect(italian.moment("2026-11-22T18:05") == "22/11/2026, 18:05")
        #expect(english.moment("2026-11-22 18:05") == "22 Nov 2026, 18:05")
        #expect(italian.month("2026-01") == "gen 2026")
        for text in ["", "2026", "2026-13-01", "22/11/2026", "2026-11-", "----", "2026-1-1"] {
            #expect(italian.date(text) == text)
        }
        #expect(italian.silence(1) == "1\u{A0}ora")
        #expect(italian.silence(47) == "47\u{A0}ore")
        #expect(english.silence(48) == "2\u{A0}days")
    }

    @Test("every word is there, and in Italian another than in English but for names and signs")
    func complete() {
        let both: [any Words] = [Italian(), English()]
        for words in both {
            #expect(Set(ColumnName.allCases.map { words.column($0) }).count > 40)
            for text in Self.texts(words) { #expect(!text.isEmpty) }
        }
        let pairs = zip(Self.texts(both[0]), Self.texts(both[1]))
        #expect(pairs.filter { $0 == $1 }.isEmpty)
    }

    @Test("in Italian the article of a share follows how the number is spoken")
    func articles() {
        let words = Italian()
        #expect(words.the(122, 1_000) == "il 12,2%")
        #expect(words.the(81, 1_000) == "l’8,1%")
        #expect(words.theFirst(81, 1_000) == "L’8,1%")
        #expect(words.the(11, 100) == "l’11,0%")
        #expect(words.the(1, 100) == "l’1,0%")
        #expect(words.the(85, 100) == "l’85,0%")
        #expect(words.the(4, 1_000) == "lo 0,4%")
        #expect(words.the(1, 100_000) == "meno dello 0,1%")
        #expect(words.at(99_999, 100_000) == "a più del 99,9%")
        #expect(words.at(8, 100) == "all’8,0%")
        #expect(words.at(0, 100) == "allo 0,0%")
        #expect(words.at(-3, 100) == "al −3,0%")
    }

    private static func texts(_ words: any Words) -> [String] {
        var texts = SectionName.allCases.map { words.title(of: $0) }
        for list in ListName.allCases { texts += [words.title(of: list), words.note(on: list)] }
        for figure in Figure.Name.allCases {
            texts += [words.title(of: figure), words.note(on: figure), words.nothing(in: figure)]
        }
        texts += AgeingBucket.allCases.map { words.name(of: $0) }
        texts += PromiseState.allCases.map { words.name(of: $0) }
        texts += ReasonChart.Fault.allCases.map { words.name(of: $0) }
        texts += TaskLine.Cause.allCases.map { words.name(of: $0) }
        for measure in Measure.Name.allCases {
            texts += [words.name(of: measure), words.definition(of: measure)]
            texts.append(words.noValue(of: measure))
        }
        for kind in ReviewKind.allCases {
            for count: Int64 in [1, 2] {
                let line = ReviewLine(kind: kind, count: count, new: 0, oldest: "2026-11-22")
                let said = words.attention(.review(line))
                texts += [said.meaning, said.action ?? ""]
            }
        }
        return texts
    }
}
