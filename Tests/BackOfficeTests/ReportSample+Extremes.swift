@testable import BackOffice

/// Pages at their worst and at their least.
extension ReportSample {
    /// Names that break what is careless with them.
    static let hostileNames = [
        "<script>alert(1)</script>", "\"><img src=http://probe.invalid/a.png onerror=x>",
        "</svg></style><!--", "=HYPERLINK(\"http://probe.invalid\")", "@SUM(A1)", "-2+3", "+39",
        "Nome\u{202E}otatlovir\u{0007}", "riga\r\nnuova, \"citata\"", "&lt;già scritto&amp;",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "东京债权管理株式会社东京债权管理株式会社东京债权管理株式会社", "👩‍👩‍👧‍👦 Famiglia 💶",
        String(repeating: "W", count: 120), "javascript:alert(1)", "' onclick='x",
    ]

    /// The full page with a hostile name wherever a name can stand.
    static func hostile(_ kind: PageScope.Kind) -> DayPage {
        var turn = 0
        func name() -> String {
            turn += 1
            return hostileNames[turn % hostileNames.count]
        }
        let key = kind == .firm ? "" : "../x"
        var page = full(PageScope(kind, key: key, name: kind == .firm ? "" : name()))
        for index in page.recovery.indices {
            page.recovery[index].reference = name()
            page.recovery[index].creditorName = name()
            page.recovery[index].lot = name()
        }
        for index in page.reasons.indices where !page.reasons[index].code.isEmpty {
            page.reasons[index].labelIT = name()
            page.reasons[index].labelEN = name()
            page.reasons[index].code = name()
        }
        for index in page.contacts.indices {
            let label = hostileNames[page.contacts[index].channel.utf8.count % 16]
            page.contacts[index].labelIT = label
            page.contacts[index].labelEN = label
        }
        for index in page.offices.indices {
            page.offices[index].name = name()
            page.offices[index].portfolios = [name()]
        }
        for index in page.operators.indices { page.operators[index].name = name() }
        for index in page.promiseChanges.indices { page.promiseChanges[index].caseRef = name() }
        for index in page.newlyOverdue.indices { page.newlyOverdue[index].caseRef = name() }
        for index in page.late.indices { page.late[index].office = name() }
        for index in page.totals.indices { page.totals[index].lot = name() }
        // The lots of the totals keep adding up, all but one.
        page.totals[0].open += 1_234
        return page
    }

    /// A page of a day on which nothing is there yet.
    static func empty(_ scope: PageScope) -> DayPage {
        DayPage(scope: scope, date: "2026-01-01", previousDate: nil, commit: 1, currency: "EUR")
    }

    /// A page with one of everything.
    static func single() -> DayPage {
        var page = full(PageScope(.branch, key: "MT", name: "Matera"))
        page.ageing = [
            AgeingLine(bucket: .older, currency: "EUR", accounts: 1, items: 1, amount: 1)
        ]
        page.recovery = Array(page.recovery.prefix(1))
        page.recovery[0].collected = [-5_000]
        page.promises = [
            PromiseMonth(
                month: "2026-11", currency: "EUR", kept: 0, partlyKept: 0, broken: 1, open: 0,
                keptAmount: 0, partlyKeptAmount: 0, brokenAmount: 15_050, openAmount: 0)
        ]
        page.reasons = Array(page.reasons.suffix(1))
        page.contacts = Array(page.contacts.prefix(1))
        page.contacts[0].hour = 23
        page.offices = Array(page.offices.prefix(1))
        page.operators = Array(page.operators.prefix(1))
        page.promiseChanges = Array(page.promiseChanges.prefix(1))
        page.review = [ReviewLine(kind: .overpaid, count: 1, new: 1, oldest: "2026-11-22")]
        return page
    }

    /// Amounts as large as they can get.
    static func huge() -> DayPage {
        var page = full(PageScope(.firm))
        for index in page.ageing.indices { page.ageing[index].amount *= 100_000 }
        for index in page.measures.indices {
            page.measures[index].numerator *= 10_000
            page.measures[index].denominator *= 10_000
        }
        for index in page.contacts.indices {
            page.contacts[index].attempts *= 1_000
            page.contacts[index].rightParty *= 1_000
        }
        for index in page.promises.indices {
            page.promises[index].kept *= 10_000
            page.promises[index].broken *= 10_000
        }
        for index in page.reasons.indices { page.reasons[index].accounts *= 10_000 }
        for index in page.review.indices { page.review[index].count *= 100_000 }
        return page
    }
}
