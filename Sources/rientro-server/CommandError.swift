/// What a command found wrong that the engine does not know of.
enum CommandError: Error, Equatable, Sendable {
    /// The centre's schema has no such table, so the command has nothing to write.
    case noTable(String)
    /// A file could not be read, for this reason.
    case unreadable(path: String, reason: String)
    /// The file is larger than what it can be, in bytes.
    case tooLarge(path: String, bytesMax: Int)
    /// A file could not be written, for this reason.
    case unwritable(path: String, reason: String)
    /// The address to listen on could not be had, for this reason.
    case cannotListen(address: String, reason: String)
    /// Root cannot become the owner of this folder.
    case notTheOwner(path: String, owner: String)
    /// A creditor was named that does not stand in the centre.
    case unknownCreditor(String)
}
