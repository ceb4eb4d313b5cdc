import Portfolio

/// A column of the file that is not loaded.
package struct LeftOutColumn: Equatable, Sendable {
    /// What a column may hold that decides what the rows mean.
    package enum Meaning: String, CaseIterable, Equatable, Sendable {
        /// Amounts.
        case money
        /// Which amounts are owed and which are credits: D/A, S/H, Dr/Cr, FT/NC.
        case sign
        /// Whether something is paid, closed, contested.
        case status
        /// The day on which it was paid.
        case paidOn = "paid_on"
        /// The currency, of which the rows would be taken for EUR.
        case currency
    }

    /// Why it may not be left out unsaid.
    package struct Doubt: Equatable, Sendable {
        /// What it seems to hold.
        package let meaning: Meaning
        /// Whether its name says so; else its values do.
        package let isByName: Bool
        /// A value that it holds.
        package let value: String
        /// The line of that value.
        package let line: Int
    }

    /// Where it stands, from 0.
    let place: Int
    /// Its name; empty where the header has none.
    package let name: String
    /// Whether a person said that it is left out.
    package let isTold: Bool
    /// Why it may not be left out unsaid; nil where nothing speaks against it.
    package internal(set) var doubt: Doubt?

    init(place: Int, name: String, isTold: Bool) {
        self.place = place
        self.name = name
        self.isTold = isTold
    }

    /// What a person calls it: its name, or `#3` for the third where it has none.
    package var label: String { name.isEmpty ? "#\(place + 1)" : name }

    /// Whether a word of a person means the column of this name at this place.
    static func isNamed(_ word: String, name: String, at place: Int) -> Bool {
        word == "#\(place + 1)" || word.trimmed.lowercased() == name.trimmed.lowercased()
    }
}
