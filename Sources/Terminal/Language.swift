/// How a language writes numbers.
package struct Language: Equatable, Sendable {
    /// The mark between whole units and their fraction.
    package let decimalMark: Character
    /// The mark between groups of three digits.
    package let groupMark: Character

    /// 1,533.50
    package static let english = Language(decimalMark: ".", groupMark: ",")
    /// 1.533,50
    package static let italian = Language(decimalMark: ",", groupMark: ".")
    /// 1 533,50, with a narrow space that does not break.
    package static let french = Language(decimalMark: ",", groupMark: "\u{202F}")

    /// The language that the environment asks for: the first of `LC_ALL`, `LC_MESSAGES` and
    /// `LANG` that is set and not empty (POSIX, 8.2), and English where there is none.
    ///
    /// Known are the languages of the European Union and their neighbours; others, and the
    /// locales `C` and `POSIX`, are written as in English.
    package static func from(_ environment: [String: String]) -> Language {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }
        guard let name = names.first(where: { !$0.isEmpty }) else { return .english }
        let code = name.prefix { $0.isLetter && $0.isASCII }.lowercased()
        if name.hasPrefix("de_CH") || name.hasPrefix("it_CH") {
            return Language(decimalMark: ".", groupMark: "’")
        }
        switch code {
        case "it", "de", "es", "nl", "da", "el", "hr", "id", "pt", "ro", "sl", "sr", "sq", "tr":
            return .italian
        case "fr", "bg", "cs", "et", "fi", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk",
            "sv", "uk":
            return .french
        default: return .english
        }
    }
}
