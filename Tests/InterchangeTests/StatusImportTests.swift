import RientroProtocol
import RientroServer
import Testing

@testable import Interchange

@Suite("A second file, and money that came in meanwhile")
struct StatusImportTests {
    private let status = ImportOptions(portfolio: "MT", meaning: .status)
    private let placement = ImportOptions(portfolio: "MT", meaning: .placement)
    private let balances = "SELECT case_ref, balance FROM accounts ORDER BY case_ref"

    /// An account of one item at 500, on which an office recorded 200.
    private func paidCentre() throws -> ImportedCentre {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow(item: "F1", open: "500,00")])
        try centre.pay("C1", 20_000)
        return centre
    }

    @Test("an amount that changed after a payment is asked about, and nothing is loaded")
    func asked() throws {
        let centre = try paidCentre()
        let cursor = try centre.engine.cursor()
        let file = try ImportedCentre.file([
            handOverRow(item: "F1", open: "300,00"), handOverRow(case: "C2", item: "F2"),
        ])
        let report = try centre.load(file).report
        #expect(
            report.outcome
                == .asked([
                    .meaning(
                        ChangedAfterPayment(
                            accounts: 1, line: 2, caseRef: "C1", itemRef: "F1", currency: "EUR",
                            known: 50_000, stated: 30_000, paid: 20_000))
                ]))
        #expect(try centre.engine.cursor() == cursor)
        #expect(try centre.count("import") == 1)
        #expect(try centre.rows(balances) == ["C1|30000"])
        // The answer loads it.
        #expect(try centre.load(file, options: status).report.outcome == .loaded)
        #expect(try centre.rows(balances) == ["C1|30000", "C2|10000"])
    }

    @Test("all accounts that are asked about are counted, also in a dry run")
    func counted() throws {
        let centre = try ImportedCentre()
        let rows = (1...3).map { handOverRow(case: "C\($0)", customer: "K\($0)", item: "I\($0)") }
        _ = try centre.load(rows)
        try centre.pay("C1", 100)
        try centre.pay("C3", 100)
        let file = try ImportedCentre.file(
            rows.map { $0.replacing("100,00", with: "99,00") })
        let tried = ImportOptions(portfolio: "MT", isDryRun: true)
        for options in [tried, ImportOptions(portfolio: "MT")] {
            guard
                case .asked(let questions) = try centre.load(file, options: options).report.outcome,
                case .meaning(let changed)? = questions.first
            else {
                Issue.record("not asked")
                continue
            }
            #expect(changed.accounts == 2)
            #expect(changed.line == 2)
        }
    }

    @Test("nothing is asked where no money came, or no amount changed, or it was only announced")
    func notAsked() throws {
        let centre = try ImportedCentre()
        let rows = [handOverRow(item: "F1"), handOverRow(case: "C2", item: "F2")]
        _ = try centre.load(rows)
        try centre.pay("C1", 1_000, state: "reported")
        try centre.pay("C1", 1_000, currency: "USD")
        try centre.pay("C2", 1_000)
        let second = try centre.load([handOverRow(item: "F1", open: "90,00"), rows[1]])
        #expect(second.outcome == .loaded)
        #expect(second.itemsAdjusted == 1)
        #expect(second.itemsUnchanged == 1)
        #expect(!second.needsPerson)
    }

    @Test("a status file whose amount is the balance writes nothing, and its totals agree")
    func equal() throws {
        let centre = try paidCentre()
        let cursor = try centre.engine.cursor()
        let report = try centre.load(
            ImportedCentre.file([handOverRow(item: "F1", open: "300,00")]), options: status
        ).report
        #expect(report.outcome == .loaded)
        #expect(report.paymentsAdded == 0)
        #expect(report.itemsAdjusted == 0)
        #expect(report.itemsUnchanged == 1)
        #expect(report.before.amounts == ["EUR": 30_000])
        #expect(report.after.amounts == ["EUR": 30_000])
        #expect(report.stated.amounts == ["EUR": 30_000])
        #expect(report.accountsKnown == 1)
        #expect(!report.needsPerson)
        #expect(try centre.engine.cursor() == cursor)
        #expect(try centre.rows(balances) == ["C1|30000"])
    }

    @Test("what a status file has less of is a payment that the creditor received, once")
    func lower() throws {
        let centre = try paidCentre()
        var options = status
        options.receivedOn = "2026-03-01"
        let row = handOverRow(item: "F1", open: "120,00")
        let report = try centre.load(ImportedCentre.file([row]), options: options).report
        #expect(report.paymentsAdded == 1)
        #expect(report.paid.amounts == ["EUR": 18_000])
        #expect(report.before.amounts == ["EUR": 30_000])
        #expect(report.after.amounts == ["EUR": 12_000])
        #expect(try centre.rows(balances) == ["C1|12000"])
        let payments =
            "SELECT amount, currency, state, received_by, received_on, reference FROM"
            + " payments WHERE received_by IS NOT NULL"
        #expect(
            try centre.rows(payments) == ["18000|EUR|received|creditor|2026-03-01|-"])
        // The same list again, as another file: nothing more is taken off.
        let cursor = try centre.engine.cursor()
        let again = try centre.load(ImportedCentre.file([row, ""]), options: status).report
        #expect(again.outcome == .loaded)
        #expect(again.paymentsAdded == 0)
        #expect(again.commits == 0)
        #expect(try centre.engine.cursor() == cursor)
    }

    @Test("what a status file has more of is an adjustment, once; money unknown to it is told")
    func higher() throws {
        let centre = try paidCentre()
        let row = handOverRow(item: "F1", open: "510,00")
        let report = try centre.load(ImportedCentre.file([row]), options: status).report
        #expect(report.itemsAdjusted == 1)
        #expect(report.paymentsAdded == 0)
        #expect(report.after.amounts == ["EUR": 51_000])
        #expect(report.accountsUnconfirmed == 1)
        #expect(report.unconfirmed == ["C1"])
        #expect(report.needsPerson)
        #expect(try centre.rows(balances) == ["C1|51000"])
        let again = try centre.load(ImportedCentre.file([row, ""]), options: status).report
        #expect(again.commits == 0)
        #expect(!again.needsPerson)
        // A rise without a payment needs nobody.
        _ = try centre.load([handOverRow(case: "C2", item: "F2")])
        let rise = try centre.load(
            ImportedCentre.file([handOverRow(case: "C2", item: "F2", open: "101,00")]),
            options: status
        ).report
        #expect(rise.accountsUnconfirmed == 0)
        #expect(!rise.needsPerson)
    }

    @Test("a placement takes the payments off the new amount, and its totals show the difference")
    func corrected() throws {
        let centre = try paidCentre()
        let report = try centre.load(
            ImportedCentre.file([handOverRow(item: "F1", open: "300,00")]), options: placement
        ).report
        #expect(report.outcome == .loaded)
        #expect(report.itemsAdjusted == 1)
        #expect(try centre.rows(balances) == ["C1|10000"])
        #expect(report.before.amounts == ["EUR": 30_000])
        #expect(report.after.amounts == ["EUR": 10_000])
        #expect(report.stated.amounts == ["EUR": 30_000])
    }

    @Test("items are compared by currency, and those that the list leaves out stay and are told")
    func items() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([
            handOverRow(item: "F1", open: "500,00"),
            handOverRow(item: "F2", due: "01/01/2026", open: "300,00"),
            handOverRow(item: "F3", currency: "USD", open: "70,00"),
        ])
        try centre.pay("C1", 20_000)
        let report = try centre.load(
            ImportedCentre.file([
                handOverRow(item: "F1", open: "400,00"),
                handOverRow(item: "F3", currency: "USD", open: "60,00"),
                handOverRow(item: "F4", open: "5,00"),
            ]), options: status
        ).report
        #expect(report.paid.amounts == ["USD": 1_000])
        #expect(report.itemsAdded == 1)
        #expect(report.itemsGone == 1)
        #expect(report.needsPerson)
        // 400 of F1, 5 of F4, and of F2 what the rest of the 200 leaves.
        #expect(report.after.amounts == ["EUR": 60_500, "USD": 6_000])
        #expect(try centre.rows(balances) == ["C1|60500"])
    }

    @Test("dates are corrected by a status file too, without an amount")
    func dates() throws {
        let centre = try paidCentre()
        let report = try centre.load(
            ImportedCentre.file([handOverRow(item: "F1", due: "15/03/2026", open: "300,00")]),
            options: status
        ).report
        #expect(report.itemsAdjusted == 1)
        #expect(
            try centre.rows("SELECT open_amount, due_on FROM debt_item ORDER BY id") == [
                "50000|2026-02-28", "0|2026-03-15",
            ])
        #expect(try centre.rows(balances) == ["C1|30000"])
    }

    @Test("what was paid and is not confirmed is put on the item that was due first")
    func dueFirst() throws {
        let centre = try ImportedCentre()
        let rows = [
            handOverRow(item: "F1", due: "28/02/2026", open: "50,00"),
            handOverRow(item: "F2", due: "01/01/2026", open: "50,00"),
        ]
        _ = try centre.load(rows)
        try centre.pay("C1", 1_000)
        _ = try centre.load(ImportedCentre.file(rows + [""]), options: status)
        #expect(
            try centre.rows("SELECT item_ref, open_amount FROM debt_items ORDER BY item_ref") == [
                "F1|5000", "F2|6000",
            ])
    }

    @Test("an account with more on it than any debt is refused by name, and stops no other")
    func beyond() throws {
        let centre = try ImportedCentre()
        let rows = [handOverRow(item: "F1"), handOverRow(case: "C2", customer: "K2", item: "F2")]
        _ = try centre.load(rows)
        let most = Int64(InterchangeLimits.amountMax)
        try centre.pay("C1", most)
        let options = ImportOptions(portfolio: "MT", acceptsPartial: true, meaning: .status)
        let same = try centre.load(ImportedCentre.file(rows + [""]), options: options)
        #expect(same.problems.isEmpty)
        try centre.pay("C1", 1)
        let found = try centre.load(
            ImportedCentre.file(rows.map { $0.replacing("100,00", with: "90,00") }),
            options: options)
        #expect(
            found.problems == [
                2: FieldProblem(line: 2, column: "open_amount", reason: .balanceTooLarge)
            ])
        #expect(found.report.paid.amounts == ["EUR": 1_000])
    }
}
