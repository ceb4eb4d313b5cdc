import RientroProtocol
import RientroSQLite
import RientroStore

/// Merging 1,000 changes into files of 10 thousand, 100 thousand and 1 million debtors: the merge
/// must touch what it changes, not what is there.
struct GrowthBench {
    let disk: String
    let hasIndexes: Bool
    let pairs: Int
    let progress: (String) -> Void

    private static let sizes = [10_000, 100_000, 1_000_000]
    private static let changes = 1_000

    func run() throws -> [Figure] {
        var (ours, plain): ([[Double]], [[Double]]) = ([], [])
        for size in Self.sizes {
            progress("merging into \(size) debtors")
            ours.append(try merges(into: size))
            plain.append(try updates(into: size))
        }
        let end = hasIndexes ? " indexed" : ""
        return [
            figure(
                "M.growth" + end, "1,000 changes into 1 million debtors, against 10,000", ours,
                .atMost(2)),
            figure("M.plain" + end, "the same by plain UPDATEs", plain, nil),
        ]
    }

    /// The time of the largest file beside that of the smallest.
    private func figure(
        _ name: String, _ what: String, _ times: [[Double]], _ target: Target?
    ) -> Figure {
        let last = times[times.count - 1]
        return Figure(
            name: name, what: what, unit: "ms", value: 1000 * Spread(last).median,
            plain: 1000 * Spread(times[0]).median,
            ratio: Spread(zip(last, times[0]).map { $0 / $1 }), sample: nil, target: target)
    }

    /// The same changes as plain UPDATEs of a plain file: how much a b-tree itself grows slower.
    private func updates(into size: Int) throws -> [Double] {
        let scene = try Scene(disk: disk, hasIndexes: hasIndexes)
        let db = try PlainFile.open(scene.plain())
        let workload = BranchDay(debtors: size)
        try db.transaction {
            for (index, debtor) in workload.debtors.enumerated() {
                try db.run(
                    """
                    INSERT INTO debtor(id, kind, surname, street, language)
                    VALUES (?, 'natural', ?, ?, 'it')
                    """,
                    .text(debtor), .text("Lacava \(index)"), .text("Via Lucana \(index)"))
            }
        }
        try db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        var chance = Chance(seed: 5)
        return try (0...pairs).map { _ in
            let changes = (0..<Self.changes).map { _ in
                (workload.debtors[chance.below(size)], CallNote.text(&chance))
            }
            return try Probe.measure {
                try db.transaction {
                    for (id, note) in changes {
                        try db.run(
                            "UPDATE debtor SET note = ? WHERE id = ?", .text(note), .text(id))
                    }
                }
            }.seconds
        }.suffix(pairs)
    }

    /// The time of each of several merges, all of other debtors.
    private func merges(into size: Int) throws -> [Double] {
        let scene = try Scene(disk: disk, hasIndexes: hasIndexes)
        let db = try Connection(path: scene.path("office"))
        try db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try db.transaction { try Store.create(on: db, schema: scene.schema, role: .replica) }
        if !hasIndexes { try Scene.dropIndexes(db, except: []) }
        try db.run("INSERT INTO me(one, replica, incarnation) VALUES (1, 1, zeroblob(16))")
        let store = try Store(db: db, schema: scene.schema, isForMerging: true)
        let workload = BranchDay(debtors: size)
        try db.transaction {
            try store.quietly {
                for (index, debtor) in workload.debtors.enumerated() {
                    _ = try store.merge(try born(debtor, index, scene.schema))
                }
            }
        }
        try db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        var chance = Chance(seed: 5)
        // Once before it counts: the first one reads the file's upper pages.
        return try (0...pairs).map { round in
            let changes = (0..<Self.changes).map { _ in
                correction(workload.debtors[chance.below(size)], round, &chance)
            }
            return try Probe.measure {
                try db.transaction {
                    try store.quietly { for change in changes { _ = try store.merge(change) } }
                }
            }.seconds
        }.suffix(pairs)
    }

    private static let debtor = 20
    private static let bornAt: Int64 = 1_793_577_600_000

    private func born(_ id: String, _ index: Int, _ schema: Schema) throws -> RowChange {
        guard let table = schema.tables.first(where: { $0.number == Self.debtor }),
            let stamp = Stamp(rawValue: Self.bornAt << 20)
        else { throw BenchError.filesDiffer }
        let writes = table.registers.map { register in
            RegisterWrite(
                register: register.number, stamp: nil, base: nil,
                values: register.columns.map { column in
                    switch column {
                    case "kind": .text("natural")
                    case "language": .text("it")
                    case "surname": .text("Lacava \(index)")
                    case "street": .text("Via Lucana \(index)")
                    default: .null
                    }
                })
        }
        return RowChange(
            table: Self.debtor, id: id,
            content: .record(birth: Birth(stamp: stamp, fixed: []), writes: writes))
    }

    /// A write of the register `note`.
    private func correction(_ id: String, _ round: Int, _ chance: inout Chance) -> RowChange {
        RowChange(
            table: Self.debtor, id: id,
            content: .record(
                birth: nil,
                writes: [
                    RegisterWrite(
                        register: 13,
                        stamp: Stamp(rawValue: (Self.bornAt + Int64(round) + 1) << 20), base: nil,
                        values: [.text(CallNote.text(&chance))])
                ]))
    }
}
