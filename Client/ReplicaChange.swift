/// Something changed in the file: what to read again.
public struct ReplicaChange: Equatable, Sendable {
    /// Who changed it.
    public enum Origin: String, Sendable {
        /// A `write { }` of this `Replica`.
        case local
        /// What others wrote came with a sync of this `Replica`.
        case sync
        /// Another program wrote into the file, or synced it.
        case otherProcess
    }

    /// The names of the tables whose rows changed. Views are made from them.
    public let tables: Set<String>
    /// Who changed them.
    public let origin: Origin
}
