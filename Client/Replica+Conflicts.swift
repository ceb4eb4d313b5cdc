internal import RientroProtocol

extension Replica {
    /// The conflicts that wait for a person, in the order in which the centre noticed them.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func conflicts() throws(ReplicaError) -> [Conflict] { [] }

    /// Decides a conflict: an ordinary write of the chosen values, and a row that names the
    /// conflict, in one transaction. Every other office learns of both by its next sync.
    ///
    /// - Parameters:
    ///   - id: the conflict's id.
    ///   - choice: what is right. `.won` leaves the row as it stands.
    ///   - operator: the code of who decided.
    ///
    /// Throws `.noConflict` where it is not there or somebody has decided it already; `.refused`
    /// where the row is not here or the values are not as many as the register's columns; what
    /// `write` throws.
    public func resolve(
        _ id: String, choice: Resolution, operator: String? = nil
    ) throws(ReplicaError) {}

    /// What did not go through and waits for a person, the oldest first.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func refusals() throws(ReplicaError) -> [RefusedWrite] { [] }
}
