/// One change-set, or one act of the centre, as it was applied and logged.
package struct Commit: Equatable, Sendable {
    /// 1, 2, 3 … in the centre's order.
    package var number: Int64
    /// The centre's time of the commit, in milliseconds since 1970. Never goes back.
    package var time: Int64
    /// The author; 0 is the centre.
    package var replica: Int64
    /// The author's number of the change-set; for the centre its own count of acts.
    package var changeSet: Int64
    /// The hashes of all its parts, in the order of their portfolios, also of parts that the
    /// reader does not get.
    package var hashes: [Hash]
    /// The hash of the chain at this commit.
    package var chain: Hash
    /// The parts that the reader gets, with their portfolio (empty: everyone's).
    package var parts: [CommitPart]

    /// A commit.
    package init(
        number: Int64, time: Int64, replica: Int64, changeSet: Int64, hashes: [Hash], chain: Hash,
        parts: [CommitPart]
    ) {
        self.number = number
        self.time = time
        self.replica = replica
        self.changeSet = changeSet
        self.hashes = hashes
        self.chain = chain
        self.parts = parts
    }
}

/// What of a commit belongs to one portfolio.
package struct CommitPart: Equatable, Sendable {
    /// The portfolio; empty for what is sent to everyone.
    package var portfolio: String
    /// The rows, under their units.
    package var part: Part

    /// The part of a commit for `portfolio`.
    package init(portfolio: String, part: Part) {
        self.portfolio = portfolio
        self.part = part
    }
}
