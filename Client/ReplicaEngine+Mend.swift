package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Going on under a new number, after the file was found to be a copy or to have been put back.
extension ReplicaEngine {
    /// The incarnation id of the request for a new number; nil while none is needed.
    package func mending() throws -> [UInt8]? {
        try db.first("SELECT mending FROM office WHERE length(mending) = 16") { $0.blob(0) }
    }

    /// The request for a new number. Asked again with the same incarnation id, the centre gives the
    /// same answer, so a lost answer costs nothing.
    package func renumberRequest(
        incarnation: [UInt8], tokenHash: Hash, label: String? = nil
    ) throws -> RenumberRequest {
        RenumberRequest(
            replica: try replica(), head: try head(), tokenHash: tokenHash,
            incarnation: incarnation, label: label)
    }

    /// Draws another incarnation id, after the centre said that this one is another file's: a copy
    /// that was made while this request waited has asked with it, and its number was ended since.
    package func drawIncarnation(insteadOf taken: [UInt8]) throws {
        try db.run(
            "UPDATE office SET mending = randomblob(16) WHERE mending = ?", .blob(taken))
    }

    /// Goes on under the number of the answer, in one transaction: seals what is pending, and seals
    /// again everything that is still kept, rows, stamps and bases unchanged, each change-set
    /// naming every name that it ever had.
    package func adopt(_ answer: EnrolAnswer, incarnation: [UInt8]) throws {
        try transaction {
            guard try mending() == incarnation else { return }
            try goOn(under: answer, incarnation: incarnation)
        }
    }

    /// The same with the answer to an enrolment: the file's token was lost, or revoked. Also says
    /// where the centre is. Does nothing more where it was done before.
    package func adoptEnrolment(
        _ answer: EnrolAnswer, incarnation: [UInt8], server: String
    ) throws {
        try transaction {
            if try self.incarnation() != incarnation {
                try goOn(under: answer, incarnation: incarnation)
            }
            try db.run(
                "UPDATE office SET server = ?, token_refused = NULL", .text(server))
        }
    }

    private func goOn(under answer: EnrolAnswer, incarnation: [UInt8]) throws {
        let before = try replica()
        let isKnown =
            try db.integer(
                "SELECT EXISTS (SELECT 1 FROM history WHERE replica = ?)",
                .integer(answer.replica)) == 1
        // Change-sets of two files would get one name.
        guard answer.replica != before, !isKnown else {
            throw ReplicaError.badAnswer(
                "the number \(answer.replica) is one that this file has had")
        }
        try seal()
        #if Mutations
            if Mutation.renumberedEmpty.isChosen { try db.run("DELETE FROM outbox") }
        #endif
        let kept = try db.rows(
            "SELECT content, rows, is_cut, sealed_at, is_merged FROM outbox ORDER BY n"
        ) {
            (
                $0.blob(0), Int($0.integer(1)), $0.integer(2) == 1, $0.integer(3),
                $0.integer(4)
            )
        }
        try db.run("DELETE FROM outbox")
        try db.run(
            "UPDATE me SET replica = ?, incarnation = ?", .integer(answer.replica),
            .blob(incarnation))
        try db.run(
            """
            UPDATE office SET name = ?, portfolios = ?, outcomes_merged = 0, acknowledged = 0,
              covered = 0, mending = NULL, succeeds = ?, label = NULL
            """,
            .text(answer.name), .text(Portfolios.joined(answer.portfolios)),
            .integer(before))
        for (content, rows, isCut, sealedAt, isMerged) in kept {
            let old = try sealed(content)
            let head = try head()
            let name = ChangeSetName(replica: old.replica, number: old.number, hash: old.hash)
            #if Mutations
                let names = Mutation.renumberedNameless.isChosen ? [] : old.names + [name]
            #else
                let names = old.names + [name]
            #endif
            let set = ChangeSet(
                replica: answer.replica, number: head.number + 1, previous: head.hash,
                cursor: old.cursor,
                names: Array(names.suffix(Limits.changeSetNamesMax)),
                part: old.part)
            try keep(set, rows: rows, isCut: isCut, sealedAt: sealedAt)
            try db.run(
                "UPDATE outbox SET is_merged = ? WHERE n = ?", .integer(isMerged),
                .integer(set.number))
        }
    }
}
