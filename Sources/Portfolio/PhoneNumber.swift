/// A phone number as a creditor typed it, and what can be made of it.
package struct PhoneNumber: Equatable, Sendable {
    /// What sort of number it is, as far as the number itself tells.
    package enum Kind: String, Equatable, Sendable {
        case mobile
        case landline
        case phone
    }

    /// As it was typed.
    package let raw: String
    /// In E.164, such as `+393391234567`; nil if it cannot be read as a number.
    package let e164: String?
    /// Words that stood with it, such as `moglie` or `int. 5`.
    package let remark: String?
    /// Whether the words say that somebody else answers there.
    package let isThirdParty: Bool
    /// Mobile, landline or unknown.
    package let kind: Kind

    /// Reads what was typed, with `country` (ISO 3166, the debtor's) for numbers without a prefix;
    /// nil if there is neither digit nor word.
    ///
    /// Italy has no trunk prefix: the 0 of a landline is part of the number and stays after +39
    /// (ITU E.164, Italian plan), so `02 1234567` is `+39021234567`. A trunk prefix in brackets, as
    /// in `+44 (0)20 …`, is left out elsewhere.
    package init?(_ text: String, country: String = "IT") {
        let raw = text.trimmed
        guard !raw.isEmpty else { return nil }
        let parts = Self.parts(Self.withoutTrunkPrefix(raw))
        self.raw = raw
        remark = parts.words.isEmpty ? nil : parts.words
        isThirdParty = Self.namesSomebodyElse(parts.words)
        e164 = Self.international(parts.number, country: country)
        kind = Self.kind(of: e164)
    }

    private static func withoutTrunkPrefix(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "(")), text.hasPrefix("+") || text.hasPrefix("00")
        else { return text }
        let digits = text.drop { !("1"..."9").contains($0) }
        return text.replacing("(0)", with: digits.hasPrefix("39") ? "0" : "", maxReplacements: 1)
    }

    /// The number, and the words around it: what begins with the first letter or bracket after a
    /// digit is a remark.
    private static func parts(_ text: String) -> (number: String, words: String) {
        // Nearly all numbers are only that.
        let isPlain = text.utf8.allSatisfy {
            (48...57).contains($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/")
        }
        if isPlain { return (text, "") }
        var number = ""
        var words = ""
        var inWords = false
        for character in text {
            let isNumberPart =
                character.isASCII && (character.isNumber || "+-./ ".contains(character))
            if !isNumberPart,
                character.isLetter || (character == "(" && number.contains { $0.isNumber })
            {
                inWords = true
            }
            if inWords, character.isNumber, !number.contains(where: \.isNumber) { inWords = false }
            if inWords { words.append(character) } else if isNumberPart { number.append(character) }
        }
        let edges: Set<Character> = ["(", ")", " ", "-", ",", ":", ";"]
        let trimmed = words.drop { edges.contains($0) }.reversed().drop { edges.contains($0) }
            .reversed()
        return (number, String(trimmed))
    }

    private static func international(_ text: String, country: String) -> String? {
        let digits = String(
            decoding: text.utf8.filter { (48...57).contains($0) }, as: UTF8.self)
        var number: String
        if text.trimmed.hasPrefix("+") {
            number = digits
        } else if digits.hasPrefix("00") {
            number = String(digits.dropFirst(2))
        } else if country != "IT" {
            return nil
        } else if digits.hasPrefix("39"), (11...12).contains(digits.count) {
            // A mobile number of 39… has ten digits; with eleven or twelve the prefix lost its
            // plus.
            number = digits
        } else if digits.hasPrefix("3") ? (9...10).contains(digits.count) : digits.hasPrefix("0") {
            number = "39" + digits
        } else {
            return nil
        }
        guard (7...15).contains(number.count), !number.hasPrefix("0") else { return nil }
        if number.hasPrefix("39") {
            guard (6...11).contains(number.count - 2), "03".contains(number.dropFirst(2).prefix(1))
            else { return nil }
        }
        return "+" + number
    }

    private static func kind(of e164: String?) -> Kind {
        guard let e164, e164.hasPrefix("+39") else { return .phone }
        return e164.dropFirst(3).hasPrefix("3") ? .mobile : .landline
    }

    private static func namesSomebodyElse(_ words: String) -> Bool {
        if words.isEmpty { return false }
        return words.lowercased().split { !$0.isLetter }.contains { others.contains(String($0)) }
    }

    private static let others: Set<String> = [
        "moglie", "marito", "figlio", "figlia", "figli", "padre", "madre", "papà", "papa", "mamma",
        "fratello", "sorella", "nonno", "nonna", "zio", "zia", "suocero", "suocera", "cognato",
        "cognata", "genero", "nuora", "nipote", "cugino", "cugina", "compagno", "compagna",
        "convivente", "amico", "amica", "vicino", "vicina", "collega", "datore", "titolare",
        "avvocato", "avv", "badante", "portiere", "wife", "husband", "son", "daughter", "mother",
        "father", "brother", "sister", "neighbour", "neighbor", "employer", "lawyer",
    ]
}
