import Foundation
import RientroServer
import Testing

@testable import BackOffice

/// Random small firms, whose figures a model recounts from plain rows.
@Suite("figures against a naive model")
struct FigureModelTests {
    static let seeds: ClosedRange<UInt64> = {
        let count = ProcessInfo.processInfo.environment["RIENTRO_HISTORIES"].flatMap(UInt64.init)
        return 1...max(1, count ?? 6)
    }()

    @Test(
        "every figure of every page is what a recount of its accounts' rows gives", arguments: seeds
    )
    func recount(seed: UInt64) throws {
        let random = try RandomFirm(seed: seed)
        let pages = try random.firm.pages(random.date, previous: random.previous)
        let rows = try ModelRows(random.firm.engine.db, date: random.date)
        let arrived = random.arrived.filter { $0.day <= random.date }.map {
            (account: $0.account, isLate: $0.day <= random.previous.date)
        }
        #expect(pages.count > 3)
        for page in pages {
            let model = ModelPage(
                rows: rows,
                accounts: rows.accounts.filter {
                    switch page.scope.kind {
                    case .firm: true
                    case .branch: $0.branch == page.scope.key
                    case .creditor: $0.creditor == page.scope.key
                    }
                }, arrived: arrived)
            let place = "seed \(seed), \(random.date), \(page.scope.kind) \(page.scope.key)"
            compareMeasures(page, model, place)
            compareTables(page, model, place)
        }
    }

    private func compareMeasures(_ page: DayPage, _ model: ModelPage, _ place: String) {
        var told: [String: [Int64]] = [:]
        for measure in page.measures {
            let name = "\(measure.name.rawValue) \(measure.period.rawValue) \(measure.currency)"
            told[name.trimmingCharacters(in: .whitespaces)] = [
                measure.numerator, measure.denominator,
            ]
        }
        let counted = model.measures()
        for name in Set(told.keys).union(counted.keys).sorted() {
            // A page tells nothing of a currency of which there is nothing, or 0.
            let isAmount = name.hasPrefix("collected") || name.hasPrefix("open")
            let nothing: [Int64] = isAmount ? [0, 1] : [0, 0]
            #expect(
                told[name] ?? nothing == counted[name] ?? nothing, "\(name) of \(place)")
        }
    }

    private func compareTables(_ page: DayPage, _ model: ModelPage, _ place: String) {
        let ageing = page.ageing.filter { $0.items > 0 }.map {
            "\($0.currency) \($0.bucket.rawValue) \($0.accounts) \($0.items) \($0.amount)"
        }
        #expect(ageing.sorted() == model.ageing(), "ageing of \(place)")
        let recovery = page.recovery.map {
            "\($0.placedOn) \([$0.creditor, $0.lot, $0.currency]) \($0.accounts) \($0.placed) "
                + "\($0.collected)"
        }
        #expect(recovery.sorted() == model.recovery(), "recovery of \(place)")
        let promises = page.promises.map {
            "\($0.month) \($0.currency) \($0.kept) \($0.keptAmount) \($0.partlyKept) "
                + "\($0.partlyKeptAmount) \($0.broken) \($0.brokenAmount) \($0.open) "
                + "\($0.openAmount)"
        }.filter { !$0.hasSuffix(" 0 0 0 0 0 0 0 0") }
        #expect(promises.sorted() == model.promiseMonths(), "promises of \(place)")
        let reasons = page.reasons.map { "\($0.code) \($0.accounts) \($0.amount)" }
        #expect(reasons.sorted() == model.reasons(currency: page.currency), "reasons of \(place)")
        let contacts = page.contacts.map {
            "\($0.hour) \($0.channel) \($0.attempts) \($0.rightParty)"
        }
        #expect(contacts.sorted() == model.contactHours(), "contacts of \(place)")
        let operators = page.operators.map {
            let numbers = [
                $0.attempts, $0.rightParty, $0.promises, $0.promisesDue, $0.promisesKept,
                $0.reasons,
            ]
            return "\($0.operator) \(numbers)"
        }
        let counted = page.scope.kind == .creditor ? [] : model.operators()
        #expect(operators.sorted() == counted, "operators of \(place)")
    }

    @Test("the firm is the sum of its branches and of its creditors, to the cent", arguments: seeds)
    func sums(seed: UInt64) throws {
        let random = try RandomFirm(seed: seed)
        let pages = try random.firm.pages(random.date, previous: random.previous)
        func sum(_ kind: PageScope.Kind) -> [String: [Int64]] {
            var sums: [String: [Int64]] = [:]
            for measure in pages.filter({ $0.scope.kind == kind }).flatMap(\.measures) {
                let isShare = measure.name.form == .share || measure.name.form == .average
                let numbers = [measure.numerator, isShare ? measure.denominator : 0]
                guard numbers != [0, 0] else { continue }
                let name = "\(measure.name) \(measure.period) \(measure.currency)"
                sums[name] = zip(sums[name] ?? [0, 0], numbers).map(+)
            }
            return sums
        }
        #expect(!sum(.firm).isEmpty)
        #expect(sum(.firm) == sum(.branch))
        #expect(sum(.firm) == sum(.creditor))
    }

    @Test("the same rows give the same pages, byte for byte") func repeated() throws {
        let random = try RandomFirm(seed: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let first = try encoder.encode(
            try random.firm.pages(random.date, previous: random.previous))
        for _ in 0..<3 {
            let again = try random.firm.pages(random.date, previous: random.previous)
            #expect(try encoder.encode(again) == first)
        }
    }
}
