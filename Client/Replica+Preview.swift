internal import RientroProtocol

extension Replica {
    /// What a sync would send now. Writes nothing.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func preview() throws(ReplicaError) -> SyncPreview {
        try typed { throw ReplicaError.refused("not yet") }
    }
}
