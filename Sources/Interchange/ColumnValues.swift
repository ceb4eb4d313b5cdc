import Portfolio

/// What the values of a left-out column say of what it holds. Kept in memory that does not grow
/// with the file.
struct ColumnValues {
    private(set) var first: (text: String, line: Int)?
    private var count = 0
    private var firstAmount: (text: String, line: Int)?
    private var firstSettled: (text: String, line: Int)?
    private var firstCredit: (text: String, line: Int)?
    private var firstForeign: (text: String, line: Int)?
    private var moneyCount = 0
    private var dateCount = 0
    private var currencyCount = 0
    /// The different values, as long as they are few and short: signs are.
    private var words: Set<String> = []
    private var areWordsFew = true

    /// More different values than this are no signs.
    private static let wordsMax = 4

    /// Takes a value that is not empty.
    mutating func received(_ text: String, line: Int) {
        count += 1
        if first == nil { first = (text, line) }
        let word = text.lowercased()
        if areWordsFew { note(word) }
        if firstSettled == nil, Self.settled.contains(word) { firstSettled = (text, line) }
        if firstCredit == nil, Self.credits.contains(word) { firstCredit = (text, line) }
        if MinorUnits.isNumber(text) {
            if firstAmount == nil { firstAmount = (text, line) }
            if MinorUnits.hasTwoDecimals(text) { moneyCount += 1 }
        }
        if FileDate.isDate(text) { dateCount += 1 }
        if Currency.exponent(of: text) != nil {
            currencyCount += 1
            if text != "EUR", firstForeign == nil { firstForeign = (text, line) }
        }
    }

    private mutating func note(_ word: String) {
        words.insert(word)
        areWordsFew = words.count <= Self.wordsMax
        if !areWordsFew { words = [] }
    }

    /// The first value that is a number.
    var amount: (text: String, line: Int)? { firstAmount }

    /// Whether all values are dates.
    var areDates: Bool { count > 0 && dateCount == count }

    /// Whether all values are amounts with two decimals.
    var areMoney: Bool { count > 0 && moneyCount == count && dateCount == 0 }

    /// Whether they are the two sides of an account, both of them, or name credit notes.
    var sign: (text: String, line: Int)? {
        if let firstCredit { return firstCredit }
        let areSides =
            areWordsFew && words.count > 1
            && Self.sides.contains { words.isSubset(of: $0) }
        return areSides ? first : nil
    }

    /// The first value that says that something is settled.
    var status: (text: String, line: Int)? { firstSettled }

    /// The first currency that is not the euro, where all values are currencies.
    var currency: (text: String, line: Int)? { currencyCount == count ? firstForeign : nil }

    private static let sides: [Set<String>] = [
        ["d", "a", "dare", "avere"], ["s", "h", "soll", "haben"], ["dr", "cr", "d", "c"],
        ["debit", "credit"], ["debito", "credito"], ["+", "-"], ["dr.", "cr."],
    ]

    private static let settled: Set<String> = [
        "paid", "settled", "cleared", "closed", "paid in full", "written off", "write-off",
        "cancelled", "canceled", "void", "voided", "partially paid", "part paid", "partial",
        "pagato", "pagata", "saldato", "saldata", "chiuso", "chiusa", "incassato", "incassata",
        "riscosso", "riscossa", "estinto", "estinta", "quietanzato", "annullato", "annullata",
        "stornato", "stornata", "parzialmente pagato", "parzialmente pagata", "acconto",
        "bezahlt", "beglichen", "ausgeglichen", "erledigt", "geschlossen", "storniert", "getilgt",
        "teilbezahlt", "teilweise bezahlt",
    ]

    private static let credits: Set<String> = [
        "nc", "n.c.", "nota di credito", "nota credito", "note di credito", "credit note",
        "credit memo", "credit", "gutschrift", "rechnungskorrektur", "storno", "avoir", "td04",
    ]
}
