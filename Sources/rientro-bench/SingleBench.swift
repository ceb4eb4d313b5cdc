import RientroSQLite

/// B: transactions of one row each, as a person makes them, in the SQL that any tool would use.
struct SingleBench {
    let disk: String
    let hasIndexes: Bool
    let pairs: Int

    private static let debtors = 2_000
    private static let rows = 10_000

    func run() throws -> [Figure] {
        let workload = BranchDay(debtors: Self.debtors)
        let changes = workload.changes(Self.rows)
        var measured = Pairs()
        for pair in 0..<pairs {
            let scene = try Scene(disk: disk, hasIndexes: hasIndexes)
            let loaded = try scene.loaded(workload)
            let ours = {
                try DayStatements.run(changes, on: loaded.office.people, transactionsOf: 1)
            }
            let plain = { try DayStatements.run(changes, on: loaded.plain, transactionsOf: 1) }
            measured.add(try Probe.take(ours, plain, isOursFirst: pair % 2 == 0))
        }
        let name = "B" + (hasIndexes ? " indexed" : "")
        return [
            measured.speed(name, "transactions of one row", .atLeast(0.45)),
            measured.cpu(name, nil), measured.written(name, nil),
        ]
    }
}
