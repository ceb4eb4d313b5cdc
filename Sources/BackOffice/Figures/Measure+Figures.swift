/// Which figures a page has.
extension Measure.Name {
    /// The periods that a page tells it of.
    var periods: [Measure.Period] {
        switch self {
        case .contactRate, .attempts, .rightPartyRate, .rightPartyReach, .promiseRate,
            .keptByNumber, .keptByAmount, .brokenRate, .collected:
            [.day, .month]
        case .recoveryRate: [.day, .month, .total]
        case .lateFacts: [.day]
        case .accounts, .liquidation, .daysToFirstReason, .reasonRecorded, .open: [.total]
        }
    }

    /// Whether it is about amounts, and hence there is one for each currency.
    var isInCurrency: Bool {
        switch self {
        case .keptByAmount, .recoveryRate, .collected, .open: true
        case .accounts, .contactRate, .attempts, .rightPartyRate, .rightPartyReach, .promiseRate,
            .keptByNumber, .brokenRate, .liquidation, .daysToFirstReason, .reasonRecorded,
            .lateFacts:
            false
        }
    }
}

extension Measure {
    /// A figure from its two sums. What is no share is of 1.
    init(_ key: FigureKey, _ sums: Share) {
        let isShare = key.name.form == .share || key.name.form == .average
        self.init(
            key.name, key.period, currency: key.currency, sums.numerator,
            of: isShare ? sums.denominator : 1)
    }
}
