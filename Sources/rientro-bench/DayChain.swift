import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// One pair of the day: a centre and two offices of ours, and a plain file for each of them.
final class DayChain {
    private let scene: Scene
    private let workload: BranchDay
    private let isOursFirst: Bool
    private let reader: PlainRows

    private var centre: CentreEngine
    private let first: OfficeFile
    private let second: OfficeFile
    private let plainCentre: Connection
    private let plainFirst: Connection
    private let plainSecond: Connection
    /// The day's changes as a plain program holds them once it has read them back.
    private var held: [PlainChange] = []

    private static let transactionRows = 100

    init(_ scene: Scene, _ workload: BranchDay, isOursFirst: Bool) throws {
        self.scene = scene
        self.workload = workload
        self.isOursFirst = isOursFirst
        reader = PlainRows(scene.schema)
        centre = try scene.centreEngine(scene.centre())
        first = try scene.office("first", of: centre)
        second = try scene.office("second", of: centre)
        plainCentre = try PlainFile.open(scene.plain())
        plainFirst = try PlainFile.open(scene.plain())
        plainSecond = try PlainFile.open(scene.plain())
    }

    private func take(
        _ ours: () throws -> Void, _ plain: () throws -> Void
    ) throws -> (ours: Sample, plain: Sample) {
        try Probe.take(ours, plain, isOursFirst: isOursFirst)
    }

    /// A: at the centre in one transaction, in two offices in one for each answer.
    func load(_ results: inout DayBench.Results) throws {
        let load = LoadBench(workload)
        results.centreLoad.add(
            try take(
                { try load.loadCentre(centre) },
                { try load.loadPlain(plainCentre, transactions: 1) }))
        let lot = try LoadBench.answers(for: first, from: centre)
        results.officeLoad.add(
            try take(
                { try LoadBench.merge(lot, into: first) },
                { try load.loadPlain(plainFirst, transactions: lot.count) }))
        try LoadBench.merge(LoadBench.answers(for: second, from: centre), into: second)
        try load.loadPlain(plainSecond, transactions: lot.count)
        // A lot is imported by one process and merged into by another, the server.
        centre = try scene.centreEngine(centre.db.path)
    }

    /// C, then G: what waits to be sealed is in the file too.
    func write(_ changes: [BranchDay.Change], _ results: inout DayBench.Results) throws {
        func run(on db: Connection) throws {
            try DayStatements.run(changes, on: db, transactionsOf: Self.transactionRows)
        }
        results.day.add(try take({ try run(on: first.people) }, { try run(on: plainFirst) }))
        let corrections = changes.count { if case .correction = $0 { true } else { false } }
        results.sizes.append(
            try FileSizes(
                ours: first.people, plain: plainFirst, changes: changes.count,
                rows: workload.debtorCount * (2 + BranchDay.itemsPerDebtor) + changes.count
                    - corrections))
    }

    /// D: sealing, against plain's reading back of what it wrote. Returns what was sealed.
    func seal(
        _ changes: [BranchDay.Change], _ results: inout DayBench.Results
    ) throws -> [[UInt8]] {
        let keys = try PlainRows.keys(of: changes, in: plainFirst)
        results.seal.add(
            try take(
                { try first.engine.store.db.transaction { try first.engine.seal() } },
                { held = try reader.read(keys, from: plainFirst) }))
        let sets = try first.sets()
        let all = Array(sets.joined())
        results.bytes.append(Double(all.count) / Double(changes.count))
        results.zipped.append(Double(try Gzip.byteCount(all)) / Double(changes.count))
        return sets
    }

    /// E: the same changes into a centre and into another office. E2: once more.
    func merge(_ sets: [[UInt8]], _ results: inout DayBench.Results) throws {
        results.centreMerge.add(
            try take(
                { try first.push(sets, to: centre) },
                { try reader.write(held, to: plainCentre, transactions: sets.count) }))
        let news = try LoadBench.answers(for: second, from: centre)
        results.officeMerge.add(
            try take(
                { try LoadBench.merge(news, into: second) },
                { try reader.write(held, to: plainSecond, transactions: news.count) }))
        results.centreAgain.append(try Probe.measure { try first.push(sets, to: centre) })
        results.officeAgain.append(try Probe.measure { try sync() })
    }

    /// One whole exchange: the request, the centre's part, the merge of its answer.
    private func sync() throws {
        let request = try SyncRequest(decoding: second.engine.request().encoded())
        let answer = try centre.answer(to: request, ingested: [], now: SystemClock.now())
        _ = try second.engine.merge(SyncAnswer(decoding: answer.encoded()), clockOffset: nil)
    }

    /// A measurement of something that did not happen would look very fast.
    func check() throws {
        try LoadBench.merge(LoadBench.answers(for: first, from: centre), into: first)
        let portfolios = [BranchDay.portfolio]
        let a = try first.engine.store.digests(portfolios: portfolios)
        let b = try second.engine.store.digests(portfolios: portfolios)
        guard a == b, a.count > 4 else { throw BenchError.filesDiffer }
    }
}
