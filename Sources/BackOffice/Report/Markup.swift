import Terminal

/// A piece of HTML or SVG.
///
/// Only what stands in the source text is taken as it is: whatever is interpolated is escaped,
/// unless it is a piece of markup itself. So no name, however hostile, becomes a tag.
struct Markup: Equatable, Sendable, ExpressibleByStringInterpolation {
    /// The text of it.
    private(set) var html: String

    /// Nothing.
    static let empty: Markup = ""

    init(stringLiteral value: String) { html = value }

    init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

    /// The pieces, one after the other.
    init(_ parts: [Markup]) {
        var joined = ""
        for part in parts { joined += part.html }
        html = joined
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { html.isEmpty }

    static func += (left: inout Markup, right: Markup) { left.html += right.html }

    /// A text as it may stand in an element or between the quotation marks of an attribute.
    ///
    /// Characters that turn, hide or end a line are made visible: a name must not rewrite what
    /// stands beside it.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in Visible.word(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Collects what a literal is made of.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { html += literal }

        mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }

        mutating func appendInterpolation(_ part: Markup) { html += part.html }

        mutating func appendInterpolation(_ parts: [Markup]) {
            for part in parts { html += part.html }
        }

        mutating func appendInterpolation(_ number: Int) { html += String(number) }

        mutating func appendInterpolation(_ number: Int64) { html += String(number) }

        /// A length in a drawing, to a tenth: a longer number says nothing that can be seen, and
        /// is written in whole tenths so that no rule for floating numbers has a say in it.
        mutating func appendInterpolation(_ length: Double) {
            let tenths = Int(exactly: (length * 10).rounded()) ?? 0
            if tenths < 0 { html += "-" }
            html += String(tenths.magnitude / 10)
            if tenths % 10 != 0 { html += "." + String(tenths.magnitude % 10) }
        }
    }
}
