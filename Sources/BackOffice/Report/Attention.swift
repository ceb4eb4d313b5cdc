/// Something that needs a person today.
enum Attention: Equatable {
    /// Control totals that do not add up: the day cannot be closed.
    case totals([ControlLine])
    /// Entries of the review queue, of one kind.
    case review(ReviewLine)
    /// Offices that are silent for too long.
    case lateOffices([OfficeLine])
    /// Work that offices have and the centre has not.
    case unsent(changeSets: Int64, offices: Int64)
    /// Promises that were broken since the close before.
    case broken(count: Int64, amounts: [Sum])
    /// Facts of days that were closed already.
    case lateFacts(count: Int64, firstDay: String)

    /// An amount of a currency.
    struct Sum: Equatable {
        let amount: Int64
        let currency: String
    }

    /// How much it matters.
    enum Weight: String {
        /// The close stops, or money may be wrong.
        case stop
        /// Somebody must look.
        case look
        /// Good to know.
        case know
    }

    /// How much it matters.
    var weight: Weight {
        switch self {
        case .totals: .stop
        case .review(let line):
            switch line.kind {
            case .duplicate, .overpaid, .setAside, .namesNothing, .noDay: .stop
            case .conflict, .quarantine, .paymentOnClosed, .promiseOnClosed, .wrongClock: .look
            }
        case .lateOffices, .broken: .look
        case .unsent, .lateFacts: .know
        }
    }

    /// Whether what is said beside it tells people of the firm what to do.
    var isOrder: Bool {
        switch self {
        case .review, .lateOffices, .broken: true
        case .totals, .unsent, .lateFacts: false
        }
    }

    /// How many there are.
    var count: Int64 {
        switch self {
        case .totals(let lines): Int64(lines.count)
        case .review(let line): line.count
        case .lateOffices(let offices): Int64(offices.count)
        case .unsent(let changeSets, _): changeSets
        case .broken(let count, _), .lateFacts(let count, _): count
        }
    }

    /// What a page asks for, the heaviest first.
    static func items(_ page: DayPage) -> [Attention] {
        var items: [Attention] = []
        let wrong = page.totals.filter { $0.difference != 0 }
        if !wrong.isEmpty { items.append(.totals(wrong)) }
        // What the firm has to decide, and whom it calls, is no business of a creditor's.
        let isOurs = page.scope.kind != .creditor
        for kind in [
            ReviewKind.setAside, .duplicate, .overpaid, .namesNothing, .noDay, .wrongClock,
            .conflict, .quarantine, .paymentOnClosed, .promiseOnClosed,
        ] {
            for line in page.review where isOurs && line.kind == kind && line.count > 0 {
                items.append(.review(line))
            }
        }
        if isOurs { items += offices(page) }
        let broken = page.promiseChanges.filter { $0.is == .broken }
        if !broken.isEmpty {
            items.append(.broken(count: Int64(broken.count), amounts: sums(broken)))
        }
        let late = page.late.clampedSum(\.facts)
        if late > 0, let first = page.late.map(\.firstDay).min() {
            items.append(.lateFacts(count: late, firstDay: first))
        }
        let weights: [Weight] = [.stop, .look, .know]
        return weights.flatMap { weight in items.filter { $0.weight == weight } }
    }

    private static func offices(_ page: DayPage) -> [Attention] {
        var items: [Attention] = []
        let finding = OfficeChart.finding(page)
        if !finding.late.isEmpty { items.append(.lateOffices(finding.late)) }
        if finding.unsent > 0 {
            items.append(
                .unsent(changeSets: finding.unsent, offices: finding.officesWithUnsent))
        }
        return items
    }

    private static func sums(_ promises: [PromiseChange]) -> [Sum] {
        var sums: [Sum] = []
        for promise in promises {
            if let index = sums.firstIndex(where: { $0.currency == promise.currency }) {
                sums[index] = Sum(
                    amount: sums[index].amount.clampedAdding(promise.amount),
                    currency: promise.currency)
            } else {
                sums.append(Sum(amount: promise.amount, currency: promise.currency))
            }
        }
        return sums.sorted { $0.currency < $1.currency }
    }

    /// The part of the page.
    static func section(_ page: DayPage, _ words: any Words) -> Markup {
        let items = items(page)
        var list: Markup = .empty
        for item in items {
            let said = words.attention(item)
            list += """
                <li class="\(item.weight.rawValue)"><span class="many">\
                \(words.numerals.count(item.count))</span>
                <h3>\(said.meaning)</h3>
                <p>\(item.isOrder && page.scope.kind == .creditor ? "" : said.action ?? "")</p></li>

                """
        }
        if !page.totals.isEmpty, page.totals.allSatisfy({ $0.difference == 0 }) {
            list += """
                <li class="fine"><span class="many" aria-hidden="true">✓</span>
                <h3>\(words.totalsAgree(page.totals.count))</h3>
                <p>\(words.totalsRule)</p></li>

                """
        }
        let calm: Markup =
            items.isEmpty ? "<p class=\"calm\">\(words.nothingPending)</p>\n" : .empty
        let how: Markup =
            items.contains { if case .review = $0 { true } else { false } }
                && page.scope.kind != .creditor
            ? "<p class=\"note\">\(words.howToSettle) <code>rientro-server review</code></p>\n"
            : .empty
        return """
            <section aria-labelledby="attention-title" id="attention">
            <h2 id="attention-title">\(words.title(of: .attention))</h2>
            \(calm)\(list.isEmpty ? list : "<ul class=\"needs\">\n\(list)</ul>\n")\(how)</section>

            """
    }
}
