@testable import BackOffice

/// Pages as a close of a large firm might make them, and as it might make them at their worst.
enum ReportSample {
    /// Numbers that look like chance and are the same each time.
    struct Chance {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next(_ range: ClosedRange<Int64>) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let width = UInt64(range.upperBound - range.lowerBound + 1)
            return range.lowerBound + Int64((state >> 33) % width)
        }
    }

    /// The firm's page and those of two branches and two creditors.
    static let pages: [DayPage] = [
        full(PageScope(.firm)),
        full(PageScope(.branch, key: "MT", name: "Matera")),
        full(PageScope(.branch, key: "RM-NORD", name: "Roma Nord")),
        full(PageScope(.creditor, key: "EN", name: "Enel Energia S.p.A.")),
        full(
            PageScope(
                .creditor, key: "CONS-1",
                name: "Consorzio per la gestione integrata dei servizi idrici e ambientali"
                    + " dell’Appennino lucano meridionale")),
    ]

    /// A page with everything on it.
    static func full(_ scope: PageScope) -> DayPage {
        var chance = Chance(seed: UInt64(scope.key.utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
        let part: Int64 = scope.kind == .firm ? 1 : scope.kind == .branch ? 12 : 5
        var page = DayPage(
            scope: scope, date: "2026-11-22", previousDate: "2026-11-21", commit: 184_302,
            currency: "EUR")
        page.otherCurrencies = scope.kind == .firm ? ["CHF"] : []
        page.ageing = ageing(part, scope)
        page.recovery = recovery(&chance, part, scope)
        page.promises = promises(&chance, part)
        page.measures = measures(part, page.promises[page.promises.count - 1])
        page.reasons = reasons(part)
        page.contacts = contacts(&chance, part)
        page.totals = page.recovery.map { curve in
            let paid = curve.collected.last ?? 0
            return ControlLine(
                creditor: curve.creditor, lot: curve.lot, currency: curve.currency,
                placed: curve.placed, open: curve.placed - paid - 12_300, paid: paid,
                adjusted: 12_300)
        }
        page.promiseChanges = promiseChanges(&chance, scope.kind == .firm ? 46 : 9)
        page.paidInFull = accounts(&chance, scope.kind == .firm ? 31 : 4)
        page.newlyOverdue = accounts(&chance, scope.kind == .firm ? 118 : 12)
        page.tasks = [
            TaskLine(cause: .promiseBroken, made: 288 / part, cancelled: 12 / part),
            TaskLine(cause: .callbackDue, made: 163 / part, cancelled: 0),
            TaskLine(cause: .noReason, made: 1204 / part, cancelled: 0),
            TaskLine(cause: .newlyOverdue, made: 118 / part, cancelled: 3),
        ]
        page.review = [
            ReviewLine(kind: .conflict, count: 14, new: 3, oldest: "2026-11-09"),
            ReviewLine(kind: .quarantine, count: 5, new: 5, oldest: "2026-11-22"),
            ReviewLine(kind: .duplicate, count: 2, new: 1, oldest: "2026-11-18"),
            ReviewLine(kind: .overpaid, count: 1, new: 0, oldest: "2026-11-03"),
            ReviewLine(kind: .paymentOnClosed, count: 3, new: 2, oldest: "2026-11-20"),
        ]
        if scope.kind == .firm || scope.kind == .branch {
            page.offices = offices(&chance, scope.kind == .firm ? 40 : 3)
            page.operators = operators(&chance, scope.kind == .firm ? 30 : 6)
            page.late = [
                LateLine(
                    replica: 7, office: "Matera", table: "payment", firstDay: "2026-11-18",
                    lastDay: "2026-11-20", facts: 12, amount: 431_250),
                LateLine(
                    replica: 12, office: "Roma Nord", table: "contact_attempt",
                    firstDay: "2026-11-21", lastDay: "2026-11-21", facts: 41, amount: 0),
            ]
        }
        return page
    }

    private static func measures(_ part: Int64, _ month: PromiseMonth) -> [Measure] {
        [
            Measure(.accounts, .day, 12_480 / part),
            Measure(.contactRate, .month, 7_930 / part, of: 12_480 / part),
            Measure(.attempts, .month, 21_940 / part, of: 12_480 / part),
            Measure(.rightPartyRate, .month, 4_810 / part, of: 21_940 / part),
            Measure(.rightPartyReach, .day, 312 / part, of: 1_940 / part),
            Measure(.rightPartyReach, .month, 3_905 / part, of: 7_930 / part),
            Measure(.promiseRate, .month, 1_120 / part, of: 4_810 / part),
            Measure(.keptByNumber, .month, month.kept, of: month.due),
            Measure(
                .keptByAmount, .month, currency: "EUR", month.keptAmount,
                of: month.keptAmount + month.partlyKeptAmount + month.brokenAmount),
            Measure(.brokenRate, .month, month.broken, of: month.due),
            Measure(
                .recoveryRate, .day, currency: "EUR", 1_234_050 / part, of: 1_912_455_000 / part),
            Measure(
                .recoveryRate, .month, currency: "EUR", 21_433_075 / part,
                of: 1_912_455_000 / part),
            Measure(
                .recoveryRate, .total, currency: "EUR", 371_250_075 / part,
                of: 1_912_455_000 / part),
            Measure(.liquidation, .total, 2_904 / part, of: 15_384 / part),
            Measure(.daysToFirstReason, .total, 61_230 / part, of: 8_120 / part),
            Measure(.reasonRecorded, .total, 8_120 / part, of: 9_870 / part),
            Measure(.collected, .day, currency: "EUR", 1_234_050 / part),
            Measure(.collected, .day, currency: "CHF", 88_000 / part),
            Measure(.collected, .month, currency: "EUR", 21_433_075 / part),
            Measure(.open, .day, currency: "EUR", 1_541_204_925 / part),
            Measure(.lateFacts, .day, 53 / part, of: 20_114 / part),
        ]
    }

    private static func ageing(_ part: Int64, _ scope: PageScope) -> [AgeingLine] {
        let amounts: [Int64] = [
            98_213_050, 201_448_010, 388_120_500, 240_077_123, 171_300_900, 166_411_200,
            142_233_117, 133_401_025,
        ]
        var lines = zip(AgeingBucket.allCases, amounts).map { bucket, amount in
            AgeingLine(
                bucket: bucket, currency: "EUR", accounts: amount / 120_000 / part,
                items: amount / 80_000 / part, amount: amount / part)
        }
        if scope.kind == .firm {
            lines += AgeingBucket.allCases.map {
                AgeingLine(bucket: $0, currency: "CHF", accounts: 3, items: 4, amount: 125_050)
            }
        }
        return lines
    }

    private static func recovery(
        _ chance: inout Chance, _ part: Int64, _ scope: PageScope
    ) -> [RecoveryCurve] {
        let creditors = [
            ("EN", "Enel Energia S.p.A."), ("ACQ", "Acquedotto Lucano S.p.A."),
            ("TIM", "Telecom Italia – clienti affari"),
        ]
        let count = scope.kind == .firm ? 12 : scope.kind == .branch ? 7 : 4
        return (0..<count).map { index in
            let month = 11 - index
            let placedOn =
                month > 0
                ? "2026-\(month < 10 ? "0" : "")\(month)-03" : "2025-\(12 + month)-03"
            let placed = chance.next(80_000_000...240_000_000) / part
            var collected: [Int64] = []
            var sum: Int64 = 0
            for month in 0...index {
                let share = chance.next(20...52) * 10 / Int64(month + 2)
                sum += placed * share / 2000
                collected.append(sum)
            }
            let creditor =
                scope.kind == .creditor ? (scope.key, scope.name) : creditors[index % 3]
            return RecoveryCurve(
                lot: "L\(2600 + month)",
                reference: index % 4 == 3
                    ? nil : "\(creditor.0)-\(placedOn.prefix(7))",
                creditor: creditor.0, creditorName: creditor.1, currency: "EUR",
                placedOn: placedOn, accounts: placed / 130_000, placed: placed,
                collected: collected)
        }
    }

    private static func promises(_ chance: inout Chance, _ part: Int64) -> [PromiseMonth] {
        (0..<12).map { index in
            let month = index == 0 ? "2025-12" : "2026-\(index < 10 ? "0" : "")\(index)"
            let due = chance.next(500...860) / part
            let kept = due * chance.next(44...58) / 100
            let partly = due * chance.next(9...17) / 100
            let open = index == 11 ? chance.next(300...420) / part : 0
            return PromiseMonth(
                month: month, currency: "EUR", kept: kept, partlyKept: partly,
                broken: due - kept - partly, open: open, keptAmount: kept * 23_150,
                partlyKeptAmount: partly * 31_020, brokenAmount: (due - kept - partly) * 27_344,
                openAmount: open * 25_000)
        }
    }

    private static func reasons(_ part: Int64) -> [ReasonLine] {
        let known: [(String, String, String, String?, Int64)] = [
            ("income_loss", "perdita di reddito", "loss of income", "neither", 1912),
            (
                "price_or_consumption_dispute", "prezzo o consumi contestati",
                "price or consumption disputed", "creditor", 1304
            ),
            (
                "invoice_not_received", "fattura non ricevuta", "invoice not received", "creditor",
                980
            ),
            ("forgot_due_date", "dimenticanza", "forgot the due date", "debtor", 811),
            (
                "waiting_for_own_customers", "attende i propri clienti",
                "waits for own customers to pay", "neither", 640
            ),
            ("strategic_delay", "ritardo strategico", "delays on purpose", "debtor", 590),
            (
                "payment_not_registered", "già pagato, non registrato",
                "paid already, not registered", "creditor", 402
            ),
            (
                "mandate_revoked", "mandato di addebito revocato", "debit mandate revoked",
                "debtor",
                377
            ),
            ("over_indebtedness", "sovraindebitamento", "over-indebtedness", "debtor", 301),
            ("illness", "malattia", "illness", "neither", 214),
            ("insolvency", "procedura concorsuale", "insolvency", "debtor", 180),
            ("limitation_claimed", "prescrizione eccepita", "limitation claimed", "neither", 96),
            ("unknown", "motivo sconosciuto", "unknown", nil, 60),
            ("", "", "", nil, 4613),
        ]
        return known.map { code, italian, english, fault, accounts in
            ReasonLine(
                code: code, labelIT: italian, labelEN: english, group: code.isEmpty ? "" : "group",
                fault: fault, accounts: max(1, accounts / part), amount: accounts * 123_411 / part)
        }
    }

    private static func contacts(_ chance: inout Chance, _ part: Int64) -> [ContactLine] {
        let channels: [(String, String, String, Int64)] = [
            ("phone", "telefono", "phone", 900), ("sms", "SMS", "text message", 240),
            ("email", "e-mail", "e-mail", 180), ("whatsapp", "WhatsApp", "WhatsApp", 90),
            ("visit", "visita", "visit", 24),
            ("ivr", "risponditore automatico", "interactive voice response", 60),
            ("registered_letter", "raccomandata", "registered letter", 12),
        ]
        let weights: [Int64] = [2, 14, 60, 88, 100, 90, 40, 35, 70, 86, 92, 80, 66, 30, 4]
        var lines: [ContactLine] = []
        for (index, weight) in weights.enumerated() {
            for (code, italian, english, most) in channels {
                let attempts = most * weight * chance.next(70...100) / 10_000 / part
                guard attempts > 0 else { continue }
                let share = chance.next(12...20) + (index >= 10 && index <= 12 ? 12 : 0)
                lines.append(
                    ContactLine(
                        hour: Int64(7 + index), channel: code, labelIT: italian,
                        labelEN: english, attempts: attempts,
                        rightParty: attempts * share / 100))
            }
        }
        return lines
    }

    private static func promiseChanges(_ chance: inout Chance, _ count: Int) -> [PromiseChange] {
        let states: [PromiseState] = [.broken, .kept, .broken, .partlyKept, .kept]
        return (0..<count).map { index in
            let state = states[index % states.count]
            let amount = chance.next(4_000...180_000)
            let paid = state == .kept ? amount : state == .partlyKept ? amount / 3 : 0
            return PromiseChange(
                promise: "p\(index)", account: "a\(index)", caseRef: "EN-2026-\(40_100 + index)",
                amount: amount, currency: "EUR", dueOn: "2026-11-\(12 + index % 9)",
                was: index % 7 == 0 ? nil : state == .kept && index % 5 == 4 ? .broken : .open,
                is: state, paid: paid, isLate: index % 5 == 4)
        }
    }

    private static func accounts(_ chance: inout Chance, _ count: Int) -> [AccountLine] {
        (0..<count).map { index in
            AccountLine(
                account: "a\(index)", caseRef: "ACQ-2026-\(7_300 + index)", branch: "MT",
                creditor: "ACQ", amount: chance.next(2_500...310_000), currency: "EUR",
                day: "2026-11-\(20 + index % 3)")
        }
    }

    private static func offices(_ chance: inout Chance, _ count: Int) -> [OfficeLine] {
        let towns = [
            "Matera", "Potenza", "Bari", "Taranto", "Lecce", "Foggia", "Napoli Centro",
            "Napoli Vomero", "Salerno", "Caserta", "Roma Nord", "Roma Sud", "Latina", "Viterbo",
            "Perugia", "Ancona", "Pescara", "Bologna", "Modena", "Firenze", "Pisa", "Genova",
            "Torino", "Milano Loreto", "Milano Lambrate", "Bergamo", "Brescia", "Verona", "Padova",
            "Venezia Mestre", "Trieste", "Trento", "Palermo", "Catania", "Messina", "Cagliari",
            "Sassari", "Cosenza", "Reggio Calabria", "Sant’Angelo Lodigiano, sportello mobile",
        ]
        return (0..<count).map { index in
            let isLate = index % 13 == 2
            let silent = isLate ? chance.next(40...210) : chance.next(1...22)
            let isUnknown = index == 30
            return OfficeLine(
                replica: Int64(index + 1), name: towns[index % towns.count],
                portfolios: index % 6 == 0 ? ["MT", "RM-NORD"] : ["MT"],
                lastSeen: isUnknown ? nil : isLate ? "2026-11-19T16:42" : "2026-11-22T18:05",
                hoursSilent: isUnknown ? nil : silent, isLate: isLate || isUnknown,
                changeSets: chance.next(200...4_000), unsentKnown: index % 9 == 4 ? 3 : 0,
                behind: chance.next(0...20), provenCommit: isUnknown ? nil : 184_100,
                lateFacts: index % 8 == 0 ? 12 : 0, quarantined: index % 11 == 5 ? 2 : 0)
        }
    }

    private static func operators(_ chance: inout Chance, _ count: Int) -> [OperatorLine] {
        (0..<count).map { index in
            let attempts = chance.next(300...1_400)
            let rightParty = attempts * chance.next(14...30) / 100
            return OperatorLine(
                operator: "op\(index)", name: "Operatore \(index + 1)", attempts: attempts,
                rightParty: rightParty, promises: rightParty / 4, promisesDue: rightParty / 6,
                promisesKept: rightParty / 11, reasons: rightParty * 8 / 10)
        }
    }
}
