import Foundation
import Interchange
import RientroSQLite
import Testing

/// Copies a database as it lies on the disk, and returns the length of its log.
func copyFiles(of path: String, to copy: String) throws -> Int64 {
    for end in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + end, toPath: copy + end)
    }
    let facts = try FileManager.default.attributesOfItem(atPath: copy + "-wal")
    return (facts[.size] as? NSNumber)?.int64Value ?? 0
}

@Suite("What an import refuses")
struct ImportRefusalTests {
    @Test("one bad row keeps the whole file out, unless the good rows are wanted")
    func badRow() throws {
        let centre = try ImportedCentre()
        let file = try ImportedCentre.file([
            handOverRow(item: "I1"), handOverRow(item: "I2", due: "31/02/2026"),
            handOverRow(case: "C2", customer: "K2", item: "I3"),
        ])
        let refused = try centre.load(file).report
        #expect(refused.outcome == .refused)
        #expect(refused.rowsRefused == 1)
        #expect(try centre.count("account") == 0)
        #expect(try centre.count("import") == 0)
        let options = ImportOptions(portfolio: "MT", acceptsPartial: true)
        let partial = try centre.load(file, options: options).report
        #expect(partial.outcome == .loaded)
        #expect(partial.needsPerson)
        #expect(partial.itemsAdded == 2)
        // The corrected row comes with another file and finds its account.
        let rest = try centre.load([handOverRow(item: "I1"), handOverRow(item: "I2")])
        #expect(rest.itemsAdded == 1)
        #expect(rest.accountsAdded == 0)
        #expect(try centre.count("account") == 2)
    }

    @Test("a total row that does not agree keeps the file out")
    func wrongTotal() throws {
        let centre = try ImportedCentre()
        let total = "TOTALE" + String(repeating: ";", count: 13) + "99,00;"
        let file = try ImportedCentre.file([handOverRow(), total])
        #expect(try centre.load(file).report.outcome == .refused)
        #expect(try centre.count("account") == 0)
        let right = "TOTALE" + String(repeating: ";", count: 13) + "100,00;"
        #expect(try centre.load([handOverRow(), right]).outcome == .loaded)
    }

    @Test("the rejected rows name what the centre says against them")
    func rejectedFile() throws {
        let centre = try ImportedCentre()
        _ = try centre.load([handOverRow()])
        let file = try ImportedCentre.file([
            handOverRow(open: "n.d."), handOverRow(case: "C7", item: "I1"),
        ])
        let options = ImportOptions(portfolio: "MT", acceptsPartial: true)
        let problems = try centre.load(file, options: options).problems
        let inspected = try HandOver.inspect(path: file.path)
        #expect(try inspected.writeRejected(also: problems) { "\($0)" } == 2)
        let text = try String(contentsOfFile: inspected.rejectedPath, encoding: .utf8)
        let lines = text.split(separator: "\r\n")
        #expect(lines.count == 3)
        #expect(lines[1].hasPrefix("2;open_amount;"))
        #expect(lines[2].hasPrefix("3;item_ref;"))
        #expect(lines[2].hasSuffix(handOverRow(case: "C7", item: "I1")))
    }

    @Test("rows of an account that lie apart come into one account")
    func apart() throws {
        let centre = try ImportedCentre()
        let report = try centre.load([
            handOverRow(case: "C1", item: "I1"),
            handOverRow(case: "C2", customer: "K2", item: "I2"),
            handOverRow(case: "C1", item: "I3", open: "1,00"),
        ])
        #expect(report.accountsAdded == 2)
        #expect(
            try centre.rows("SELECT case_ref, balance FROM accounts ORDER BY case_ref") == [
                "C1|10100", "C2|10000",
            ])
    }
}
