import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// F: two offices that both changed two columns of the same debtors, merged. Plain does the second
/// one's updates in the first one's file: it knows no stamps, so the last to write wins.
struct ConcurrentBench {
    let disk: String
    let hasIndexes: Bool
    let pairs: Int

    private static let debtors = 10_000

    func run() throws -> [Figure] {
        let workload = BranchDay(debtors: Self.debtors)
        var (atOffice, atCentre) = (Pairs(), Pairs())
        for pair in 0..<pairs {
            let scene = try Scene(disk: disk, hasIndexes: hasIndexes)
            let loaded = try scene.loaded(workload)
            let (first, centre, plain) = (loaded.office, loaded.centre, loaded.plain)
            let second = try scene.office("second", of: centre)
            try LoadBench.merge(LoadBench.answers(for: second, from: centre), into: second)
            for (db, when) in [(first.people, "prima"), (plain, "prima"), (second.people, "poi")] {
                try DayStatements.run(corrections(workload, when), on: db, transactionsOf: 100)
            }
            try push(first, to: centre)

            let sets = try sealed(by: second)
            let changes: [PlainChange] = corrections(workload, "poi").compactMap { change in
                guard case .correction(let id, let street, let note) = change else { return nil }
                return .correct(id: id, street: .text(street), note: .text(note))
            }
            let rows = PlainRows(scene.schema)
            let isOursFirst = pair % 2 == 0
            let plainCentre = try PlainFile.open(scene.copy(of: plain.path, "plain"))
            atCentre.add(
                try Probe.take(
                    { try second.push(sets, to: centre) },
                    { try rows.write(changes, to: plainCentre, transactions: sets.count) },
                    isOursFirst: isOursFirst))
            let news = try LoadBench.answers(for: first, from: centre)
            atOffice.add(
                try Probe.take(
                    { try LoadBench.merge(news, into: first) },
                    { try rows.write(changes, to: plain, transactions: news.count) },
                    isOursFirst: isOursFirst))
            try LoadBench.merge(LoadBench.answers(for: second, from: centre), into: second)
            let a = try first.engine.store.digests(portfolios: [BranchDay.portfolio])
            let b = try second.engine.store.digests(portfolios: [BranchDay.portfolio])
            guard a == b, a.count > 2 else { throw BenchError.filesDiffer }
        }
        let end = hasIndexes ? " indexed" : ""
        return [
            atOffice.speed(
                "F.office" + end, "both changed 2 columns of 10,000 debtors", .atLeast(0.45)),
            atOffice.cpu("F.office" + end, nil),
            atCentre.speed("F.centre" + end, "the same at the centre", .atLeast(0.45)),
            atCentre.cpu("F.centre" + end, nil),
        ]
    }

    private func corrections(_ workload: BranchDay, _ when: String) -> [BranchDay.Change] {
        workload.debtors.enumerated().map { index, debtor in
            .correction(
                debtor: debtor, street: "Via Lucana \(index), \(when)",
                note: "Preferisce essere chiamata la sera, \(when) delle \(18 + index % 4)")
        }
    }

    private func push(_ office: OfficeFile, to centre: CentreEngine) throws {
        try office.push(sealed(by: office), to: centre)
    }

    private func sealed(by office: OfficeFile) throws -> [[UInt8]] {
        try office.engine.store.db.transaction { try office.engine.seal() }
        return try office.sets()
    }
}
