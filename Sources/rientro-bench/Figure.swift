import Terminal

/// Middle, least and greatest of several measurements.
struct Spread {
    let median: Double
    let least: Double
    let greatest: Double

    init(_ values: [Double]) {
        precondition(!values.isEmpty, "a spread is of something")
        let sorted = values.sorted()
        let half = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
        least = sorted[0]
        greatest = sorted[sorted.count - 1]
    }
}

/// What a figure must reach.
enum Target {
    case atLeast(Double)
    case atMost(Double)

    func isMet(by value: Double) -> Bool {
        switch self {
        case .atLeast(let least): value >= least
        case .atMost(let most): value <= most
        }
    }

    var text: String {
        switch self {
        case .atLeast(let least): "≥ \(Figure.number(least))"
        case .atMost(let most): "≤ \(Figure.number(most))"
        }
    }
}

/// One line of the result.
struct Figure {
    /// What it is known by, such as `C.speed indexed`: the key in the record.
    let name: String
    /// What is told, in a few words.
    let what: String
    /// The unit of `value` and `plain`; empty for a plain number.
    let unit: String
    /// Ours, the median.
    let value: Double
    /// Plain SQLite's, the median; nil where there is nothing to compare with.
    let plain: Double?
    /// Ours to plain's, or the other way round for a speed: the median of the pairs.
    let ratio: Spread?
    /// The whole sample behind it, for CPU, bytes and memory.
    let sample: Sample?
    let target: Target?

    /// What the target is about: the ratio where there is one, else the value.
    var judged: Double { ratio?.median ?? value }
    var isMet: Bool? { target.map { $0.isMet(by: judged) } }

    /// A number with as many digits as say something.
    static func number(_ value: Double) -> String {
        let digits = value.magnitude >= 100 ? 0 : value.magnitude >= 10 ? 1 : 2
        return fixed(value, digits: digits)
    }

    private static func fixed(_ value: Double, digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let whole = Int64(scaled)
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard digits > 0 else { return sign + "\(whole)" }
        let part = "\(whole % Int64(scale))"
        let zeros = String(repeating: "0", count: digits - part.count)
        return sign + "\(whole / Int64(scale))." + zeros + part
    }
}

extension Figure {
    /// The figure for programs.
    var json: JSONValue {
        .object([
            .init("name", .string(name)), .init("what", .string(what)),
            .init("unit", .string(unit)), .init("value", .number(value)),
            .init("plain", plain.map(JSONValue.number) ?? .null),
            .init("ratio", ratio.map { .number($0.median) } ?? .null),
            .init("ratio_min", ratio.map { .number($0.least) } ?? .null),
            .init("ratio_max", ratio.map { .number($0.greatest) } ?? .null),
            .init("cpu_seconds", sample.map { .number($0.cpu) } ?? .null),
            .init("bytes_written", sample.map { .number($0.written) } ?? .null),
            .init("memory_growth", sample.map { .number($0.memory) } ?? .null),
            .init("target", .optional(target?.text)),
            .init("met", isMet.map(JSONValue.bool) ?? .null),
        ])
    }

    /// The figures as a table for people.
    static func table(_ figures: [Figure]) -> TextTable {
        var table = TextTable([
            .key("figure"), .text("what"), .number("ours"), .number("plain"), .text(""),
            .number("ratio"), .number("min"), .number("max"), .number("target"), .key(""),
        ])
        for figure in figures {
            table.add([
                figure.name, figure.what, number(figure.value), figure.plain.map(number) ?? "",
                figure.unit, figure.ratio.map { number($0.median) } ?? "",
                figure.ratio.map { number($0.least) } ?? "",
                figure.ratio.map { number($0.greatest) } ?? "", figure.target?.text ?? "",
                figure.isMet.map { $0 ? "met" : "MISSED" } ?? "",
            ])
        }
        return table
    }
}
