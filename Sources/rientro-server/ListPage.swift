import BackOffice
import Terminal

/// Which page of a long list is shown.
struct ListPage {
    /// From 1; there may be no such page.
    let number: Int

    /// More pages than any list has.
    private static let numberMax = 1_000_000

    /// The page of `--page`, else the first. Throws where it is no number.
    init(_ parsed: Parsed) throws {
        guard let typed = parsed.value("page") else {
            number = 1
            return
        }
        guard let number = Int(typed), (1...Self.numberMax).contains(number) else {
            throw parsed.usageError(
                .invalidValue(of: "--page", value: typed, expected: "a number from 1 on"))
        }
        self.number = number
    }

    /// How many entries stand before it.
    var skipped: Int { (number - 1) * ReviewLimits.pageEntries }

    /// How many pages so many entries come to; an empty list is one.
    static func count(of entries: Int64) -> Int64 {
        max(1, (entries - 1) / Int64(ReviewLimits.pageEntries) + 1)
    }

    /// What is said below a list of so many entries; nil where it is all of them.
    func sentence(of entries: Int64) -> String? {
        let pages = Self.count(of: entries)
        guard number <= pages else {
            return "There is no page \(number): "
                + (pages == 1 ? "all is on the first." : "there are \(pages).")
        }
        return pages > 1 ? "Page \(number) of \(pages); --page N shows another." : nil
    }
}
