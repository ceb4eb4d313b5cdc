/// The same work done by Rientro and by plain SQLite, in turn, several times.
struct Pairs {
    private(set) var ours: [Sample] = []
    private(set) var plain: [Sample] = []

    mutating func add(_ pair: (ours: Sample, plain: Sample)) {
        ours.append(pair.ours)
        plain.append(pair.plain)
    }

    /// What all of it was, in the middle.
    private static func middle(_ samples: [Sample]) -> Sample {
        Sample(
            seconds: Spread(samples.map(\.seconds)).median, cpu: Spread(samples.map(\.cpu)).median,
            written: Spread(samples.map(\.written)).median,
            memory: Spread(samples.map(\.memory)).median)
    }

    private func ratio(_ value: (Sample, Sample) -> Double) -> Spread {
        Spread(zip(ours, plain).map(value))
    }

    /// Plain's time by ours.
    func speed(_ name: String, _ what: String, _ target: Target?) -> Figure {
        Figure(
            name: name + ".speed", what: what, unit: "s", value: Self.middle(ours).seconds,
            plain: Self.middle(plain).seconds, ratio: ratio { $1.seconds / $0.seconds },
            sample: Self.middle(ours), target: target)
    }

    /// Our time by plain's.
    func time(_ name: String, _ what: String, _ target: Target?) -> Figure {
        Figure(
            name: name + ".time", what: what, unit: "s", value: Self.middle(ours).seconds,
            plain: Self.middle(plain).seconds, ratio: ratio { $0.seconds / $1.seconds },
            sample: Self.middle(ours), target: target)
    }

    /// Our CPU time by plain's.
    func cpu(_ name: String, _ target: Target?) -> Figure {
        Figure(
            name: name + ".cpu", what: "CPU time", unit: "s", value: Self.middle(ours).cpu,
            plain: Self.middle(plain).cpu, ratio: ratio { $0.cpu / $1.cpu },
            sample: Self.middle(ours), target: target)
    }

    /// The bytes that we wrote by those that plain wrote.
    func written(_ name: String, _ target: Target?) -> Figure {
        let mebibyte = 1_048_576.0
        return Figure(
            name: name + ".written", what: "bytes written", unit: "MiB",
            value: Self.middle(ours).written / mebibyte,
            plain: Self.middle(plain).written / mebibyte, ratio: ratio { $0.written / $1.written },
            sample: Self.middle(ours), target: target)
    }

    /// How far our memory grew at most.
    func memory(_ name: String, _ target: Target?) -> Figure {
        let mebibyte = 1_048_576.0
        return Figure(
            name: name + ".memory", what: "memory growth, at its peak", unit: "MiB",
            value: (ours.map(\.memory).max() ?? 0) / mebibyte,
            plain: (plain.map(\.memory).max() ?? 0) / mebibyte, ratio: nil,
            sample: Self.middle(ours), target: target)
    }
}
