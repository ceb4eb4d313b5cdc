import Foundation

/// The report of a day's close, as files: a page for people, and the same as data, for each part
/// of the firm.
///
/// A pure function of the pages: same pages, same bytes.
package enum Report {
    /// The files of a report, three for each page.
    ///
    /// - Parameter silentHoursMax: from how many hours on an office's silence is too long: a mark
    ///   in the chart of offices. None where nil.
    package static func files(
        _ pages: [DayPage], language: ReportLanguage, silentHoursMax: Int64? = nil
    ) -> [ReportFile] {
        let words = language.words
        let others = pages.filter { $0.scope.kind != .firm }
        return pages.flatMap { page -> [ReportFile] in
            let name = name(page.scope)
            var document = PageDocument(page: page, words: words, silenceLimit: silentHoursMax)
            if page.scope.kind == .firm { document.others = others }
            return [
                ReportFile(name: name + ".html", bytes: Array(document.markup().html.utf8)),
                ReportFile(name: name + ".csv", bytes: Array(PageCSV.text(of: page).utf8)),
                ReportFile(name: name + ".json", bytes: json(of: page)),
            ]
        }
    }

    /// The name of a page's files without what follows the point: `firm`, `branch-MT`,
    /// `creditor-ENEL`.
    ///
    /// Keys are letters, digits, `-` and `_`. Should another character ever stand in one, it
    /// becomes its number: a key must not lead out of the folder.
    package static func name(_ scope: PageScope) -> String {
        guard scope.kind != .firm else { return scope.kind.rawValue }
        var key = ""
        for scalar in scope.key.unicodeScalars {
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                || scalar == "-" || scalar == "_"
            key += isPlain ? String(scalar) : "~\(scalar.value)~"
        }
        return "\(scope.kind.rawValue)-\(key)"
    }

    /// The page as it is, members in the order of their names.
    private static func json(of page: DayPage) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // A page holds nothing that JSON cannot: whole numbers, texts, lists.
        guard let data = try? encoder.encode(page) else {
            preconditionFailure("a page is whole numbers and texts")
        }
        return Array(data) + [0x0A]
    }
}

/// One file of a report.
package struct ReportFile: Equatable, Sendable {
    /// Its name in the folder.
    package let name: String
    /// What is in it.
    package let bytes: [UInt8]

    /// A file.
    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}
