import Portfolio
import Testing

@Suite("Texts as they are searched")
struct FoldingTests {
    @Test(
        "capitals, accents, apostrophes, composed letters and blanks make no difference",
        arguments: [
            ("NICOLÒ", "Nicolò"), ("nicolo", "Nicolò"), ("NICOLO'", "Nicolò"),
            ("Nicolo\u{300}", "Nicol\u{F2}"), ("d'angelo", "D’Angelo"), ("D`Angelo", "DʼANGELO"),
            ("l´aquila", "L'Aquila"), ("STRASSE", "Straße"), ("  via   Roma ", "Via\u{A0}Roma"),
            ("Łódź", "lodz"), ("ŒUVRE", "œuvre"), ("Ærø", "aero"), ("Đuro", "duro"),
            ("2–4", "2-4"), ("İzmir", "izmir"), ("ışık", "isik"), ("É\u{2060}ric", "eric"),
        ])
    func same(one: String, other: String) {
        #expect(Folding.key(one) == Folding.key(other))
    }

    @Test(
        "other letters stay others",
        arguments: [("rossi", "russi"), ("a b", "ab"), ("2-4", "24"), ("日本", "日"), ("o", "0")])
    func others(one: String, other: String) {
        #expect(Folding.key(one) != Folding.key(other))
    }

    @Test("the key of a text is one that people can read") func readable() {
        #expect(Folding.key("Nicolò D’Angelo") == "nicolo dangelo")
        #expect(Folding.key(" ' ") == "")
        #expect(Folding.key("日本 €") == "日本 €")
    }

    @Test("a word is found at the beginning, in the middle and at the end, and nowhere else")
    func contains() {
        func isIn(_ text: String, _ word: String) -> Bool {
            Folding.contains(Array(text.utf8), Array(word.utf8))
        }
        #expect(isIn("matera", "mat") && isIn("matera", "ate") && isIn("matera", "era"))
        #expect(isIn("matera", "matera") && isIn("aab", "ab") && isIn("x", ""))
        #expect(!isIn("matera", "materas") && !isIn("matera", "mta") && !isIn("", "x"))
    }
}
