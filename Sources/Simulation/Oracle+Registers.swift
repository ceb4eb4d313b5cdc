internal import RientroSQLite

/// Registers: who had seen what decides, whatever the clocks said.
extension Oracle {
    /// Checks every register that anybody wrote.
    func checkRegisters(_ centre: Connection) throws {
        for (name, all) in writings.sorted(by: { $0.key < $1.key }) {
            let final = try centre.first(
                "SELECT \(name.column) FROM \(name.table) WHERE id = ?", .text(name.row)
            ) { $0.isNull(0) ? nil : $0.text(0) }
            // The row itself was lost with the only file that had it.
            guard let final else { continue }
            try check(name, all, final: final)
            if Self.keptColumns[name.table]?.contains(name.column) == true {
                try checkListed(name, all, final: final, centre)
                try checkUnseen(name, all, centre)
            }
        }
    }

    /// The value that stands was written, and nobody who had seen it wrote another.
    private func check(_ name: RegisterName, _ all: [Writing], final: String?) throws {
        let isWritten = all.contains { $0.value == final && !$0.isBad }
        let wasThere = all.contains { $0.overwritten == final }
        // Two rows were born under one id.
        let isBorn = self.all(name.row).contains { $0.columns[name.column] == final }
        guard isWritten || wasThere || isBorn || all.allSatisfy(\.isBad) else {
            throw Failure("\(name) is \(final ?? "null"), which nobody wrote")
        }
        if let bad = all.first(where: { $0.value == final && $0.isBad }) {
            throw Failure("\(name) is \(bad.value), which must be refused")
        }
        // A file that was put back to between two writes sends the first, which nobody has seen
        // before. If its clock was ahead, nobody can know that it is old: it counts from now.
        if let last = all.first(where: { $0.value == final }), last.isInTwoUnsealed, last.isAhead,
            last.isOverwrittenUnsealed
        {
            return
        }
        // What a tool wrote uncaptured counts from when its table is compared, in each of two files
        // by itself.
        let isBornLate = facts[name.row].map { $0.isUncaptured && $0.isInTwoUnsealed } ?? false
        if isBornLate || all.contains(where: { $0.isUncaptured && $0.isInTwoUnsealed }) { return }
        guard !areAheadAndAlike(all) else { return }
        var reached: Set<String?> = [final]
        for writing in all where reached.contains(writing.overwritten) {
            guard !writing.isCertain || writing.isBad || writing.isDiscarded else {
                throw Failure(
                    "\(name) is \(final ?? "null"), though \(writing.value) was written over it")
            }
            reached.insert(writing.value)
        }
    }

    /// No loser vanishes: what nobody wrote over, and does not stand, is listed.
    private func checkListed(
        _ name: RegisterName, _ all: [Writing], final: String?, _ centre: Connection
    ) throws {
        let overwritten = Set(all.compactMap(\.overwritten))
        let lost = Set(
            try centre.rows(
                "SELECT lost FROM conflict WHERE row_table = ? AND row_id = ?", .text(name.table),
                .text(name.row), body: { $0.text(0) }))
        for writing in all
        where writing.isCertain && !writing.isBad && !writing.isDiscarded && writing.value != final
            && !overwritten.contains(writing.value) && !lost.contains("[\"\(writing.value)\"]")
        {
            throw Failure(
                "\(writing.value) was written to \(name) and lost to \(final ?? "null") unseen")
        }
    }

    /// What is listed was written without being seen: nobody is asked to choose between a value and
    /// the one that was written over it.
    private func checkUnseen(
        _ name: RegisterName, _ all: [Writing], _ centre: Connection
    ) throws {
        let listed = try centre.rows(
            """
            SELECT won, lost, won_stamp = lost_stamp FROM conflict
            WHERE row_table = ? AND row_id = ? AND register = ?
            """, .text(name.table), .text(name.row), .text(name.column)
        ) { (won: $0.text(0), lost: $0.text(1), isTie: $0.integer(2) == 1) }
        guard !areAheadAndAlike(all) else { return }
        // Of values with one stamp a base does not tell which was written over: who wrote over one
        // of them is taken for somebody who may not have seen it.
        let tied = Set(listed.filter(\.isTie).flatMap { [$0.won, $0.lost] })
        for (won, lost, _) in listed {
            var seen = all.first { won == "[\"\($0.value)\"]" }
            // What is written to a row that no trigger saw has no base to tell of.
            while let writing = seen, facts[name.row]?.isUncaptured != true {
                let before = all.first { $0.value == writing.overwritten }
                let text = writing.overwritten.map { "[\"\($0)\"]" } ?? "[null]"
                let isInTwo = before?.isInTwoUnsealed ?? facts[name.row]?.isInTwoUnsealed ?? false
                guard lost != text || isInTwo || tied.contains(text) else {
                    throw Failure(
                        "\(name): \(lost) is listed as lost to \(won), which was written over it")
                }
                seen = before
            }
        }
    }
}
