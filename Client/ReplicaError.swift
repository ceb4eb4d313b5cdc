internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Why something could not be done with a replica. Nothing is ever half done, and what was written
/// before stays written.
public enum ReplicaError: Error, Equatable, Sendable {
    /// There is no file at the path.
    case noFile(path: String)
    /// A file stands there already.
    case fileExists(path: String)
    /// The file is not a replica, or not one that this program understands; the fact.
    case notAReplica(path: String, fact: String)
    /// The file has this version of the file format, which is newer than the program. Update the
    /// program; the file was left as it is.
    case newerFormat(path: String, version: Int64)
    /// SQLite says that the file is damaged; its message. Restore it from a backup: what the centre
    /// acknowledged is there too.
    case damaged(path: String, fact: String)
    /// The system refused something with a file beside the replica; the fact.
    case file(path: String, fact: String)
    /// The file's disk is full; nothing was written.
    case diskFull
    /// Another program held the write lock for longer than the busy timeout.
    case busy
    /// A guard or a limit refused a write; its sentence.
    case refused(String)
    /// SQLite reported something else; its extended result code and message.
    case database(code: Int32, message: String)
    /// The file, or its folder, may only be read by who runs this; nothing was written.
    case readOnly(path: String)
    /// No file can be made at the path; the fact. Nobody was asked for anything yet.
    case badPath(path: String, fact: String)
    /// A number in the file is none that can stand there: another program has set it.
    case strangeNumber(path: String, column: String, value: Int64)
    /// The token beside the file is missing or unreadable; the path where it should be. Local work
    /// goes on; syncing needs a new enrolment (`Replica.enrol`).
    case noToken(path: String)
    /// The text is no address of a centre, or there are too many of them.
    case badAddress(String)
    /// Over this address anybody on the way could read the office's token: it is plain HTTP that
    /// leaves this machine, and nobody has allowed that.
    case openAddress(String)
    /// The file says that the centre is at other addresses than those that its token may be sent
    /// to; nothing was sent. `Replica.moveCentre` says which are right.
    case otherAddress(path: String, file: String, token: String)
    /// There was no contact with the centre, or none that it could be; the fact. Nothing is lost.
    case noContact(String)
    /// The centre refused the request: its status, its code and what it says about it.
    case centreRefused(status: Int, code: String, detail: String)
    /// Something on the way to the centre, or the centre itself, takes no request of so many bytes.
    case requestTooLarge(bytes: Int)
    /// The centre's answer is not one by the protocol; the fact.
    case badAnswer(String)
    /// The answer was for another number than this file's; it was dropped.
    case answerForAnother(replica: Int64)
    /// The file was found to be a copy again and again in one sync, after so many new numbers:
    /// another program is using a copy under the same token at this moment.
    case cannotMend(times: Int)
    /// The code or value is not one that the centre's lists know.
    case unknownCode(table: String, column: String, code: String)
    /// The conflict is not there, or somebody has decided it already.
    case noConflict(id: String)
}

extension ReplicaError {
    /// The error as this module says it: a `ReplicaError` stays itself.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as ReplicaError: self = error
        case let error as SQLiteError: self.init(error, path: path)
        case let error as MalformedMessage:
            self = .badAnswer("\(error.fact.rawValue) at byte \(error.offset)")
        case let error as TransportError: self = error.fact
        case StoreError.unknownCode(let table, let column, let code):
            self = .unknownCode(table: table, column: column, code: code)
        case StoreError.notAStore(let missing):
            self = .notAReplica(path: path, fact: "\(missing) is missing")
        case StoreError.tableUnusable(let table, let column):
            self = .notAReplica(path: path, fact: "\(table).\(column) is missing")
        case StoreError.badSchema(let fact):
            self = .notAReplica(path: path, fact: fact)
        default:
            self = .notAReplica(path: path, fact: "\(error)")
        }
    }

    private init(_ error: SQLiteError, path: String) {
        if error.isFull {
            self = .diskFull
        } else if error.isBusy {
            self = .busy
        } else if error.isReadOnly {
            self = .readOnly(path: path)
        } else if error.isDamaged {
            self = .damaged(path: path, fact: error.message)
        } else if error.isConstraint {
            self = .refused(error.message)
        } else {
            self = .database(code: error.code, message: error.message)
        }
    }
}

extension ReplicaError {
    /// Whether the error is one of the modules that this one is made of, which say what they found
    /// in their own words.
    static func isOurs(_ error: any Error) -> Bool {
        error is SQLiteError || error is StoreError || error is MalformedMessage
    }
}
