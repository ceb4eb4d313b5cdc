import Foundation

/// What was reached before, kept beside the code: figures that do not depend on the machine, which
/// are ratios and counts of bytes and requests. A time by itself is not among them.
struct Record: Codable {
    /// By the name of the figure.
    var figures: [String: Double]

    /// What a figure may lose before it counts as fallen: a shared machine takes a tenth or two
    /// from a ratio, a change that was not thought through takes half.
    private static let lossMax = 1.0 / 3

    init(_ figures: [Figure]) {
        self.figures = Dictionary(
            figures.compactMap { figure in
                figure.isComparable ? (figure.name, (figure.judged * 1000).rounded() / 1000) : nil
            }, uniquingKeysWith: { first, _ in first })
    }

    init(path: String) throws {
        do {
            self = try JSONDecoder().decode(
                Record.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw BenchError.unreadable(path: path, fact: "\(error)")
        }
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try (encoder.encode(self) + Data("\n".utf8)).write(to: URL(filePath: path))
    }

    /// One sentence for each figure that is worse than recorded by more than a third.
    func losses(in now: [Figure]) -> [String] {
        now.compactMap { figure in
            guard figure.isComparable, let before = figures[figure.name], before > 0 else {
                return nil
            }
            let isWorse =
                figure.isBetterHigh
                ? figure.judged < before * (1 - Self.lossMax)
                : figure.judged > before * (1 + Self.lossMax)
            let (was, isNow) = (Figure.number(before), Figure.number(figure.judged))
            return isWorse ? "\(figure.name) was \(was) and is \(isNow)" : nil
        }
    }
}

extension Figure {
    /// Whether it says the same on another machine. Growth of memory does not: what the allocator
    /// keeps depends on what ran before.
    var isComparable: Bool { ratio != nil || unit == "B" || unit == "requests" }

    /// Whether more is better: speeds are, times, bytes and requests are not.
    var isBetterHigh: Bool {
        if case .atLeast = target { return true }
        return name.hasSuffix(".speed")
    }
}
