import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// H, I and K around one centre: it has the portfolio and the day of one branch; later the month
/// of that branch too.
final class NetworkDay {
    static let debtors = 10_000
    static let transactionRows = 100

    let centre: OpenCentre
    let workload = BranchDay(debtors: NetworkDay.debtors)
    private let author: OfficeFile
    private var sent: Int64 = 0

    init(disk: String, rows: Int) throws {
        let scene = try Scene(disk: disk, hasIndexes: true)
        centre = try OpenCentre(scene)
        try LoadBench(workload).loadCentre(centre.engine)
        author = try scene.office("author", of: centre.engine)
        try LoadBench.merge(
            LoadBench.answers(for: author, from: centre.engine), into: author)
        try write(rows, seed: 2)
    }

    /// The branch makes so many changes, and the centre gets them.
    func write(_ count: Int, seed: UInt64) throws {
        try DayStatements.run(
            workload.changes(count, seed: seed), on: author.people,
            transactionsOf: Self.transactionRows)
        try author.engine.store.db.transaction { try author.engine.seal() }
        let sets = try author.people.rows(
            "SELECT content FROM outbox WHERE n > ? ORDER BY n", .integer(sent)
        ) { $0.blob(0) }
        try author.push(sets, to: centre.engine)
        sent += Int64(sets.count)
        guard try centre.engine.head(of: author.engine.replica()).number == sent else {
            throw BenchError.unexpected("the centre did not take all that the branch wrote")
        }
    }
}
