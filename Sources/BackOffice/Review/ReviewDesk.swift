internal import Portfolio
internal import RientroProtocol
internal import RientroSQLite
package import RientroServer

/// Where people settle what waits: the centre, beside its server, and the close's own book.
package struct ReviewDesk {
    let centre: Centre
    /// An engine that writes.
    let engine: CentreEngine
    let book: CloseBook

    /// A desk at the centre that the engine writes to; its book is made where it is not there.
    package init(_ centre: Centre, _ engine: CentreEngine) throws {
        self.centre = centre
        self.engine = engine
        book = try CloseBook.open(folder: centre.folder)
    }

    /// All that waits at a centre as it stands, in one read transaction on a connection of its own.
    package static func queue(
        _ centre: Centre, book: CloseBook?, date: String,
        perGroupMax: Int = ReviewLimits.entriesPerGroupMax
    ) throws -> ReviewQueue {
        let db = try centre.engine(.readOnly).db
        return try db.transaction(.deferred) {
            try ReviewQueue(
                DayTables(db, date: date, previous: nil), book: book, perGroupMax: perGroupMax)
        }
    }

    /// Settles what waits under a key: writes to the centre what the choice asks for, as one act,
    /// and to the book who decided.
    ///
    /// The book is locked meanwhile, so that two people settle one after the other. Where the
    /// program is stopped between the two commits, the centre has been written to and the book does
    /// not say by whom; the next call with the whole key finds that, and writes it down.
    ///
    /// Throws `ReviewError`, `CentreError`, `CloseBookError`, `SQLiteError`; then nothing changed.
    ///
    /// - Parameters:
    ///   - text: the key, or a beginning of it that no other key has.
    ///   - decision: what was decided.
    ///   - date: today, local.
    ///   - now: the time, in milliseconds since 1970.
    package func settle(
        _ text: String, _ decision: ReviewDecision, date: String, now: Int64
    ) throws -> ReviewOutcome {
        try check(decision)
        let person = try knownOperator(decision.operator)
        return try book.db.transaction {
            let queue = try Self.queue(centre, book: book, date: date)
            let key = try find(text, in: queue)
            let before = try queue.settled[key] ?? written(key)
            let entry = (queue.entries + queue.settledEntries).first { $0.key == key }
            guard let kind = entry?.kind ?? before?.kind else {
                throw ReviewError.noSuch(key: text)
            }
            guard kind.choices.contains(decision.choice) else {
                throw ReviewError.badChoice(decision.choice, kind: kind)
            }
            // What was written to the centre is gone from the queue. Where it is still there, the
            // centre was put back to before that: then it is done again, or otherwise.
            if let before, entry == nil || !before.choice.writes {
                if before.choice == decision.choice {
                    if queue.settled[key] == nil { try book.settle(before) }
                    return .already(before)
                }
                guard entry != nil else { throw ReviewError.settledOtherwise(before) }
            }
            guard let entry else { throw ReviewError.noSuch(key: text) }
            let settled = SettledReview(
                key: key, kind: kind, choice: decision.choice, operator: person,
                note: decision.note, settledAt: now)
            try book.settle(settled)
            if decision.choice.writes {
                try engine.db.transaction {
                    try write(entry, settled, values: decision.values, date: date)
                }
            }
            return .settled(entry, settled)
        }
    }

    func check(_ decision: ReviewDecision) throws(ReviewError) {
        if let note = decision.note, note.utf8.count > ReviewLimits.noteBytesMax {
            throw .noteTooLong(bytesMax: ReviewLimits.noteBytesMax)
        }
    }

    /// The key that is meant: the whole of one, also one that nothing is known of any more, or a
    /// beginning that no other has.
    private func find(_ text: String, in queue: ReviewQueue) throws -> String {
        let typed = text.lowercased()
        if RowID.isUUID(typed) { return typed }
        let known = (queue.entries + queue.settledEntries).map(\.key) + queue.settled.keys
        let found = Set(known.filter { !typed.isEmpty && $0.hasPrefix(typed) }).sorted()
        guard let first = found.first else { throw ReviewError.noSuch(key: text) }
        guard found.count == 1 else {
            throw ReviewError.severalSuch(
                key: text, found: Array(found.prefix(ReviewLimits.candidatesMax)))
        }
        return first
    }

    func knownOperator(_ typed: String) throws -> String {
        let known = try engine.db.rows("SELECT id FROM operator WHERE active = 1 ORDER BY id") {
            $0.text(0)
        }
        let found =
            known.first { $0 == typed }
            ?? known.first { $0.lowercased() == typed.lowercased() }
        guard let found else { throw ReviewError.unknownOperator(typed, known: known) }
        return found
    }
}
