package import Terminal

/// The languages that a report is written in.
package enum ReportLanguage: String, Codable, CaseIterable, Sendable {
    case italian = "it"
    case english = "en"

    /// How it writes numbers.
    package var numbers: Language { self == .italian ? .italian : .english }
}
