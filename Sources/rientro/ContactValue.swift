/// What people type as a number or an address.
enum ContactValue {
    /// The kinds whose values are phone numbers.
    private static let phoneKinds: Set<String> = ["phone", "mobile", "landline", "work_phone"]
    /// E.164 allows 15 digits; shorter than 7 with a country's code is none.
    private static let digits = 7...15
    /// Digits of an Italian number behind its +39.
    private static let italianDigits = 6...11

    /// The value as it is kept: phones in E.164 where they can be read as such, everything else
    /// as it was typed.
    static func kept(_ typed: String, kind: String) -> String {
        phoneKinds.contains(kind) ? phone(typed) ?? typed : typed
    }

    /// A phone number in E.164 (ITU-T E.164); nil where the text cannot be read as one.
    ///
    /// The rules are those of the import, so that a number typed here is the one that a creditor
    /// handed over: a number without a country's code is taken for Italian if it begins as Italian
    /// numbers do, with 3 (mobile) or 0 (landline, which keeps its 0 behind +39).
    static func phone(_ typed: String) -> String? {
        let marks: Set<Character> = [" ", "-", ".", "/", "(", ")", "\u{A0}"]
        let text = typed.filter { !marks.contains($0) }
        let bare = text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard !bare.isEmpty, bare.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        var number = String(bare)
        if text.hasPrefix("00") {
            number = String(bare.dropFirst(2))
        } else if !text.hasPrefix("+") {
            let isItalian =
                bare.hasPrefix("3") ? (9...10).contains(bare.count) : bare.hasPrefix("0")
            // A mobile number of 39… has ten digits; with one or two more the prefix lost its plus.
            let hasPrefix = bare.hasPrefix("39") && (11...12).contains(bare.count)
            guard isItalian || hasPrefix else { return nil }
            if !hasPrefix { number = "39" + number }
        }
        guard digits.contains(number.count), !number.hasPrefix("0") else { return nil }
        if number.hasPrefix("39") {
            let rest = number.dropFirst(2)
            guard italianDigits.contains(rest.count), rest.hasPrefix("0") || rest.hasPrefix("3")
            else { return nil }
        }
        return "+" + number
    }
}
