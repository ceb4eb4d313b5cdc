/// Finds places for the labels of lines, near their ends, where none covers another.
struct LabelPlacement {
    /// A rectangle that a text takes.
    struct Box: Equatable {
        var x: Double
        var y: Double
        var width: Double
        var height: Double

        func overlaps(_ other: Box) -> Bool {
            x < other.x + other.width && other.x < x + width && y < other.y + other.height
                && other.y < y + height
        }

        /// Whether a line from one point to another passes through.
        func isCrossed(from a: Point, to b: Point) -> Bool {
            let first = max(x, min(a.x, b.x))
            let last = min(x + width, max(a.x, b.x))
            guard first <= last else { return false }
            guard b.x != a.x else {
                return min(a.y, b.y) < y + height && y < max(a.y, b.y)
            }
            func level(_ at: Double) -> Double { a.y + (b.y - a.y) * (at - a.x) / (b.x - a.x) }
            let low = min(level(first), level(last))
            let high = max(level(first), level(last))
            return low < y + height && y < high
        }
    }

    /// Where labels may stand.
    let bounds: Box
    /// The lines that are better not covered.
    let curves: [[Point]]
    private(set) var taken: [Box] = []

    init(bounds: Box, curves: [[Point]]) {
        self.bounds = bounds
        self.curves = curves
    }

    /// A place for a label of a size near a line's end: the one that is nearest and covers the
    /// fewest lines. Nil where there is none.
    mutating func place(width: Double, height: Double, at end: Point) -> Box? {
        var best: (box: Box, cost: Double)?
        for step in 0...Int(bounds.height / 4) {
            for dy in step == 0 ? [0.0] : [Double(step) * 4, Double(-step) * 4] {
                let y = end.y - height / 2 + dy
                for (x, side) in [
                    (end.x + 7, 0.0), (end.x - width - 7, 12), (end.x - width / 2, 8),
                ] {
                    let box = Box(x: x, y: y, width: width, height: height)
                    guard isFree(box) else { continue }
                    let cost = abs(dy) + side + Double(crossings(box)) * 22
                    if cost < best?.cost ?? .infinity { best = (box, cost) }
                }
            }
        }
        if let best { taken.append(best.box) }
        return best?.box
    }

    private func isFree(_ box: Box) -> Bool {
        box.x >= bounds.x && box.y >= bounds.y && box.x + box.width <= bounds.x + bounds.width
            && box.y + box.height <= bounds.y + bounds.height
            && !taken.contains { $0.overlaps(box) }
    }

    private func crossings(_ box: Box) -> Int {
        var count = 0
        for curve in curves {
            for (a, b) in zip(curve, curve.dropFirst()) where box.isCrossed(from: a, to: b) {
                count += 1
            }
        }
        return count
    }
}
