import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// A to G in one chain, as a day goes: the portfolio comes, the branch writes, the replica seals,
/// the centre and another office merge. Each link is measured beside plain SQLite doing the same.
struct DayBench {
    let disk: String
    let hasIndexes: Bool
    let rows: Int
    let pairs: Int
    let progress: (String) -> Void

    private static let debtors = 10_000
    private static let transactionRows = 100

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
        let workload = BranchDay(debtors: Self.debtors)
        let changes = workload.changes(rows)
        for pair in 0..<pairs {
            progress("pair \(pair + 1) of \(pairs), \(hasIndexes ? "indexed" : "no index")")
            try self.pair(workload, changes, isOursFirst: pair % 2 == 0, &results)
        }
        return figures(results).filter { letters.isEmpty || letters.contains($0.name.first ?? " ") }
    }

    private func pair(
        _ workload: BranchDay, _ changes: [BranchDay.Change], isOursFirst: Bool,
        _ results: inout Results
    ) throws {
        let scene = try Scene(disk: disk, hasIndexes: hasIndexes)
        let load = LoadBench(workload)
        func take(
            _ ours: () throws -> Void, _ plain: () throws -> Void
        ) throws -> (ours: Sample, plain: Sample) {
            try Probe.take(ours, plain, isOursFirst: isOursFirst)
        }

        // A: at the centre in one transaction, in two offices in one for each answer.
        let centre = try scene.centreEngine(scene.centre())
        let plainCentre = try PlainFile.open(scene.plain())
        let first = try scene.office("first", of: centre)
        let second = try scene.office("second", of: centre)
        let a = try take(
            { try load.loadCentre(centre) },
            { try load.loadPlain(plainCentre, transactions: 1) })
        results.centreLoad.add(a)
        let lot = try LoadBench.answers(for: first, from: centre)
        let plain = try PlainFile.open(scene.plain())
        let b = try take(
            { try LoadBench.merge(lot, into: first) },
            { try load.loadPlain(plain, transactions: lot.count) })
        results.officeLoad.add(b)
        try LoadBench.merge(LoadBench.answers(for: second, from: centre), into: second)
        let plainSecond = try PlainFile.open(scene.plain())
        try load.loadPlain(plainSecond, transactions: lot.count)

        // C, then G: what waits is in the file too.
        let c = try take(
            { try DayStatements.run(changes, on: first.people, transactionsOf: Self.transactionRows) },
            { try DayStatements.run(changes, on: plain, transactionsOf: Self.transactionRows) })
        results.day.add(c)
        let written = try PlainRows.keys(of: changes, in: plain)
        results.sizes.append(
            try FileSizes(
                ours: first.people, plain: plain, changes: changes.count,
                rows: workload.debtorCount * (2 + BranchDay.itemsPerDebtor)
                    + written.count { $0.table != "debtor" }))

        // D: sealing, against plain's reading back of what it wrote.
        let reader = PlainRows(scene.schema)
        var held: [PlainChange] = []
        let d = try take(
            { try first.engine.store.db.transaction { try first.engine.seal() } },
            { held = try reader.read(written, from: plain) })
        results.seal.add(d)
        let sets = try first.sets()
        results.bytes.append(Double(sets.joined().count) / Double(changes.count))
        results.zipped.append(
            Double(try Gzip.byteCount(Array(sets.joined()))) / Double(changes.count))

        // E: the same changes into a centre and into another office.
        let e = try take(
            { try ingest(sets, of: first, into: centre) },
            { try reader.write(held, to: plainCentre, transactions: sets.count) })
        results.centreMerge.add(e)
        let news = try LoadBench.answers(for: second, from: centre)
        let f = try take(
            { try LoadBench.merge(news, into: second) },
            { try reader.write(held, to: plainSecond, transactions: news.count) })
        results.officeMerge.add(f)

        // E2: once more.
        results.centreAgain.append(
            try Probe.measure { try ingest(sets, of: first, into: centre) })
        results.officeAgain.append(try Probe.measure { try sync(second, with: centre) })
        try check(second, against: first, centre)
    }

    /// Pushes change-sets as one request would hold them, each in a transaction of its own.
    private func ingest(
        _ sets: [[UInt8]], of office: OfficeFile, into centre: CentreEngine
    ) throws {
        for set in try SentChangeSet.all(of: office.request(sending: sets)) {
            _ = try centre.db.transaction {
                try centre.ingest(set, from: set.replica, now: SystemClock.now())
            }
        }
    }

    /// One whole exchange: the request, the centre's part, the merge of its answer.
    private func sync(_ office: OfficeFile, with centre: CentreEngine) throws {
        let request = try SyncRequest(decoding: office.engine.request().encoded())
        let answer = try centre.answer(to: request, ingested: [], now: SystemClock.now())
        _ = try office.engine.merge(SyncAnswer(decoding: answer.encoded()), clockOffset: nil)
    }

    /// A measurement of something that did not happen would look very fast.
    private func check(
        _ merged: OfficeFile, against author: OfficeFile, _ centre: CentreEngine
    ) throws {
        _ = try LoadBench.answers(for: author, from: centre).map {
            try author.engine.merge(SyncAnswer(decoding: $0), clockOffset: nil)
        }
        let portfolios = [BranchDay.portfolio]
        let a = try merged.engine.store.digests(portfolios: portfolios)
        let b = try author.engine.store.digests(portfolios: portfolios)
        guard a == b, a.count > 4 else { throw BenchError.filesDiffer }
    }
}
