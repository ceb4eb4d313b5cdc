import Foundation
import Portfolio
import Testing

@testable import Interchange

@Suite("The delimiter, and the line that names the columns")
struct DialectTests {
    private let names = "principal_code;case_ref;surname;item_ref;due_date;open_amount"
    private let row = "E;C1;Rossi;I1;2026-03-31;10,00"

    private func inspect(_ lines: [String], _ options: HandOver.Options = .init()) throws
        -> HandOverSummary
    {
        let file = try FileOnDisk(lines.joined(separator: "\n") + "\n")
        return try HandOver.inspect(path: file.path, options: options).summary
    }

    private func error(_ lines: [String]) -> HandOverError? {
        do {
            _ = try inspect(lines)
            return nil
        } catch { return error as? HandOverError }
    }

    @Test("the error is that of the delimiter which fits best, with line and names")
    func bestFit() {
        let datev = ["Konto;Name;Rechnungsnr.;Betrag;S/H", "20011;Höfer, Bau;RE-501;1,00;S"]
        #expect(
            error(datev)
                == .noHeader(
                    HeaderFound(
                        line: 1, delimiter: 0x3B,
                        names: ["Konto", "Name", "Rechnungsnr.", "Betrag", "S/H"])))
        let english = [
            "Lantern Repairs", "As of 31 December 2025", "",
            "Num,Customer,Date,Due Date,Amount, Open Balance ", "2041,\"Quinn; T;x;y;z;a\",1,2,3,4",
        ]
        #expect(
            error(english)
                == .noHeader(
                    HeaderFound(
                        line: 4, delimiter: 0x2C,
                        names: ["Num", "Customer", "Date", "Due Date", "Amount", "Open Balance"])))
        let tabs = ["a\tb\tc", "1;2\t3\t4"]
        #expect(
            error(tabs) == .noHeader(HeaderFound(line: 1, delimiter: 9, names: ["a", "b", "c"])))
        // A quote that only the wrong delimiter minds is not told.
        let quotes = ["a,b;c;d", "\"x\";\"y\";1,2"]
        #expect(
            error(quotes)
                == .noHeader(HeaderFound(line: 1, delimiter: 0x3B, names: ["a,b", "c", "d"])))
    }

    @Test("a file of which nothing can be read says what stops the reading")
    func unreadable() {
        #expect(error(["\"a;b", "c"]) == .unclosedQuote(FilePlace(line: 1, column: 1)))
        #expect(error(["", " ", "\t"]) == .empty)
        #expect(error([""]) == .empty)
        // Below a header it says so too.
        #expect(
            error([names, row, "\"E;C2"]) == .unclosedQuote(FilePlace(line: 3, column: 1)))
    }

    @Test("three known names make a header, two do not")
    func score() throws {
        guard case .missingColumns(let missing, let found)? = error(["case_ref;surname;item_ref"])
        else {
            Issue.record("no header was found")
            return
        }
        #expect(missing == ["principal_code", "due_date", "open_amount"])
        #expect(found.names == ["case_ref", "surname", "item_ref"])
        guard case .noHeader? = error(["case_ref;surname;x;y"]) else {
            Issue.record("two names are a header")
            return
        }
    }

    @Test("the header is looked for in the first fifty records, and is the best of them")
    func depth() throws {
        func file(_ above: Int) -> [String] {
            (0..<above).map { "nota \($0)" } + [names, row]
        }
        #expect(try inspect(file(InterchangeLimits.metaRecordsMax - 1)).rows == 1)
        guard case .noHeader? = error(file(InterchangeLimits.metaRecordsMax)) else {
            Issue.record("found too far below")
            return
        }
        let better = ["case_ref;surname;item_ref", names, row]
        #expect(try inspect(better).format.header.line == 2)
        // Of two that are as good the first counts, and the other is a bad row.
        #expect(try inspect([names, names, row]).badRows == 1)
    }

    @Test("of two delimiters with as many of our columns the one with more fields counts")
    func wider() throws {
        let both = ["case_ref;surname;item_ref;q,case_ref,surname,item_ref,a,b,c"]
        guard case .missingColumns(_, let found)? = error(both) else {
            Issue.record("no header was found")
            return
        }
        #expect(found.delimiter == 0x2C)
        let other = [both[0].replacing(",a,b,c", with: "").replacing(";q", with: ";q;r;s")]
        guard case .missingColumns(_, let wider)? = error(other) else {
            Issue.record("no header was found")
            return
        }
        #expect(wider.delimiter == 0x3B)
    }

    @Test("told a creditor, the file needs not say it, and what it says is passed over")
    func creditor() throws {
        let short = names.replacing("principal_code;", with: "")
        let file = try FileOnDisk("\(short)\n\(row.replacing("E;", with: ""))\n")
        let handOver = try HandOver.inspect(path: file.path, options: .init(creditor: "GAS"))
        var accounts = try handOver.accounts()
        #expect(try accounts.next()?.creditor == "GAS")
        #expect(handOver.summary.creditors == ["GAS"])
        // Two creditors of the file are one then, so that one item of both is repeated.
        let two = try inspect(
            [names, row, row.replacing("E;", with: "F;")], .init(creditor: "GAS"))
        #expect(
            two.problems == [.init(line: 3, column: "item_ref", reason: .repeated(firstLine: 2))])
        #expect(try inspect([names, row, row.replacing("E;", with: "F;")]).badRows == 0)
        // An empty cell is no problem then.
        let empty = row.replacing("E;", with: ";")
        #expect(try inspect([names, empty], .init(creditor: "GAS")).badRows == 0)
        #expect(try inspect([names, empty]).badRows == 1)
    }

    @Test("a row with something behind the last column is refused, blanks there are not")
    func tooManyFields() throws {
        let found = try inspect([names, row + ";50", row.replacing("I1", with: "I2") + "; ;;"])
        #expect(
            found.problems == [
                .init(line: 2, column: "", reason: .tooManyFields(count: 7, expected: 6))
            ])
        #expect(found.goodRows == 1)
    }

    @Test("columns behind ours may be missing, and those before them not")
    func tooFewFields() throws {
        let wide = names + ";agente;zona"
        #expect(try inspect([wide, row]).badRows == 0)
        let short = "E;C1;Rossi;I1;2026-03-31"
        #expect(
            try inspect([wide, short]).problems == [
                .init(line: 2, column: "", reason: .tooFewFields(count: 5, expected: 6))
            ])
    }

    @Test("a cell that would be a formula is written as text, and read as it was")
    func cells() {
        for text in ["=cmd|' /C calc'!A0", "+39 333", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1"]
        {
            let written = SpreadsheetCell.neutralized(text)
            #expect(written == "'" + text)
            let read = SpreadsheetCell.restored(written)
            #expect(
                read == (text.first == "\t" || text.first?.isNewline == true ? "x" : text.trimmed))
            #expect(SpreadsheetCell.neutralized(written) == written)
        }
        for text in ["", "Rossi", "'s-Hertogenbosch", "1-2", "a=b", " x", "'", "''", "0039"] {
            #expect(SpreadsheetCell.neutralized(text) == text)
            #expect(SpreadsheetCell.restored(text) == text)
        }
        #expect(SpreadsheetCell.restored("''+39") == "+39")
    }

    @Test("rejected rows come back: once each, with numbers and phones as they were")
    func rejectedAgain() throws {
        let header = names + ";phone_1;notes"
        let bad = "E;C1;=1+1;;2026-02-31;-10,00;+39 333 1234567;\"@a\nb\""
        let file = try FileOnDisk([header, row + ";;", bad].joined(separator: "\n") + "\n")
        let handOver = try HandOver.inspect(path: file.path)
        #expect(try handOver.writeRejected { _ in "=why" } == 1)
        let text = try String(contentsOfFile: handOver.rejectedPath, encoding: .utf8)
        #expect(
            text.hasSuffix(
                "\"'=why; =why\";E;C1;'=1+1;;2026-02-31;'-10,00;'+39 333 1234567;\"'@a\nb\"\r\n"))
        let mended = try FileOnDisk(text.replacing("=1+1;;2026-02-31", with: "=1+1;I2;2026-02-28"))
        let again = try HandOver.inspect(path: mended.path)
        #expect(again.summary.questions == [])
        #expect(again.summary.badRows == 0)
        var accounts = try again.accounts()
        let item = try #require(try accounts.next()?.rows.first)
        #expect(item.item.openAmount == -1_000)
        #expect(item.debtor.surname == "=1+1")
        #expect(item.debtor.phones.first?.e164 == "+393331234567")
        #expect(item.item.note == "@a\nb")
    }
}
