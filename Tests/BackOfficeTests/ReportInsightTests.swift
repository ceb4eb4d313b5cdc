import Testing

@testable import BackOffice

/// What the sentences below the charts say, against cases worked by hand.
@Suite("the sentences of a report")
struct ReportInsightTests {
    private func page() -> DayPage { ReportSample.empty(PageScope(.firm)) }

    private func ageing(_ amounts: [AgeingBucket: Int64]) -> DayPage {
        var page = page()
        page.ageing = AgeingBucket.allCases.map {
            AgeingLine(
                bucket: $0, currency: "EUR", accounts: 1, items: 1, amount: amounts[$0] ?? 0)
        }
        return page
    }

    @Test("old debt is to be decided, young debt called, and what lies between held")
    func ageingAdvice() {
        let old = AgeingChart.finding(ageing([.older: 34, .upTo30: 66]))
        #expect(old?.advice == .decide)
        #expect(old?.largest == .upTo30)
        #expect(AgeingChart.finding(ageing([.older: 33, .upTo30: 67]))?.advice == .call)
        #expect(
            AgeingChart.finding(ageing([.older: 20, .upTo90: 60, .upTo30: 20]))?.advice == .hold)
        #expect(AgeingChart.finding(ageing([:])) == nil)
        // Of two buckets that are equal the younger is named.
        #expect(AgeingChart.finding(ageing([.upTo60: 5, .older: 5]))?.largest == .upTo60)
    }

    @Test("the sentence on ageing names the largest bucket, its share and what to do")
    func ageingSentence() throws {
        let finding = try #require(
            AgeingChart.finding(ageing([.upTo60: 300_000_00, .upTo90: 500_000_00])))
        #expect(
            Italian().insight(finding)
                == Insight(
                    "Sono aperti 800\u{A0}mila\u{A0}€. La quota maggiore, il 62,5%, è nella fascia"
                        + " 61–90 giorni. Nulla è oltre i 180 giorni.",
                    "Lavorare per prime le fasce da 61 a 180 giorni, prima che invecchino."))
        #expect(
            English().insight(finding).meaning
                == "€800k is open. The largest part, 62.5%, is 61–90 days past due. Nothing is"
                + " beyond 180 days.")
    }

    private func month(
        _ month: String, kept: Int64, partly: Int64 = 0, broken: Int64 = 0, open: Int64 = 0
    ) -> PromiseMonth {
        PromiseMonth(
            month: month, currency: "EUR", kept: kept, partlyKept: partly, broken: broken,
            open: open, keptAmount: 0, partlyKeptAmount: 0, brokenAmount: broken * 10_000,
            openAmount: 0)
    }

    @Test("of promises, the last month in which some fell due is told, open ones left out")
    func promises() throws {
        var page = page()
        page.promises = [
            month("2026-09", kept: 10, broken: 10),
            month("2026-10", kept: 12, partly: 9, broken: 9),
            month("2026-11", kept: 0, open: 7),
        ]
        let finding = try #require(PromiseChart.finding(page))
        #expect(
            English().insight(finding)
                == Insight(
                    "12 of 30 promises that fell due in Oct 2026 were kept (40.0%), against 50.0%"
                        + " in the months before.",
                    "Call back the 9 broken ones first (€900.00), then the 9 kept in part for the"
                        + " rest."))
        #expect(
            Italian().insight(finding)
                == Insight(
                    "Delle 30 promesse scadute in ott 2026 ne sono state mantenute 12 (40,0%); nei"
                        + " mesi precedenti il 50,0%.",
                    "Richiamare prima le 9 non mantenute (900,00\u{A0}€), poi le 9 parziali per la"
                        + " differenza."))
        page.promises = [month("2026-11", kept: 0, open: 1)]
        #expect(PromiseChart.finding(page) == nil)
        page.promises = [month("2026-11", kept: 0, broken: 1)]
        let one = try #require(PromiseChart.finding(page))
        #expect(
            Italian().insight(one)
                == Insight(
                    "L’unica promessa scaduta in nov 2026 non è stata mantenuta.",
                    "Richiamare prima quella non mantenuta (100,00\u{A0}€)."))
        #expect(
            English().insight(one).meaning
                == "The one promise that fell due in Nov 2026 was not kept.")
    }

    private func lot(
        _ name: String, _ collected: [Int64], on placedOn: String = "2026-11-01",
        placed: Int64 = 100_000, of creditor: String = "EN", accounts: Int64 = 10
    ) -> RecoveryCurve {
        RecoveryCurve(
            lot: name, reference: nil, creditor: creditor, creditorName: "\(creditor) S.p.A.",
            currency: "EUR", placedOn: placedOn, accounts: accounts, placed: placed,
            collected: collected)
    }

    @Test(
        "the youngest lot is compared with older ones at the same age, weighted by what was placed")
    func recovery() throws {
        var page = page()
        page.recovery = [
            lot("C", [5_000, 5_100]), lot("B", [6_000, 7_000, 9_000], on: "2026-10-01"),
            lot("A", [10_000, 15_000, 20_000, 30_000], on: "2026-09-01", placed: 300_000),
            lot("0", [50_000], on: "2026-08-01"),
        ]
        let finding = try #require(RecoveryChart.finding(page, English()))
        // (6.000 + 10.000) of (100.000 + 300.000) are 4.0%; the running month counts for nobody.
        #expect(finding.older == .init(lots: 2, collected: 16_000, placed: 400_000))
        #expect(finding.tenthsAhead == 10)
        #expect(
            English().insight(finding).meaning
                == "The youngest lot, C, is at 5.1%. 1 month after placement it was at 5.0%, and at"
                + " that age the 2 lots before were at 4.0%: it does better.")
        page.recovery[0].collected[0] = 3_000
        let slower = try #require(RecoveryChart.finding(page, Italian()))
        #expect(
            Italian().insight(slower).meaning
                == "Il lotto più recente, C, è al 5,1%. A 1 mese dall’affidamento era al 3,0%; alla"
                + " stessa età i 2 lotti precedenti erano al 4,0%: va più piano.")
        page.recovery = [lot("C", [0])]
        let alone = try #require(RecoveryChart.finding(page, Italian()))
        #expect(Italian().insight(alone).action == nil)
    }

    @Test("a lot is compared with lots placed before it, of accounts enough, and with no others")
    func comparable() throws {
        var page = page()
        func older(_ other: RecoveryCurve, youngest accounts: Int64 = 10) -> Int? {
            page.recovery = [lot("C", [5_000, 5_100], accounts: accounts), other]
            return RecoveryChart.finding(page, English())?.older?.lots
        }
        let before = [6_000, 7_000, 9_000] as [Int64]
        #expect(older(lot("B", before, on: "2026-10-31")) == 1)
        // Placed on the same day, by another creditor.
        #expect(older(lot("B", before, of: "TIM")) == nil)
        #expect(older(lot("B", before, on: "2026-10-31", accounts: 9)) == nil)
        #expect(older(lot("B", before, on: "2026-10-31"), youngest: 9) == nil)
        #expect(older(lot("B", [6_000], on: "2026-10-31")) == nil)
        let finding = try #require(RecoveryChart.finding(page, English()))
        #expect(
            English().insight(finding)
                == Insight(
                    "The youngest lot, C, is at 5.1%; there are no older lots of enough accounts to"
                        + " compare it with."))
        #expect(
            Italian().insight(finding).meaning
                == "Il lotto più recente, C, è al 5,1%; non ci sono lotti precedenti con abbastanza"
                + " pratiche per un confronto.")
        page.recovery = [lot("C", [700])]
        let first = try #require(RecoveryChart.finding(page, English()))
        #expect(
            English().insight(first).meaning
                == "The youngest lot, C, is at 0.7% in its month of placement; it is too early to"
                + " compare it with others.")
    }

    @Test("what the sentence says of the youngest lot is what its line is labelled with")
    func oneComputation() throws {
        for page in ReportSample.pages {
            let finding = try #require(RecoveryChart.finding(page, English()))
            let share = try #require(
                English().numerals.share(finding.soFar, of: finding.placed))
            let figure = RecoveryChart.figure(page, English())
            #expect(figure.insight.meaning.contains("is at \(share)"))
            #expect(figure.drawings.allSatisfy { $0.html.contains(share) })
        }
    }

    @Test("lines of one name are told apart by the creditor, or the day, or not at all")
    func names() {
        var page = page()
        func names() -> [String] {
            page.recovery.map { RecoveryChart.name($0, in: page, English()) }
        }
        page.recovery = [lot("", [1]), lot("", [2], of: "TIM"), lot("X", [3])]
        #expect(names() == ["no lot · EN S.p.A.", "no lot · TIM S.p.A.", "X"])
        page.recovery[0].currency = "CHF"
        #expect(names() == ["no lot", "no lot", "X"])
        page.recovery = [lot("L1", [1]), lot("L2", [2], on: "2026-10-01")]
        for index in 0...1 { page.recovery[index].reference = "2026" }
        #expect(names() == ["2026 · EN S.p.A. · 1 Nov 2026", "2026 · EN S.p.A. · 1 Oct 2026"])
        page.scope = PageScope(.creditor, key: "EN", name: "Enel")
        #expect(names() == ["2026 · 1 Nov 2026", "2026 · 1 Oct 2026"])
    }

    @Test("of reasons, a lack of them comes first, then what the creditor must put right")
    func reasons() {
        var page = page()
        func line(_ code: String, _ fault: String?, _ accounts: Int64) -> ReasonLine {
            ReasonLine(
                code: code, labelIT: "it", labelEN: code, group: "", fault: fault,
                accounts: accounts, amount: 0)
        }
        page.reasons = [
            line("illness", "neither", 5), line("dispute", "creditor", 2), line("", nil, 3),
        ]
        #expect(
            English().insight(ReasonChart.finding(page))
                == Insight(
                    "The most frequent reason is “illness”: 50.0% of open accounts. For 20.0% it is"
                        + " the creditor’s doing. For 30.0% none is recorded.",
                    "Have the creditor put 2\u{A0}accounts right before asking for payment again."))
        page.reasons[2].accounts = 4
        #expect(
            English().insight(ReasonChart.finding(page)).action
                == "Record the reason at the next contact.")
        // Nine accounts are too few for advice, whatever they say.
        page.reasons[2].accounts = 2
        for words in [English(), Italian()] as [any Words] {
            #expect(words.insight(ReasonChart.finding(page)).action == nil)
        }
    }

    @Test("the best hour is one that enough attempts fell into")
    func contacts() throws {
        var page = page()
        func line(_ hour: Int64, _ attempts: Int64, _ rightParty: Int64) -> ContactLine {
            ContactLine(
                hour: hour, channel: "phone", labelIT: "telefono", labelEN: "phone",
                attempts: attempts, rightParty: rightParty)
        }
        page.contacts = [line(9, 19, 19), line(10, 100, 10), line(18, 20, 6)]
        let finding = try #require(ContactChart.finding(page))
        #expect(finding.best == .init(hour: 18, attempts: 20, rightParty: 6))
        #expect(finding.busiest.hour == 10)
        #expect(
            Italian().insight(finding)
                == Insight(
                    "Su 139\u{A0}tentativi il 25,2% ha raggiunto la persona giusta. L’ora migliore"
                        + " è 18–19, con il 30,0%; la più usata, 10–11, dà il 10,0%.",
                    "Spostare una parte dei tentativi verso le ore 18."))
    }

    @Test("no advice follows from one hour, from few attempts, or from calls at night")
    func fewContacts() throws {
        var page = page()
        func line(_ hour: Int64, _ attempts: Int64, _ rightParty: Int64) -> ContactLine {
            ContactLine(
                hour: hour, channel: "phone", labelIT: "telefono", labelEN: "phone",
                attempts: attempts, rightParty: rightParty)
        }
        func told(_ lines: ContactLine...) throws -> Insight {
            page.contacts = lines
            return English().insight(try #require(ContactChart.finding(page)))
        }
        #expect(
            try told(line(10, 1, 1))
                == Insight(
                    "Of 1\u{A0}attempt, 100.0% reached the right person. That is too few to tell an"
                        + " hour from another."))
        #expect(try told(line(10, 19, 0)).action == nil)
        #expect(try told(line(10, 20, 0)).action == "Check the numbers, and try at other hours.")
        // One hour is the best of nothing.
        #expect(try told(line(10, 100, 40)).action == nil)
        #expect(try told(line(10, 100, 40), line(11, 19, 0)).action == nil)
        #expect(
            try told(line(10, 100, 40), line(11, 20, 0)).action
                == "Keep contacts concentrated in that hour.")
        #expect(
            try told(line(3, 40, 40), line(10, 100, 40), line(11, 20, 0))
                == Insight(
                    "Of 160\u{A0}attempts, 50.0% reached the right person. 40\u{A0}attempts fell"
                        + " outside 8–21.",
                    "Check the clocks of those machines, and that nobody calls at such hours."))
        for (hour, isOut) in [(7, true), (8, false), (20, false), (21, true)] {
            page.contacts = [line(Int64(hour), 30, 3)]
            #expect(ContactChart.finding(page)?.outOfHours == (isOut ? 30 : 0))
        }
        page.contacts = [line(3, 40, 1), line(10, 100, 40)]
        #expect(ContactChart.finding(page)?.best == nil)
        #expect(
            Italian().insight(try #require(ContactChart.finding(page))).meaning
                == "Su 140\u{A0}tentativi il 29,3% ha raggiunto la persona giusta. 40\u{A0}"
                + "tentativi cadono fuori dalle ore 8–21.")
    }

    @Test("a share of accounts says of which: those in hand, whether worked or not")
    func counted() {
        let measure = Measure(.rightPartyReach, .month, 0, of: 1_200)
        #expect(
            English().meaning(of: measure, "EUR")
                == "the right person reached on 0 of 1,200 accounts in hand this month")
        #expect(
            Italian().meaning(of: measure, "EUR")
                == "parlato con la persona giusta in 0 su 1.200 in carico nel mese")
        for words in [English(), Italian()] as [any Words] {
            for name in Measure.Name.allCases {
                #expect(!words.definition(of: name).contains("work"))
                #expect(!words.definition(of: name).contains("lavorat"))
                #expect(!words.noValue(of: name).contains("work"))
            }
        }
    }

    @Test("what needs a person comes by weight, and what does not is not there")
    func attention() {
        #expect(Attention.items(page()) == [])
        var page = ReportSample.pages[0]
        page.totals[0].open += 1
        let items = Attention.items(page)
        #expect(items.first == .totals([page.totals[0]]))
        #expect(
            items.map(\.weight)
                == [
                    .stop, .stop, .stop, .look, .look, .look, .look, .look, .know, .know,
                ])
        #expect(
            Italian().attention(items[0]).action
                == "La chiusura è ferma. Differenze: L2611: −0,01\u{A0}€.")
    }

    @Test("offices that were never heard of come first, then the longest silent")
    func offices() {
        let page = ReportSample.pages[0]
        let sorted = OfficeChart.sorted(page.offices)
        #expect(sorted.first?.hoursSilent == nil)
        let late = sorted.filter(\.isLate).dropFirst().compactMap(\.hoursSilent)
        #expect(late == late.sorted(by: >))
        let rest = sorted.dropFirst(late.count + 1).filter(\.isLate)
        #expect(rest.isEmpty)
    }
}
