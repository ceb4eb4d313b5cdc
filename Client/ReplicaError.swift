/// Why something could not be done with a replica. Nothing is ever half done, and what was written
/// before stays written.
public enum ReplicaError: Error, Equatable, Sendable {
    /// There is no file at the path.
    case noFile(path: String)
    /// A file stands there already.
    case fileExists(path: String)
    /// The file is not a replica, or not one that this program understands; the fact.
    case notAReplica(path: String, fact: String)
    /// The file's disk is full; nothing was written.
    case diskFull
    /// Another program held the write lock for longer than the busy timeout.
    case busy
    /// A guard or a limit refused a write; its sentence.
    case refused(String)
    /// SQLite reported something else; its code and message.
    case database(code: Int32, message: String)
    /// The token beside the file is missing or unreadable; the path where it should be.
    case noToken(path: String)
    /// There was no contact with the centre, or none that it could be; the fact. Nothing is lost.
    case noContact(String)
    /// The centre refused the request: its status, its code and what it says about it.
    case centreRefused(status: Int, code: String, detail: String)
    /// The centre's answer is not one by the protocol; the fact.
    case badAnswer(String)
    /// The answer was for another number than this file's; it was dropped.
    case answerForAnother(replica: Int64)
    /// The code or value is not one that the centre's lists know.
    case unknownCode(table: String, column: String, code: String)
    /// The conflict is not there, or somebody has decided it already.
    case noConflict(id: String)
}
