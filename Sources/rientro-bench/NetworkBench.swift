/// H to L: what goes through the real server and the real client.
struct NetworkBench {
    let disk: String
    let rows: Int
    let pairs: Int
    let peer: String?
    let progress: (String) -> Void

    /// J's offices have each so much less to say than the branch of the other figures.
    private static let officesShare = 50

    func run(only letters: Set<Character>) async throws -> [Figure] {
        var figures: [Figure] = []
        if !letters.isDisjoint(with: "HIK") { figures += try await day(letters) }
        if letters.contains("J") {
            figures += try await ReturnBench(
                disk: disk, changes: max(1, rows / Self.officesShare), pairs: pairs,
                progress: progress
            ).run()
        }
        if letters.contains("L") {
            figures += try HealthBench(disk: disk, peer: peer, pairs: pairs, progress: progress)
                .run()
        }
        return figures
    }

    /// Those around one centre; K last, since it changes the centre.
    private func day(_ letters: Set<Character>) async throws -> [Figure] {
        progress("the centre, with a day's \(rows) changes")
        let day = try NetworkDay(disk: disk, rows: rows)
        var figures: [Figure] = []
        if letters.contains("H") {
            figures += try await BootstrapBench(day: day, pairs: pairs, progress: progress).run()
        }
        if letters.contains("I") {
            figures += try await QuietSyncBench(day: day, pairs: pairs, progress: progress).run()
        }
        if letters.contains("K") {
            figures += try await MonthBench(
                day: day, rows: rows, pairs: pairs, progress: progress
            ).run()
        }
        return figures
    }
}
