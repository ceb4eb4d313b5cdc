/// A scale that begins at nothing and ends at a round number.
struct ChartScale: Equatable, Sendable {
    /// The distance between two lines of the grid.
    let step: Int64
    /// The last line.
    let top: Int64

    /// A scale that reaches `largest` in at most `lines` steps of 1, 2 or 5 times a power of ten.
    init(upTo largest: Int64, lines: Int64 = 4) {
        var step: Int64 = 1
        var factor = 0
        let largest = min(largest, Int64.max / 16)
        while (largest + step - 1) / step > lines && step < Int64.max / 10 {
            // 1, 2, 5, 10, 20, 50 …
            step = factor % 3 == 1 ? step / 2 * 5 : step * 2
            factor += 1
        }
        self.step = step
        top = max(step, (max(0, largest) + step - 1) / step * step)
    }

    /// The values of the grid, the first of them 0.
    var values: [Int64] { Array(stride(from: 0, through: top, by: Int64.Stride(step))) }

    /// Where a value lies on a length; one beyond the scale at its end.
    func place(_ value: Int64, on length: Double) -> Double {
        Double(min(top, max(-top, value))) / Double(top) * length
    }
}
