/// Shares with their article, which in Italian follows how the number is spoken.
extension Italian {
    /// `il 12,2%`, `l’8,1%`, `lo 0,4%`, `meno dello 0,1%`
    func the(_ numerator: Int64, _ denominator: Int64) -> String {
        joined(numerator, denominator, ["il ", "l’", "lo "], less: "meno dello ", more: "più del ")
    }

    /// The same at the beginning of a sentence.
    func theFirst(_ numerator: Int64, _ denominator: Int64) -> String {
        let text = the(numerator, denominator)
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// `al 12,2%`, `all’8,1%`, `allo 0,4%`
    func at(_ numerator: Int64, _ denominator: Int64) -> String {
        joined(
            numerator, denominator, ["al ", "all’", "allo "], less: "a meno dello ",
            more: "a più del ")
    }

    private func joined(
        _ numerator: Int64, _ denominator: Int64, _ articles: [String], less: String, more: String
    ) -> String {
        let text = share(numerator, denominator)
        if text.hasPrefix("<") { return less + text.dropFirst() }
        if text.hasPrefix(">") { return more + text.dropFirst() }
        let whole = Int(text.prefix { $0.isNumber }) ?? -1
        switch whole {
        case 0: return articles[2] + text
        // Uno, otto, undici and ottanta begin with a vowel.
        case 1, 8, 11, 80...89: return articles[1] + text
        default: return articles[0] + text
        }
    }
}
