/// Every word of the report in one language: what is missing in one does not compile.
protocol Words: Sendable {
    /// Of the language, for `lang`.
    var tag: String { get }
    /// How it writes numbers.
    var numerals: Numerals { get }

    // The page.
    func scope(_ kind: PageScope.Kind) -> String
    func closeOf(_ date: String) -> String
    func pageTitle(_ scope: PageScope, date: String) -> String
    func lead(_ page: DayPage, items: Int) -> String
    func since(_ previous: String?) -> String
    func upTo(commit: Int64, currency: String) -> String
    func alsoIn(_ currencies: [String]) -> String
    func title(of section: SectionName) -> String
    func filesOf(_ page: String) -> String
    var skipToFigures: String { get }
    var footer: String { get }

    // Key figures.
    func collectedLabel(isToday: Bool) -> String
    func collectedMeaning(amount: Int64, month: Int64?, currency: String) -> String
    func openMeaning(amount: Int64, accounts: Int64?, currency: String) -> String
    func name(of measure: Measure.Name) -> String
    func definition(of measure: Measure.Name) -> String
    func meaning(of measure: Measure, _ currency: String) -> String
    func noValue(of measure: Measure.Name) -> String

    // What needs a person.
    func attention(_ item: Attention) -> Insight
    func totalsAgree(_ lots: Int) -> String
    var totalsRule: String { get }
    var nothingPending: String { get }
    var howToSettle: String { get }

    // Charts.
    func title(of figure: Figure.Name) -> String
    func note(on figure: Figure.Name) -> String
    func nothing(in figure: Figure.Name) -> String
    func insight(_ finding: AgeingChart.Finding) -> Insight
    func insight(_ finding: RecoveryChart.Finding) -> Insight
    func insight(_ finding: PromiseChart.Finding) -> Insight
    func insight(_ finding: ReasonChart.Finding) -> Insight
    func insight(_ finding: ContactChart.Finding) -> Insight
    func insight(_ finding: OfficeChart.Finding) -> Insight
    func onlyOpenPromises(_ count: Int64) -> Insight
    func youngestLotsDrawn(_ drawn: Int, of all: Int) -> String
    func worstOfficesDrawn(_ drawn: Int, of all: Int) -> String
    func name(of bucket: AgeingBucket) -> String
    func name(of state: PromiseState) -> String
    func name(of fault: ReasonChart.Fault) -> String
    func label(_ line: ReasonLine) -> String
    func label(_ line: ContactLine) -> String
    func otherReasons(_ count: Int64) -> String
    var noReason: String { get }
    var noLot: String { get }
    var monthsSincePlacement: String { get }
    func columnOfMonth(_ month: Int) -> String
    func hours(_ hour: Int64) -> String
    var rightPartyPercent: String { get }
    var rightPartyPercentLines: [String] { get }
    var neverSeen: String { get }
    var badgeLate: String { get }
    func badgeUnsent(_ count: Int64) -> String
    func badgeQuarantined(_ count: Int64) -> String
    func silenceLimit(_ hours: Int64) -> String

    // Tables.
    var numbersAsTable: String { get }
    func column(_ name: ColumnName) -> String
    func title(of list: ListName) -> String
    func note(on list: ListName) -> String
    func name(of cause: TaskLine.Cause) -> String
    func name(ofTable table: String) -> String
    func moreRows(_ count: Int, file: String) -> String
    var nothingChanged: String { get }
    var newPromise: String { get }
    var lateMark: String { get }
    var centre: String { get }
}

/// The parts of a page.
enum SectionName: String, CaseIterable, Sendable {
    case figures
    case attention
    case charts
    case changes
    case details
    case pages
}

/// The lists of a page.
enum ListName: String, CaseIterable, Sendable {
    case promiseChanges = "promise-changes"
    case paidInFull = "paid-in-full"
    case newlyOverdue = "newly-overdue"
    case tasks
    case late
    case operators
    case totals
    case measures
}

/// The titles of columns.
enum ColumnName: CaseIterable, Sendable {
    case bucket, accounts, items, openAmount, share, amount
    case lot, placedOn, placedAmount
    case month, keptShare
    case reason, fault
    case hour, channel, attempts, rightParty
    case office, portfolios, lastSeen, silence, changeSets, unsent, behind, provenCommit
    case lateFacts, quarantined
    case caseRef, state, before, dueOn, promised, paid, lastPayment
    case cause, made, cancelled
    case fact, days, facts
    case `operator`, promises, fellDue, kept, reasonsRecorded
    case adjusted, difference
    case measure, today, thisMonth, inAll, definition
    case collectedMonth, toLookAt
}

extension ReportLanguage {
    /// Its words.
    var words: any Words {
        switch self {
        case .italian: Italian()
        case .english: English()
        }
    }
}

extension Words {
    /// A key figure as it is read: a share, an average, a count or an amount.
    func value(of measure: Measure) -> String {
        switch measure.name.form {
        case .count: numerals.count(measure.numerator)
        case .amount: numerals.amount(measure.numerator, measure.currency)
        case .average: numerals.average(measure.numerator, by: measure.denominator) ?? "–"
        case .share: numerals.share(measure.numerator, of: measure.denominator) ?? "–"
        }
    }

    /// A share in a sentence, of which a denominator is known to be there.
    func share(_ numerator: Int64, _ denominator: Int64) -> String {
        numerals.share(numerator, of: denominator) ?? "–"
    }
}
