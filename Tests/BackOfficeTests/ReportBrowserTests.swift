import Foundation
import Testing

@testable import BackOffice

/// What Chromium makes of the pages. One after the other: a browser takes a core for itself.
@Suite("a report in a browser", .serialized)
struct ReportBrowserTests {
    private let scratch: ReportFolderTests.Scratch
    private let browser: Browser

    init() throws {
        scratch = try ReportFolderTests.Scratch()
        browser = try Browser()
    }

    private func put(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(scratch.path)/\(name)"))
    }

    /// Puts the pages into the folder as `0.html`, `1.html` …
    private func put(_ pages: [DayPage], _ language: ReportLanguage) throws -> [String] {
        try pages.enumerated().map { index, page in
            // Drawn as a firm's page, with its links, where it is one.
            let all = page.scope.kind == .firm ? [page] + ReportSample.pages.dropFirst() : [page]
            let files = Report.files(all, language: language, silentHoursMax: 36)
            try put(String(decoding: files[0].bytes, as: UTF8.self), "\(index).html")
            return "\(index).html"
        }
    }

    private func probe(_ files: [String], isDark: Bool = false) throws -> [String] {
        try put(PageProbe.page(files), "probe.html")
        let visit = try browser.open("probe.html", in: scratch.path, isDark: isDark)
        let (texts, found) = try #require(PageProbe.findings(visit.document))
        #expect(texts > 50 * files.count)
        return found
    }

    @Test(
        "no text is cut off, overlaps or is faint, on telephone, tablet and desk, by day and night",
        arguments: ReportLanguage.allCases, [false, true])
    func looks(language: ReportLanguage, isDark: Bool) throws {
        let files = try put(ReportTests.allPages, language)
        let found = try probe(files, isDark: isDark)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    @Test(
        "on paper nothing scrolls, no column is cut and no number broken",
        arguments: ReportLanguage.allCases)
    func paper(language: ReportLanguage) throws {
        // What A4 leaves between the margins, in pixels of the style sheet, is 680.
        let files = try put(ReportTests.allPages, language)
        for file in files {
            let html = try String(contentsOfFile: "\(scratch.path)/\(file)", encoding: .utf8)
            #expect(html.contains("@media print{"))
            try put(
                html.replacing("@media print{", with: "@media all{")
                    .replacing("@media (max-width:980px)", with: "@media (max-width:1px)")
                    .replacing("@media (max-width:640px)", with: "@media (max-width:1px)"),
                file)
        }
        try put(PageProbe.page(files, widths: [680]), "probe.html")
        let visit = try browser.open("probe.html", in: scratch.path)
        let (texts, found) = try #require(PageProbe.findings(visit.document))
        #expect(texts > 20 * files.count)
        #expect(found == [], "\(found.joined(separator: "\n"))")
        let scrolls = try files.filter { file in
            let text = try String(contentsOfFile: "\(scratch.path)/\(file)", encoding: .utf8)
            return !text.contains(".scroll{overflow:visible;background:none}")
        }
        #expect(scrolls == [])
    }

    @Test("no request leaves a page")
    func silent() throws {
        for file in try put(ReportTests.allPages, .italian) {
            let visit = try browser.open(file, in: scratch.path)
            #expect(visit.addresses == [])
            #expect(visit.document.contains("<h1>"))
        }
    }

    @Test("the log of requests shows what a page asks for, and the page's own rule forbids it")
    func logBites() throws {
        let image = "<img src=\"http://probe.invalid/a.png\">"
        try put("<!DOCTYPE html><p>x</p>" + image, "bare.html")
        let bare = try browser.open("bare.html", in: scratch.path)
        #expect(bare.addresses == ["http://probe.invalid/a.png"])
        let html = try ReportTests.text(ReportSample.pages[0], "html", .english)
        try put(html.replacing("</main>", with: image + "</main>"), "ruled.html")
        let ruled = try browser.open("ruled.html", in: scratch.path)
        #expect(ruled.document.contains("probe.invalid"))
        #expect(ruled.addresses == [])
    }

    @Test("what is cut, overlaps, is faint or too wide is found")
    func probeBites() throws {
        let html = try ReportTests.text(ReportSample.pages[0], "html", .english)
        let svg = { (text: String) in
            "<svg viewBox=\"0 0 300 60\" style=\"width:300px\" class=\"x\">\(text)</svg>"
        }
        let faults = [
            (
                "cut",
                svg("<text x=\"280\" y=\"30\" font-size=\"14\" class=\"f-ink\">too far</text>")
            ),
            (
                "overlap with one",
                svg(
                    "<text x=\"10\" y=\"30\" font-size=\"14\" class=\"f-ink\">one</text>"
                        + "<text x=\"14\" y=\"34\" font-size=\"14\" class=\"f-ink\">two</text>")
            ),
            ("faint", svg("<text x=\"10\" y=\"30\" font-size=\"14\" class=\"f-grid\">dim</text>")),
            ("faint", "<p style=\"color:var(--line)\">dim</p>"),
            ("tiny", svg("<text x=\"10\" y=\"30\" font-size=\"5\" class=\"f-ink\">small</text>")),
            ("page wider", "<div style=\"width:1400px\">wide</div>"),
            ("overflow", "<div style=\"width:50px;white-space:nowrap\">much too long</div>"),
            ("off the page", "<p style=\"position:absolute;left:-200px\">gone</p>"),
            (
                "broken number",
                "<p style=\"width:40px;overflow-wrap:anywhere\">123,456,789.00</p>"
            ),
            (
                "cut without a hint",
                "<div class=\"scroll\" style=\"width:40px;background:none\"><p "
                    + "style=\"width:90px\">x</p></div>"
            ),
            (
                "blank cell",
                svg("<rect x=\"0\" y=\"0\" width=\"40\" height=\"20\" class=\"f-heat-3\"/>")
            ),
        ]
        var files: [String] = []
        for (index, fault) in faults.enumerated() {
            let broken = html.replacing("</main>", with: "</main>" + fault.1)
            try put(broken, "bad\(index).html")
            files.append("bad\(index).html")
        }
        let found = try probe(files)
        for (index, fault) in faults.enumerated() {
            for width in PageProbe.widths {
                let place = "bad\(index).html \(width): \(fault.0)"
                #expect(found.contains { $0.hasPrefix(place) }, "\(place)")
            }
        }
    }
}
