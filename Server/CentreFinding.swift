/// Something that `rientro-server verify` found not to be as it must be. Sentences for people are
/// made by the command.
package enum CentreFinding: Equatable, Sendable {
    /// SQLite's own check found damage; its words.
    case damaged(String)
    /// The log lacks this commit.
    case commitMissing(Int64)
    /// The commit's hash is not the one of its content and of the chain before it.
    case chainBroken(commit: Int64)
    /// The commit's time is before that of the commit before it.
    case timeBackwards(commit: Int64)
    /// A part of the commit is not what was hashed, or is missing, or too many.
    case partChanged(commit: Int64, portfolio: String)
    /// A part stands in no commit of the log.
    case partWithoutCommit(Int64)
    /// A commit's part cannot be read.
    case partUnreadable(commit: Int64, portfolio: String)
    /// A change-set names a commit that is not its own, or a commit has no change-set.
    case changeSetAstray(replica: Int64, number: Int64)
    /// Change-sets of the replica are not numbered 1, 2, 3 … without a gap.
    case changeSetMissing(replica: Int64)
    /// The open routes of a unit are not those that its rows say.
    case routeWrong(table: String, id: String, portfolio: String, isOpen: Bool)
    /// Merging the whole log gives other rows than the table has.
    case rowsDiffer(table: String, portfolio: String)
    /// The table has rows that the log does not give, or lacks some that it gives.
    case rowCountDiffers(table: String, present: Int64, fromLog: Int64)
}
