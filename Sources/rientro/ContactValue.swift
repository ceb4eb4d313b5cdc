/// What people type as a number or an address.
enum ContactValue {
    /// The kinds whose values are phone numbers.
    private static let phoneKinds: Set<String> = ["phone", "mobile", "landline", "work_phone"]
    /// E.164 allows 15 digits; shorter than 6 with a country's code is none.
    private static let digits = 6...15

    /// The value as it is kept: phones in E.164 where they can be read as such, everything else
    /// as it was typed.
    static func kept(_ typed: String, kind: String) -> String {
        phoneKinds.contains(kind) ? phone(typed) ?? typed : typed
    }

    /// A phone number in E.164 (ITU-T E.164); nil where the text cannot be read as one.
    ///
    /// A number without a country's code is taken for Italian if it begins as Italian numbers do:
    /// with 3 (mobile) or 0 (landline, which keeps its 0 behind +39).
    static func phone(_ typed: String) -> String? {
        let marks: Set<Character> = [" ", "-", ".", "/", "(", ")", "\u{A0}"]
        var text = String(typed.filter { !marks.contains($0) })
        if text.hasPrefix("00") {
            text = "+" + text.dropFirst(2)
        } else if text.hasPrefix("3"), (9...10).contains(text.utf8.count) {
            text = "+39" + text
        } else if text.hasPrefix("0"), (6...11).contains(text.utf8.count) {
            text = "+39" + text
        }
        let number = text.dropFirst()
        guard text.first == "+", digits.contains(number.utf8.count),
            number.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return text
    }
}
