/// How many rows stand under parents that have a bound of them, so that not every new row counts
/// all the others: thousands under one account would take time with their square.
///
/// Rows that were judged and then not taken are in it, so at the bound the rows themselves are
/// counted. What other processes put in at the same time may carry a parent over its bound by as
/// much; the bound is one of work, and no law hangs on it.
struct Crowds {
    private struct Place: Hashable {
        let table: Int
        let parent: String
    }

    /// Parents that are remembered: what a group of full requests names, in a megabyte.
    private static let placesMax = 10_000
    private var counts: [Place: Int] = [:]

    /// Whether a further row surely fits; then it is counted. False where nobody knows.
    mutating func hasRoom(in table: Int, under parent: String, most: Int) -> Bool {
        let place = Place(table: table, parent: parent)
        guard let count = counts[place], count < most else { return false }
        counts[place] = count + 1
        return true
    }

    /// Notes how many there are with the one that is judged now.
    mutating func note(_ count: Int, in table: Int, under parent: String) {
        if counts.count >= Self.placesMax { counts = [:] }
        counts[Place(table: table, parent: parent)] = count
    }
}
