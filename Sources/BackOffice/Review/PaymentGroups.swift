/// A record of a payment, with all that may tell it from another of the same amount.
struct PaymentRecord: Equatable {
    let id: String
    let account: String
    /// The day on which it was received, as SQLite counts days.
    let day: Int64
    /// When it was written, as text.
    let recordedAt: String
    let marks: Marks

    /// What people compare, as they compare it; empty where it was not recorded.
    struct Marks: Hashable {
        let reference: String
        let receipt: String
        let bank: String
        let payer: String
        let iban: String

        /// Whether nothing tells the two apart: each mark is equal, or missing on one side. Equal
        /// bank accounts count for the payer, however the name was spelt.
        func mayBeOne(with other: Marks) -> Bool {
            func agree(_ one: String, _ two: String) -> Bool {
                one == two || one.isEmpty || two.isEmpty
            }
            guard agree(reference, other.reference), agree(receipt, other.receipt),
                agree(bank, other.bank)
            else { return false }
            if !iban.isEmpty && !other.iban.isEmpty { return iban == other.iban }
            return agree(payer, other.payer)
        }
    }
}

/// Groups of records of which each may be the same payment as each other one.
enum PaymentGroups {
    /// The groups among records of one amount, which come in the order of their days. No two are
    /// within each other; one record may be in several. Within a group the record that was written
    /// first stands first.
    static func of(_ records: [PaymentRecord]) -> [[PaymentRecord]] {
        var groups: [[PaymentRecord]] = []
        var known: Set<[String]> = []
        for window in windows(records) {
            for group in cliques(Array(records[window])) where group.count > 1 {
                let sorted = group.sorted { ($0.recordedAt, $0.id) < ($1.recordedAt, $1.id) }
                guard known.insert(sorted.map(\.id)).inserted else { continue }
                groups += pieces(sorted)
            }
        }
        return groups
    }

    /// The longest stretches of records that are few enough days apart, each not within another.
    private static func windows(_ records: [PaymentRecord]) -> [Range<Int>] {
        var windows: [Range<Int>] = []
        var end = 0
        for start in records.indices {
            var next = max(end, start)
            while next < records.count,
                records[next].day - records[start].day <= ReviewLimits.duplicateDaysMax
            {
                next += 1
            }
            if next > end, next > start + 1 { windows.append(start..<next) }
            end = max(end, next)
        }
        return windows
    }

    /// Sets in which nothing tells any two apart, so that every two that may be one are together in
    /// some set. Records with the same marks are looked at as one.
    private static func cliques(_ records: [PaymentRecord]) -> [[PaymentRecord]] {
        var members: [PaymentRecord.Marks: [PaymentRecord]] = [:]
        var order: [PaymentRecord.Marks] = []
        for record in records {
            if members[record.marks] == nil { order.append(record.marks) }
            members[record.marks, default: []].append(record)
        }
        var cliques: [[Int]] = []
        var covered: Set<[Int]> = []
        var used: Set<Int> = []
        for one in order.indices {
            let near = order.indices.dropFirst(one + 1).prefix(ReviewLimits.duplicateNeighboursMax)
            for other in near
            where order[one].mayBeOne(with: order[other]) && !covered.contains([one, other]) {
                var clique = [one, other]
                for third in order.indices.dropFirst(one + 1)
                    .prefix(ReviewLimits.duplicateNeighboursMax)
                where third != other
                    && clique.allSatisfy({ order[$0].mayBeOne(with: order[third]) }
                    )
                {
                    clique.append(third)
                }
                clique.sort()
                for (index, a) in clique.enumerated() {
                    for b in clique.dropFirst(index + 1) { covered.insert([a, b]) }
                }
                used.formUnion(clique)
                cliques.append(clique)
            }
        }
        cliques += order.indices.filter { !used.contains($0) }.map { [$0] }
        return cliques.map { clique in clique.flatMap { members[order[$0]] ?? [] } }
    }

    /// A group that is too large for one decision, in pieces.
    private static func pieces(_ group: [PaymentRecord]) -> [[PaymentRecord]] {
        stride(from: 0, to: group.count, by: ReviewLimits.groupRecordsMax).map { start in
            Array(group[start..<min(start + ReviewLimits.groupRecordsMax, group.count)])
        }.filter { $0.count > 1 }
    }
}
