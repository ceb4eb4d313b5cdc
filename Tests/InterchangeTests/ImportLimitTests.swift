import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

@testable import Interchange

@Suite("Limits of an import")
struct ImportLimitTests {
    private static let names = "principal_code;case_ref;surname;item_ref;due_date;open_amount"

    private func file(_ rows: [String]) throws -> FileOnDisk {
        try FileOnDisk(([Self.names] + rows).joined(separator: "\n") + "\n")
    }

    private func row(_ account: String, _ item: Int, amount: String = "1,00") -> String {
        "E;\(account);Rossi;I\(item);2026-03-31;\(amount)"
    }

    @Test("an account has so many rows at most, lying together or apart")
    func accountRows() throws {
        let most = InterchangeLimits.accountRowsMax
        func count(_ rows: [String]) throws -> [Int] {
            let handOver = try HandOver.inspect(path: try hold(file(rows)))
            var counts: [Int] = []
            try handOver.forEachAccount { counts.append($0.rows.count) }
            return counts
        }
        var files: [FileOnDisk] = []
        func hold(_ file: FileOnDisk) throws -> String {
            files.append(file)
            return file.path
        }
        let together = (0..<most).map { row("A", $0) }
        #expect(try count(together) == [most])
        #expect(throws: HandOverError.accountTooLarge(line: 2)) {
            try count(together + [row("A", most)])
        }
        let apart = [row("A", 0), row("B", most)] + (1..<most).map { row("A", $0) }
        #expect(try count(apart) == [most, 1])
        #expect(throws: HandOverError.accountTooLarge(line: 2)) {
            try count(apart + [row("A", most + 1)])
        }
    }

    @Test("of problems and flags so many are listed, and all are counted")
    func listed() throws {
        let most = InterchangeLimits.listedMax
        let bad = (0...most).map { row("A", $0, amount: "x") }
        let good = (0...most).map { row("B", most + 1 + $0) }
        let remarks = (0...most).map { "nota \($0)" }
        let totals = (0...most).map { _ in "Totale;;;;;77,00" }
        let file = try file(bad + good + remarks + totals)
        let found = try HandOver.inspect(path: file.path).summary
        #expect(found.problems.count == most)
        #expect(found.badRows == most + 1)
        #expect(found.flags.count == most)
        #expect(found.flagCounts == [.currencyAssumed: most + 1])
        #expect(found.remarks.count == most)
        #expect(found.remarkCount == most + 1)
        #expect(found.wrongTotals.count == most)
        #expect(found.totalCount == most + 1)
        #expect(found.goodRows == most + 1)
        #expect(found.lots == [])
        #expect(found.creditors == ["E"])
    }

    @Test("a file has so many rows at most")
    func rows() throws {
        let file = try file([row("A", 0), row("A", 1), "", row("A", 2)])
        let handOver = try HandOver.inspect(path: file.path)
        let format = handOver.summary.format
        func inspect(_ most: Int) throws {
            var inspection = Inspection(format: format, rowsMax: most)
            var cursor = try RowCursor(path: file.path, 0x3B, .utf8, format.header)
            while let next = try cursor.next() { try inspection.received(next) }
        }
        try inspect(3)
        #expect(throws: HandOverError.tooManyRows) { try inspect(2) }
    }

    @Test("the weight of an account is what its texts have, with room for each row")
    func weight() throws {
        let file = try FileOnDisk(
            "principal_code;case_ref;surname;street;item_ref;due_date;open_amount;doc_number;"
                + "supply_point;contract_ref;notes;phone_1;email\n"
                + "E;C1;Rossi;x;I1;2026-03-31;1,00;D;SP;CON;nota;333 1234567 (moglie);A@b.it\n")
        let handOver = try HandOver.inspect(path: file.path)
        var accounts = try handOver.accounts()
        let account = try #require(try accounts.next())
        // Account, lot, item, debtor and two contact points; then the texts.
        let rows = 6 * ImportLimits.rowBytes
        let item = "I1DSPCONnota".utf8.count
        let debtor = "Rossinatural".utf8.count
        let contacts = "+393331234567333 1234567 (moglie)mogliea@b.itA@b.it".utf8.count
        #expect(account.weight == rows + item + debtor + contacts)
    }

    @Test("an account that fits into no message is refused by name, and stops no other")
    func accountBytes() throws {
        let note = String(repeating: "n", count: 8_000)
        let count = ImportLimits.accountBytesMax / (8_000 + ImportLimits.rowBytes) + 1
        let rows = (0..<count).map {
            "ENERGIA;C1;Rossi;I\($0);2026-03-31;1,00;\(note)"
        }
        let file = try FileOnDisk(
            (["\(Self.names);notes"] + rows + ["ENERGIA;C2;Rossi;J1;2026-03-31;1,00;"])
                .joined(separator: "\n") + "\n")
        let centre = try ImportedCentre()
        let options = ImportOptions(portfolio: "MT", acceptsPartial: true)
        let found = try centre.load(file, options: options)
        #expect(found.problems.count == count)
        #expect(found.problems[2]?.reason == .accountTooLarge)
        #expect(found.problems[2]?.column == "case_ref")
        #expect(try centre.rows("SELECT case_ref FROM account") == ["C2"])
    }

    @Test("rows are told as they are worked, account by account")
    func progress() throws {
        let centre = try ImportedCentre()
        var told: [Int] = []
        try centre.load(
            ImportedCentre.file([
                handOverRow(case: "C1", item: "I1"), handOverRow(case: "C1", item: "I2"),
                handOverRow(case: "C2", customer: "K2", item: "I3"),
            ]), progress: { told.append($0) })
        #expect(told == [2, 3])
    }

    @Test("bytes are told while a file is read, and never more than there are")
    func bytesTold() throws {
        let rows = (0..<2_500).map { row("A\($0)", $0) }
        let file = try file(rows)
        var told: [(UInt64, UInt64)] = []
        var bytes = 0
        _ = try HandOver.inspect(
            path: file.path, bytes: { bytes += $0.count }, progress: { told.append(($0, $1)) })
        // Each thousand rows, in two passes, and the end.
        #expect(told.count == 5)
        #expect(told.map(\.0) == told.map(\.0).sorted())
        #expect(told.allSatisfy { $0.1 == UInt64(bytes * 3) && $0.0 <= $0.1 })
        #expect(told.last?.0 == UInt64(bytes * 3))
        #expect(told[0].0 > UInt64(bytes) && told[0].0 < UInt64(bytes * 2))
        #expect(told[2].0 > UInt64(bytes * 2) && told[3].0 < UInt64(bytes * 3))
    }

    @Test("sums beyond 64 bits are an error that names the currency")
    func sums() throws {
        var sums = BalanceSums()
        try sums.add(.max, "EUR")
        #expect(throws: HandOverError.totalTooLarge(currency: "EUR")) { try sums.add(1, "EUR") }
        try sums.add(1, "USD")
        try sums.subtract(2, "USD")
        #expect(sums["USD"] == -1)
        #expect(sums["CHF"] == 0)
        var least = BalanceSums()
        try least.add(.min, "EUR")
        #expect(throws: HandOverError.totalTooLarge(currency: "EUR")) {
            try least.subtract(1, "EUR")
        }
        var both = BalanceSums()
        try both.add(5, "USD")
        try both.add(BalanceSums(["USD": 1, "CHF": 2]))
        #expect(both.amounts == ["USD": 6, "CHF": 2])
        #expect(both.onlyCurrency == nil)
        #expect(BalanceSums(["CHF": 2]).onlyCurrency == "CHF")
        #expect(BalanceSums().onlyCurrency == nil)
    }

    @Test("a centre whose tables are not the trade's is refused with the table's name")
    func otherSchema() throws {
        let file = try file([row("A", 0)])
        let handOver = try HandOver.inspect(path: file.path)
        let db = try Connection(path: ":memory:")
        let schema = try Schema(
            name: "other", version: 1,
            tables: [
                .init(
                    number: 10, name: "creditor", kind: .reference, insertedBy: .centre,
                    routing: .everyone,
                    columns: [.init(number: 1, name: "name", type: .text)],
                    registers: [.init(number: 1, name: "name", writer: .centre)])
            ])
        try CentreEngine.create(on: db, schema: schema)
        let engine = try CentreEngine(db: db)
        #expect(throws: ImportError.noTable("portfolio")) {
            try HandOverImport(
                handOver, hash: .zero, engine: engine, options: .init(portfolio: "MT"))
        }
    }

    @Test("limits are what their reasons say")
    func values() {
        #expect(InterchangeLimits.chunkBytes == 65_536)
        #expect(InterchangeLimits.fieldBytesMax == 65_536)
        #expect(InterchangeLimits.recordBytesMax == 16 * InterchangeLimits.fieldBytesMax)
        #expect(
            InterchangeLimits.columnsMax / HandOverColumn.allCases.count == 13
                && InterchangeLimits.columnsMax == 500)
        #expect(InterchangeLimits.metaRecordsMax == 50)
        #expect(InterchangeLimits.rowsMax == 2_000_000)
        #expect(InterchangeLimits.accountRowsMax == 5_000)
        #expect(InterchangeLimits.amountMax == 10_000_000_000_000)
        #expect(InterchangeLimits.listedMax == 1_000)
        // What a replica gets in one answer, and what fits into a message with room for the rest.
        #expect(ImportLimits.commitBytesMax == 1_048_576)
        #expect(ImportLimits.accountBytesMax == 4 * ImportLimits.commitBytesMax)
        #expect(ImportLimits.rowBytes == 320)
    }

    @Test("commits are counted as the centre counts them, with the lot's own")
    func commits() throws {
        let centre = try ImportedCentre()
        let before = try centre.engine.cursor().commit
        let report = try centre.load([handOverRow()])
        #expect(report.commits == 2)
        #expect(try centre.engine.cursor().commit == before + 2)
        #expect(report.accounts == 1 && report.accountsKnown == 0)
        let again = try centre.load([handOverRow(open: "90,00")])
        #expect(again.commits == 2)
        #expect(again.accounts == 1 && again.accountsKnown == 1)
        #expect(again.rows == 1)
    }

    @Test("each reason to look at a load is one by itself")
    func needsPerson() {
        #expect(!ImportReport().needsPerson)
        var refused = ImportReport()
        refused.rowsRefused = 1
        #expect(refused.needsPerson)
        var unconfirmed = ImportReport()
        unconfirmed.accountsUnconfirmed = 1
        #expect(unconfirmed.needsPerson)
        var gone = ImportReport()
        gone.itemsGone = 1
        #expect(!gone.needsPerson)
        gone.meaning = .status
        #expect(gone.needsPerson)
        gone.itemsGone = 0
        #expect(!gone.needsPerson)
    }

    @Test("a file that changed is known by its size and by its time")
    func fileState() throws {
        let file = try FileOnDisk("abc")
        let state = try FileState(path: file.path)
        #expect(try FileState(path: file.path) == state)
        #expect(throws: HandOverError.unreadable(path: "/nowhere/at/all")) {
            try FileState(path: "/nowhere/at/all")
        }
        let longer = try FileOnDisk("abcd")
        #expect(try FileState(path: longer.path) != state)
    }
}
