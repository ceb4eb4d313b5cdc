import RientroProtocol

/// The answer to `POST /v1/sync`, with the contents of its commits.
struct AnswerCheck: FuzzCheck {
    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let read = try Decoding.check(input, skipsKeys: true, SyncAnswer.init(decoding:)) {
            $0.encoded()
        }
        guard let answer = read else { return }
        try claim(
            (1...Limits.replicaNumberMax).contains(answer.replica), "an answer is for an office")
        try claim(answer.portfolios.count <= Limits.portfoliosMax, "so many portfolios at most")
        try claim(
            (0...Limits.stampMillisecondsMax).contains(answer.centreTime) && answer.covered >= 0
                && answer.cursor.commit >= 0 && answer.from.commit >= 0,
            "times and numbers are not negative")
        for outcome in answer.outcomes {
            try claim(outcome.number >= 1, "change-sets are counted from 1")
            try Decoding.check(
                OutcomeItem.encode(outcome.items), OutcomeItem.decode, OutcomeItem.encode)
        }
        for commit in answer.commits {
            try claim(commit.parts.count <= commit.hashes.count, "each part has a hash")
            try claim(
                Decoding.of(commit.encoded(), Commit.init(decoding:)) == .success(commit),
                "a commit of an answer can be written alone")
            // The chain is for the office to judge; it must not stop on any.
            _ = commit.isChained(after: answer.from.chain)
            for part in commit.parts { try ContentCheck.check(part.part.content) }
        }
    }
}
