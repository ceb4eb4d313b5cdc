/// What a program says to the shell when it ends. Scripts rely on these numbers.
package enum ExitCode: Int32, Equatable, Sendable, CaseIterable {
    /// What was asked is done, all of it.
    case done = 0
    /// It failed; nothing that was asked is done.
    case failed = 1
    /// The command line was wrong, and nothing was tried.
    case usage = 2
    /// Done in part: there are refusals or conflicts that a person should look at.
    case partly = 3
    /// The centre did not answer. Nothing is lost, and work goes on.
    case noContact = 4
}
