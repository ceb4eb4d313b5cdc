/// How broad a chart is drawn. A drawing made for a desk is unreadable on a telephone, so each
/// chart is drawn twice, and the style sheet shows the one that fits.
enum Breadth: CaseIterable, Sendable {
    case wide
    case narrow

    /// The width of the drawing, which is about as many pixels where it is shown.
    var width: Double { self == .wide ? 720 : 312 }

    /// The size of most texts.
    var text: Double { self == .wide ? 13 : 12 }

    /// The size of texts that are less important.
    var small: Double { self == .wide ? 12 : 11 }
}

/// An SVG drawing in the making. Lengths are in pixels, y grows downwards.
struct Canvas: Sendable {
    /// Where a text stands from.
    enum Anchor: String {
        case start
        case middle
        case end
    }

    /// How broad it is.
    let breadth: Breadth
    private var body: Markup = .empty

    init(_ breadth: Breadth) { self.breadth = breadth }

    /// A text on its base line. A halo keeps lines that cross it from making it unreadable.
    mutating func text(
        _ text: String, x: Double, y: Double, size: Double, colour: String = "ink",
        anchor: Anchor = .start, isBold: Bool = false, hasHalo: Bool = false
    ) {
        var classes = "f-\(colour)"
        if isBold { classes += " b" }
        if hasHalo { classes += " halo" }
        body += """
            <text x="\(x)" y="\(y)" font-size="\(size)" class="\(classes)" \
            text-anchor="\(anchor.rawValue)">\(text)</text>

            """
    }

    /// A box; with an edge where its colour alone would not be seen on every ground.
    mutating func box(
        x: Double, y: Double, width: Double, height: Double, colour: String, radius: Double = 2,
        hasEdge: Bool = false
    ) {
        guard width > 0, height > 0 else { return }
        let edge: Markup = hasEdge ? " s-edge" : ""
        body += """
            <rect x="\(x)" y="\(y)" width="\(width)" height="\(height)" rx="\(radius)" \
            class="f-\(colour)\(edge)"/>

            """
    }

    /// A straight line.
    mutating func line(
        x1: Double, y1: Double, x2: Double, y2: Double, colour: String, width: Double = 1,
        isDashed: Bool = false
    ) {
        let dash: Markup = isDashed ? " stroke-dasharray=\"3 3\"" : ""
        body += """
            <line x1="\(x1)" y1="\(y1)" x2="\(x2)" y2="\(y2)" class="s-\(colour)" \
            stroke-width="\(width)"\(dash)/>

            """
    }

    /// A line through points.
    mutating func curve(_ points: [Point], colour: String, width: Double) {
        var list: Markup = .empty
        for point in points { list += "\(point.x),\(point.y) " }
        body += """
            <polyline points="\(list)" class="s-\(colour)" fill="none" stroke-width="\(width)" \
            stroke-linejoin="round" stroke-linecap="round"/>

            """
    }

    /// A dot.
    mutating func dot(_ centre: Point, radius: Double, colour: String) {
        body += """
            <circle cx="\(centre.x)" cy="\(centre.y)" r="\(radius)" class="f-\(colour)"/>

            """
    }

    /// The mark of a bar that is longer than there is room: a slanted gap.
    mutating func cutMark(x: Double, y: Double, height: Double) {
        line(x1: x, y1: y + height, x2: x + 5, y2: y, colour: "card", width: 3)
    }

    /// A small label in a box of its own colour; returns where the next may begin.
    mutating func badge(_ text: String, x: Double, y: Double, colour: String) -> Double {
        let size = breadth.small
        let width = TextExtent.width(text, size: size) + 14
        box(
            x: x, y: y - size - 1, width: width, height: size + 7, colour: colour + "-soft",
            radius: 9)
        self.text(
            text, x: x + width / 2, y: y + 0.5, size: size, colour: colour, anchor: .middle)
        return x + width + 6
    }

    /// A row of coloured squares with what they mean, in as many lines as they need; returns the
    /// height that it took.
    mutating func key(_ entries: [(colour: String, word: String, hasEdge: Bool)]) -> Double {
        var x = 0.0
        var y = 12.0
        for entry in entries {
            let width = TextExtent.width(entry.word, size: breadth.small) + 18
            if x > 0 && x + width > breadth.width {
                x = 0
                y += 20
            }
            box(
                x: x + 0.5, y: y - 10, width: 11, height: 11, colour: entry.colour,
                hasEdge: entry.hasEdge)
            text(entry.word, x: x + 18, y: y, size: breadth.small, colour: "muted")
            x += width + 16
        }
        return y + 14
    }

    /// The whole drawing. `summary` is read out to those who do not see it.
    func svg(height: Double, summary: String) -> Markup {
        let name: Markup = breadth == .wide ? "wide" : "narrow"
        return """
            <svg class="\(name)" viewBox="0 0 \(breadth.width) \(height)" role="img" \
            aria-label="\(summary)">
            \(body)</svg>

            """
    }
}

/// A place in a drawing.
struct Point: Equatable, Sendable {
    var x: Double
    var y: Double
}
