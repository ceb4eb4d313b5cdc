extension DayBench {
    /// The chain's measurements as figures with their targets.
    func figures(_ results: Results) -> [Figure] {
        let end = hasIndexes ? " indexed" : ""
        return load(results, end) + day(results, end) + sizes(results, end)
            + seal(results, end) + merge(results, end)
    }

    private func load(_ results: Results, _ end: String) -> [Figure] {
        let count = Figure.number(Double(rows / Self.changesPerDebtor))
        return [
            results.centreLoad.speed(
                "A.centre" + end, "\(count) debtors with 3 items each into a centre", nil),
            results.centreLoad.cpu("A.centre" + end, nil),
            results.officeLoad.speed(
                "A.office" + end, "the same into an office", .atLeast(0.60)),
            results.officeLoad.cpu("A.office" + end, nil),
        ]
    }

    private func day(_ results: Results, _ end: String) -> [Figure] {
        [
            results.day.speed("C" + end, "a branch's day, transactions of 100", .atLeast(0.50)),
            results.day.cpu("C" + end, .atMost(2.2)),
            results.day.written("C" + end, .atMost(1.3)),
            results.day.memory("C" + end, .atMost(48)),
        ]
    }

    private func sizes(_ results: Results, _ end: String) -> [Figure] {
        func figure(
            _ name: String, _ what: String, _ value: (FileSizes) -> Double, _ target: Target?
        ) -> Figure {
            Figure(
                name: name + end, what: what, unit: "B",
                value: Spread(results.sizes.map(value)).median, plain: nil, ratio: nil,
                sample: nil, target: target)
        }
        return [
            figure("G.row", "bytes more for each row", \.rowBytes, .atMost(30)),
            figure("G.waiting", "bytes for each change not yet sealed", \.waitingBytes, nil),
            figure("G.file", "both, for each row", \.fileBytes, nil),
        ]
    }

    private func seal(_ results: Results, _ end: String) -> [Figure] {
        func bytes(_ name: String, _ what: String, _ values: [Double], _ most: Double) -> Figure {
            Figure(
                name: name + end, what: what, unit: "B", value: Spread(values).median, plain: nil,
                ratio: nil, sample: nil, target: .atMost(most))
        }
        return [
            results.seal.speed("D" + end, "sealing, against reading back", .atLeast(1.3)),
            results.seal.memory("D" + end, .atMost(48)),
            bytes("D.bytes", "for each change on the wire", results.bytes, 120),
            bytes("D.gzip", "the same after gzip -6", results.zipped, 52),
        ]
    }

    private func merge(_ results: Results, _ end: String) -> [Figure] {
        func again(
            _ name: String, _ what: String, _ samples: [Sample], _ most: Double
        ) -> Figure {
            Figure(
                name: name + end, what: what, unit: "ms",
                value: 1000 * Spread(samples.map(\.seconds)).median, plain: nil, ratio: nil,
                sample: nil, target: .atMost(most))
        }
        return [
            results.officeMerge.speed("E.office" + end, "merging it in an office", .atLeast(0.60)),
            results.officeMerge.cpu("E.office" + end, .atMost(1.8)),
            results.officeMerge.memory("E.office" + end, .atMost(48)),
            results.centreMerge.speed("E.centre" + end, "merging it at the centre", .atLeast(0.60)),
            results.centreMerge.cpu("E.centre" + end, .atMost(1.8)),
            results.centreMerge.memory("E.centre" + end, .atMost(48)),
            again("E2.office", "an office that has it syncs once more", results.officeAgain, 1),
            // Its 10 MB are hashed: what a sender says of them may be a lie.
            again("E2.centre", "the same pushed once more", results.centreAgain, 60),
        ]
    }
}
