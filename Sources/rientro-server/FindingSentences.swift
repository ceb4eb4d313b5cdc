import RientroServer

/// What `verify` found, in words for people.
enum FindingSentences {
    /// A sentence without a full stop.
    static func about(_ finding: CentreFinding) -> String {
        switch finding {
        case .damaged(let words): "the file is damaged: \(words)"
        case .commitMissing(let number): "commit \(number) is missing"
        case .chainBroken(let commit): "the hash of commit \(commit) is wrong"
        case .timeBackwards(let commit): "commit \(commit) is older than the one before it"
        case .partChanged(let commit, let portfolio):
            "commit \(commit), \(name(portfolio)): the part is not what was hashed"
        case .partWithoutCommit(let number): "a part belongs to no commit: \(number)"
        case .partUnreadable(let commit, let portfolio):
            "commit \(commit), \(name(portfolio)): the part cannot be read"
        case .changeSetAstray(let replica, let number):
            "change-set \(number) of replica \(replica) does not fit its commit"
        case .changeSetMissing(let replica): "replica \(replica) has a gap in its change-sets"
        case .routeWrong(let table, let id, let portfolio, let isOpen):
            "\(table) \(id) is \(isOpen ? "sent to" : "kept from") \(portfolio), which is wrong"
        case .rowsDiffer(let table, let portfolio):
            "\(table), \(name(portfolio)): the log gives other rows than stand here"
        case .rowCountDiffers(let table, let present, let fromLog):
            "\(table) has \(present) rows, and the log gives \(fromLog)"
        }
    }

    private static func name(_ portfolio: String) -> String {
        portfolio.isEmpty ? "for everyone" : "portfolio \(portfolio)"
    }
}
