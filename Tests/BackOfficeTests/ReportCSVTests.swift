import Testing

@testable import BackOffice

@Suite("a page as a table for spreadsheets")
struct ReportCSVTests {
    /// Fields of records by RFC 4180, read by code that shares nothing with the writer.
    static func records(_ text: String) -> [[String]]? {
        var records: [[String]] = []
        var record: [String] = []
        var field = String.UnicodeScalarView()
        var isQuoted = false
        var isAfterQuote = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            if isQuoted {
                if scalar != "\"" {
                    field.append(scalar)
                } else if scalars.first == "\"" {
                    field.append(scalars.removeFirst())
                } else {
                    isQuoted = false
                    isAfterQuote = true
                }
            } else if scalar == "," {
                record.append(String(field))
                field = .init()
                isAfterQuote = false
            } else if scalar == "\r" {
                guard scalars.popFirst() == "\n" else { return nil }
                record.append(String(field))
                records.append(record)
                record = []
                field = .init()
                isAfterQuote = false
            } else if scalar == "\"" {
                guard field.isEmpty, !isAfterQuote else { return nil }
                isQuoted = true
            } else {
                guard !isAfterQuote, scalar != "\n" else { return nil }
                field.append(scalar)
            }
        }
        return record.isEmpty && field.isEmpty && !isQuoted ? records : nil
    }

    private func records(_ page: DayPage) throws -> [[String]] {
        try #require(Self.records(try ReportTests.text(page, "csv", .italian)))
    }

    @Test("every record has six fields, and no text begins as a formula does")
    func guarded() throws {
        for page in ReportTests.allPages {
            let records = try records(page)
            #expect(records[0] == ["section", "key", "key2", "measure", "currency", "value"])
            for record in records {
                #expect(record.count == 6, "\(record)")
                for (index, field) in record.enumerated() {
                    let isNumber = index == 5 && Int64(field) != nil
                    let first = field.unicodeScalars.first
                    let isGuarded = !(first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false)
                    #expect(isGuarded || isNumber, "\(record)")
                }
            }
        }
    }

    @Test("a hostile name comes back as it was, with an apostrophe before it where it needs one")
    func hostile() throws {
        var page = ReportSample.empty(PageScope(.branch, key: "MT", name: "M"))
        let line = ReportSample.pages[0].operators[0]
        page.operators = ReportSample.hostileNames.map { name in
            var line = line
            line.name = name
            return line
        }
        let names = try records(page).filter { $0[0] == "operators" && $0[3] == "name" }
        let expected = ReportSample.hostileNames.map {
            ["=", "@", "-", "+"].contains($0.prefix(1)) ? "'" + $0 : $0
        }
        #expect(names.map { $0[5] } == expected)
    }

    @Test("what the charts show is there, amounts in minor units")
    func complete() throws {
        let page = ReportSample.pages[0]
        let records = try records(page)
        func values(_ section: String, _ measure: String, _ currency: String = "") -> [Int64] {
            records.filter { $0[0] == section && $0[3] == measure && $0[4] == currency }
                .compactMap { Int64($0[5]) }
        }
        #expect(
            values("ageing", "open", "EUR")
                == page.ageing.filter { $0.currency == "EUR" }.map(\.amount))
        #expect(values("recovery", "collected", "EUR") == page.recovery.flatMap(\.collected))
        #expect(
            values("promises", "count", "EUR")
                == page.promises.flatMap { [$0.kept, $0.partlyKept, $0.broken, $0.open] })
        #expect(values("reasons", "accounts") == page.reasons.map(\.accounts))
        #expect(values("contacts", "attempts") == page.contacts.map(\.attempts))
        #expect(values("contacts", "right_party") == page.contacts.map(\.rightParty))
        #expect(values("offices", "hours_silent") == page.offices.compactMap(\.hoursSilent))
        #expect(values("totals", "difference", "EUR") == page.totals.map(\.difference))
        #expect(values("newly_overdue", "amount", "EUR").count == page.newlyOverdue.count)
        let divided = page.measures.filter {
            ($0.name.form == .share || $0.name.form == .average) && $0.currency.isEmpty
        }
        #expect(!divided.isEmpty)
        #expect(values("measures", "numerator") == divided.map(\.numerator))
        #expect(values("measures", "denominator") == divided.map(\.denominator))
    }
}
