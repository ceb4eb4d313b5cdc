internal import RientroProtocol
internal import RientroSQLite

/// The log is its own witness: every part's hash is computed again from its bytes, and the chain
/// from the hashes, so that one changed byte anywhere is found.
extension CentreVerify {
    mutating func checkLog() throws {
        let total = try engine.cursor().commit
        report.commits = total
        var previous = Hash.zero
        var lastTime: Int64 = 0
        var expected: Int64 = 1
        let log = try db.statement(
            """
            SELECT number, time, replica, change_set, hashes, chain FROM commit_log ORDER BY number
            """)
        defer { log.reset() }
        while try log.step() {
            let number = log.integer(0)
            while expected < number, report.findingsLeftOut == 0 {
                report.add(.commitMissing(expected))
                expected += 1
            }
            expected = number + 1
            let time = log.integer(1)
            if time < lastTime { report.add(.timeBackwards(commit: number)) }
            lastTime = max(lastTime, time)
            let bytes = log.blob(4)
            let hashes = CentreEngine.hashes(bytes)
            let chain = Commit.chainHash(
                previous: previous, number: number, time: time, replica: log.integer(2),
                changeSet: log.integer(3), hashes: hashes)
            let stored = Hash(bytes: log.blob(5)) ?? .zero
            if chain != stored || bytes.count != hashes.count * 32 {
                report.add(.chainBroken(commit: number))
            }
            // One broken link is one finding: what follows is checked against what stands there.
            previous = stored
            try checkParts(of: number, hashes)
            if number % Self.progressCommits == 0 { progress(.log, number, total) }
        }
        try findStrayParts()
        progress(.log, total, total)
    }

    private mutating func checkParts(of commit: Int64, _ hashes: [Hash]) throws {
        var index = 0
        try db.forEach(
            "SELECT portfolio, salt, content FROM commit_part WHERE number = ? ORDER BY portfolio",
            [.integer(commit)]
        ) { row in
            let salt = row.blob(1)
            let isWhole =
                salt.count == 16 && index < hashes.count
                && Part(salt: salt, content: row.blob(2)).hash == hashes[index]
            if !isWhole { report.add(.partChanged(commit: commit, portfolio: row.text(0))) }
            index += 1
        }
        report.parts += Int64(index)
        if index < hashes.count { report.add(.partChanged(commit: commit, portfolio: "")) }
    }

    private mutating func findStrayParts() throws {
        let stray = try db.rows(
            """
            SELECT DISTINCT number FROM commit_part
            WHERE number NOT IN (SELECT number FROM commit_log) ORDER BY number
            """
        ) { $0.integer(0) }
        for number in stray { report.add(.partWithoutCommit(number)) }
    }

    /// Every commit has its change-set, every change-set its commit, and each replica's numbers
    /// have no gap. A change-set that came before under another name points to that one's commit;
    /// of several copies of one file only the first records the names.
    mutating func checkChangeSets() throws {
        progress(.changeSets, 0, 1)
        let astray = try db.rows(
            """
            SELECT c.replica, c.n FROM change_set AS c
            LEFT JOIN commit_log AS l ON l.number = c.number
            WHERE l.number IS NULL OR (
              (l.replica <> c.replica OR l.change_set <> c.n)
              AND NOT EXISTS (
                SELECT 1 FROM change_set AS k, change_set_name AS a
                WHERE k.number = c.number AND (
                  (a.now_replica = k.replica AND a.now_n = k.n)
                  OR (a.replica = k.replica AND a.n = k.n AND a.hash = k.hash))))
            UNION ALL
            SELECT l.replica, l.change_set FROM commit_log AS l
            LEFT JOIN change_set AS c ON c.replica = l.replica AND c.n = l.change_set
            WHERE c.n IS NULL OR c.number <> l.number
            """
        ) { ($0.integer(0), $0.integer(1)) }
        for (replica, number) in astray {
            report.add(.changeSetAstray(replica: replica, number: number))
        }
        let gaps = try db.rows(
            """
            SELECT replica FROM change_set GROUP BY replica
            HAVING min(n) <> 1 OR max(n) <> count(*) ORDER BY replica
            """
        ) { $0.integer(0) }
        for replica in gaps { report.add(.changeSetMissing(replica: replica)) }
        progress(.changeSets, 1, 1)
    }
}
