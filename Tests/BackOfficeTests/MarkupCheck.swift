import Foundation

/// Looks at a page as a suspicious browser would, without being one.
enum MarkupCheck {
    private static let elements: Set<Substring> = [
        "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer",
        "section", "p", "h1", "h2", "h3", "strong", "span", "code", "dl", "dt", "dd", "div", "ul",
        "li", "figure", "figcaption", "details", "summary", "table", "caption", "thead", "tbody",
        "tr", "th", "td", "svg", "text", "rect", "line", "polyline", "circle",
    ]
    private static let attributes: Set<Substring> = [
        "lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "role",
        "aria-label", "aria-labelledby", "aria-hidden", "tabindex", "scope", "viewBox", "x", "y",
        "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "width", "height", "points", "fill",
        "font-size", "text-anchor", "stroke-width", "stroke-dasharray", "stroke-linejoin",
        "stroke-linecap",
    ]
    private static let empty: Set<Substring> = ["meta", "rect", "line", "polyline", "circle"]

    /// Elements and attributes that a page has no use for, links that lead out, and tags that are
    /// not closed.
    static func findings(_ html: String) -> [String] {
        var findings: [String] = []
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([A-Za-z0-9!]+)((?:[^>"]|"[^"]*")*)>/) {
            let name = tag.output.2
            if name == "!DOCTYPE" { continue }
            if !elements.contains(name) { findings.append("<\(name)>") }
            if tag.output.1 == "/" {
                if open.popLast() != name { findings.append("</\(name)>") }
                continue
            }
            for attribute in tag.output.3.matches(of: /([A-Za-z0-9\-:]+)(?:="([^"]*)")?/) {
                let (key, value) = (attribute.output.1, attribute.output.2 ?? "")
                if !attributes.contains(key) { findings.append("\(name) \(key)") }
                if key == "href" && !value.contains(/^(#[a-z]+|[A-Za-z0-9_~\-]+\.(html|csv|json))$/)
                {
                    findings.append("href \(value)")
                }
                if key == "http-equiv" && value != "Content-Security-Policy" {
                    findings.append("http-equiv \(value)")
                }
            }
            if !empty.contains(name) { open.append(name) }
        }
        if !open.isEmpty { findings.append("open: \(open)") }
        let style = html.split(separator: "<style>").dropFirst().map {
            $0.prefix { $0 != "<" }
        }.joined()
        for word in ["url(", "@import", "expression", "src:"] where style.contains(word) {
            findings.append(word)
        }
        return findings
    }

    /// The texts of a table's cells, row by row.
    static func rows(ofTable id: String, in html: String) -> [[String]] {
        guard let start = html.range(of: "<table id=\"\(id)\">"),
            let body = html[start.upperBound...].range(of: "<tbody>"),
            let end = html[body.upperBound...].range(of: "</tbody>")
        else { return [] }
        return html[body.upperBound..<end.lowerBound].split(separator: "</tr>").compactMap { row in
            let cells = row.matches(of: /<t[hd][^>]*>(.*?)<\/t[hd]>/).map { String($0.output.1) }
            return cells.isEmpty ? nil : cells
        }
    }
}
