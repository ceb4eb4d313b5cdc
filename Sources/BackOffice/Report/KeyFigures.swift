/// The few numbers that a page begins with, and what they mean.
enum KeyFigures {
    /// One of them.
    struct Card: Equatable {
        let label: String
        let value: String
        let meaning: String
    }

    /// The shares that are shown, with the periods in which they are looked for: the first that
    /// has a value is taken.
    private static let shares: [(Measure.Name, [Measure.Period])] = [
        (.recoveryRate, [.total, .month, .day]),
        (.keptByNumber, [.month, .total, .day]),
        (.rightPartyReach, [.month, .total, .day]),
        (.reasonRecorded, [.total, .month, .day]),
    ]

    static func cards(_ page: DayPage, _ words: any Words) -> [Card] {
        let today = page.measure(.collected, .day)?.numerator
        let month = page.measure(.collected, .month)?.numerator
        var cards: [Card] = []
        if let amount = today ?? month {
            cards.append(
                Card(
                    label: words.collectedLabel(isToday: today != nil),
                    value: words.numerals.shortAmount(amount, page.currency),
                    meaning: words.collectedMeaning(
                        amount: amount, month: today == nil ? nil : month,
                        currency: page.currency)))
        }
        if let open = page.measure(.open)?.numerator {
            cards.append(
                Card(
                    label: words.name(of: Measure.Name.open),
                    value: words.numerals.shortAmount(open, page.currency),
                    meaning: words.openMeaning(
                        amount: open, accounts: page.measure(.accounts)?.numerator,
                        currency: page.currency)))
        }
        for (name, periods) in shares {
            let measures = periods.compactMap { page.measure(name, $0) }
            guard let measure = measures.first(where: { $0.denominator > 0 }) ?? measures.first
            else { continue }
            let value = words.numerals.share(measure.numerator, of: measure.denominator)
            cards.append(
                Card(
                    label: words.name(of: name), value: value ?? "–",
                    meaning: value == nil
                        ? words.noValue(of: name) : words.meaning(of: measure, page.currency)))
        }
        return cards
    }

    /// From how many characters on a value is written smaller, so that no number is broken.
    private static let longValue = 11

    /// The part of the page.
    static func section(_ page: DayPage, _ words: any Words) -> Markup {
        let cards = cards(page, words)
        guard !cards.isEmpty else { return .empty }
        var list: Markup = .empty
        for card in cards {
            list += """
                <div class="kpi"><dt>\(card.label)</dt>
                <dd class="value\(card.value.count > longValue ? " long" : "")">\(card.value)</dd>
                <dd class="sense">\(card.meaning)</dd></div>

                """
        }
        return """
            <section aria-labelledby="figures-title" id="figures">
            <h2 id="figures-title">\(words.title(of: .figures))</h2>
            <dl class="kpis">
            \(list)</dl>
            </section>

            """
    }
}

extension DayPage {
    /// A key figure of a period, in the page's currency where it is about an amount.
    func measure(_ name: Measure.Name, _ period: Measure.Period) -> Measure? {
        measures.first { $0.name == name && $0.period == period && $0.currency == currency }
            ?? measures.first { $0.name == name && $0.period == period && $0.currency.isEmpty }
    }

    /// A key figure that is not of a day or a month but of a state, whatever its period is called.
    func measure(_ name: Measure.Name) -> Measure? {
        measure(name, .total) ?? measure(name, .day) ?? measure(name, .month)
    }
}
