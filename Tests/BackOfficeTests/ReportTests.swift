import Foundation
import Terminal
import Testing

@testable import BackOffice

@Suite("the files of a report")
struct ReportTests {
    static func text(_ page: DayPage, _ ending: String, _ language: ReportLanguage) throws
        -> String
    {
        let files = Report.files([page], language: language)
        let file = try #require(files.first { $0.name.hasSuffix("." + ending) })
        return try #require(String(validating: file.bytes, as: UTF8.self))
    }

    static let allPages: [DayPage] =
        ReportSample.pages + PageScope.Kind.allCases.map { ReportSample.hostile($0) } + [
            ReportSample.empty(PageScope(.firm)),
            ReportSample.empty(PageScope(.creditor, key: "X", name: "X")), ReportSample.single(),
            ReportSample.huge(),
        ]

    @Test("each page is a file for people, one for spreadsheets and one for programs")
    func names() {
        let files = Report.files(ReportSample.pages, language: .italian)
        #expect(
            files.map(\.name) == [
                "firm.html", "firm.csv", "firm.json", "branch-MT.html", "branch-MT.csv",
                "branch-MT.json", "branch-RM-NORD.html", "branch-RM-NORD.csv",
                "branch-RM-NORD.json", "creditor-EN.html", "creditor-EN.csv", "creditor-EN.json",
                "creditor-CONS-1.html", "creditor-CONS-1.csv", "creditor-CONS-1.json",
            ])
        #expect(Report.name(PageScope(.branch, key: "../x")) == "branch-~46~~46~~47~x")
    }

    @Test("the same pages give the same bytes", arguments: ReportLanguage.allCases)
    func stable(language: ReportLanguage) {
        let first = Report.files(Self.allPages, language: language, silentHoursMax: 36)
        #expect(first == Report.files(Self.allPages, language: language, silentHoursMax: 36))
        #expect(first != Report.files(Self.allPages, language: language))
    }

    @Test("the JSON beside a page decodes to the page")
    func json() throws {
        for page in Self.allPages {
            let text = try Self.text(page, "json", .english)
            let decoded = try JSONDecoder().decode(DayPage.self, from: Data(text.utf8))
            #expect(decoded == page)
        }
    }

    @Test("a page loads nothing, runs nothing and leads only to files of its report")
    func standsAlone() throws {
        for language in ReportLanguage.allCases {
            for file in Report.files(Self.allPages, language: language)
            where file.name.hasSuffix(".html") {
                let html = String(decoding: file.bytes, as: UTF8.self)
                #expect(MarkupCheck.findings(html) == [], "\(file.name)")
            }
        }
    }

    @Test(
        "the check of the markup finds what would load or run",
        arguments: [
            "<img src=\"http://probe.invalid/a.png\">", "<script>1</script>",
            "<link rel=\"stylesheet\" href=\"x.css\">", "<a href=\"https://probe.invalid\">x</a>",
            "<style>a{background:url(//probe.invalid/x)}</style>", "<p onclick=\"x\">y</p>",
            "<style>@import 'x.css';</style>", "<a href=\"javascript:x\">y</a>",
            "<iframe src=\"firm.html\"></iframe>", "<p>unclosed", "<meta http-equiv=\"refresh\">",
        ])
    func checkBites(markup: String) throws {
        let page = ReportSample.empty(PageScope(.firm))
        let html = try Self.text(page, "html", .english)
        #expect(MarkupCheck.findings(html) == [])
        let broken = html.replacing("</main>", with: markup + "</main>")
        #expect(!MarkupCheck.findings(broken).isEmpty)
    }

    @Test("a page says its language, is made for small screens, and forbids all but its own style")
    func head() throws {
        for language in ReportLanguage.allCases {
            let html = try Self.text(ReportSample.pages[0], "html", language)
            #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">"))
            #expect(html.contains("<meta name=\"viewport\" content=\"width=device-width"))
            #expect(
                html.contains(
                    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""))
            #expect(html.contains("prefers-color-scheme:dark"))
            #expect(html.contains("@media print"))
        }
    }

    @Test(
        "the amounts of the ageing table are those of the JSON", arguments: ReportLanguage.allCases)
    func amounts(language: ReportLanguage) throws {
        let html = try Self.text(ReportSample.pages[0], "html", language)
        let json = try Self.text(ReportSample.pages[0], "json", language)
        let page = try JSONDecoder().decode(DayPage.self, from: Data(json.utf8))
        let rows = MarkupCheck.rows(ofTable: "ageing-table", in: html)
        #expect(rows.count == page.ageing.count)
        for (row, line) in zip(rows, page.ageing) {
            let amount = try Money.parse(
                row[3], currency: line.currency, language: language.numbers)
            #expect(amount == line.amount)
            #expect(Int64(row[1].filter(\.isNumber)) == line.accounts)
        }
    }

    @Test("the firm's page leads to every other page, and no other page leads anywhere")
    func links() throws {
        let files = Report.files(ReportSample.pages, language: .english)
        for file in files where file.name.hasSuffix(".html") {
            let html = String(decoding: file.bytes, as: UTF8.self)
            let pages = files.map(\.name).filter { $0.hasSuffix(".html") && $0 != "firm.html" }
            for page in pages {
                #expect(html.contains("href=\"\(page)\"") == (file.name == "firm.html"))
            }
        }
    }

    @Test("a creditor's page names no office, no operator, no branch and no other creditor")
    func creditorsPage() throws {
        var page = ReportSample.pages[3]
        // Even if a close put them there.
        page.offices = ReportSample.pages[0].offices
        page.operators = ReportSample.pages[0].operators
        page.late = ReportSample.pages[0].late
        for language in ReportLanguage.allCases {
            for ending in ["html", "csv"] {
                let text = try Self.text(page, ending, language)
                for name in ["Trieste", "Operatore 1", "Roma Nord", "op1,"] {
                    #expect(!text.contains(name), "\(name) in \(ending)")
                }
            }
        }
    }
}
