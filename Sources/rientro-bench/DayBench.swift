/// A to G in one chain, as a day goes: the portfolio comes, the branch writes, the replica seals,
/// the centre and another office merge. Each link is measured beside plain SQLite doing the same.
struct DayBench {
    let disk: String
    let hasIndexes: Bool
    let rows: Int
    let pairs: Int
    let progress: (String) -> Void

    /// Changes of a day for each debtor: 100,000 for 10,000.
    static let changesPerDebtor = 10
    /// What was measured, link by link.
    struct Results {
        var centreLoad = Pairs()
        var officeLoad = Pairs()
        var day = Pairs()
        var seal = Pairs()
        var centreMerge = Pairs()
        var officeMerge = Pairs()
        var centreAgain: [Sample] = []
        var officeAgain: [Sample] = []
        var bytes: [Double] = []
        var zipped: [Double] = []
        var sizes: [FileSizes] = []
    }

    func run(only letters: Set<Character>) throws -> [Figure] {
        var results = Results()
        let workload = BranchDay(debtors: max(1, rows / Self.changesPerDebtor))
        let changes = workload.changes(rows)
        for pair in 0..<pairs {
            progress("pair \(pair + 1) of \(pairs), \(hasIndexes ? "indexed" : "no index")")
            let chain = try DayChain(
                Scene(disk: disk, hasIndexes: hasIndexes), workload,
                isOursFirst: pair % 2 == 0)
            try chain.load(&results)
            try chain.write(changes, &results)
            let sets = try chain.seal(changes, &results)
            try chain.merge(sets, &results)
            try chain.check()
        }
        return figures(results).filter { letters.isEmpty || letters.contains($0.name.first ?? " ") }
    }
}
