internal import Glibc
internal import RientroSQLite

/// Why the centre could not do something. Sentences for people are made by the command.
package enum CentreError: Error, Equatable, Sendable {
    /// There is no centre in the folder.
    case noCentre(path: String)
    /// A centre stands in the folder already.
    case centreExists(path: String)
    /// Another process serves from this folder.
    case isServing(path: String)
    /// Another process closes a day in this folder.
    case isClosing(path: String)
    /// The file is not a centre's, or not one that this program understands; the fact.
    case notACentre(path: String, fact: String)
    /// The file has this version of the file format, which is newer than the program.
    case newerFormat(path: String, version: Int64)
    /// The replica's cursor is not in the log: the centre was put back without `restore`.
    case wasPutBack(commit: Int64)
    /// No cursor that the replica sent is of an epoch of this centre: it belongs to another.
    case unknownEpoch
    /// The request is for another number than the token's.
    case notItsToken(replica: Int64)
    /// The enrolment code is wrong, was used by another file, or is older than its time.
    case badCode
    /// The token is not known, or was revoked.
    case badToken
    /// The token's hash or the incarnation id is that of another file.
    case hashTaken
    /// The line of succession has got as many new numbers lately as it may; in so many seconds it
    /// may ask again.
    case tooManyNumbers(retryAfterSeconds: Int)
    /// As many refused rows of the office wait for a person as may; nothing was changed.
    case tooManyRefused(most: Int)
    /// The office has made as many conflicts lately as it may; nothing was changed, and in so many
    /// seconds it may send again.
    case tooManyConflicts(retryAfterSeconds: Int)
    /// The numbers are used up.
    case noNumberLeft
    /// There is no such portfolio, operator, creditor or replica.
    case unknown(what: String, id: String)
    /// There is one with this id already.
    case exists(what: String, id: String)
    /// The values do not fit the table; the fact.
    case badValue(String)
    /// The machine's clock is behind the last commit by more than the limit, in milliseconds.
    case clockBehind(milliseconds: Int64)
    /// More waits for the writer than may wait; nothing was changed.
    case busy
    /// The group could not be committed, or the server is stopping; nothing was changed.
    case notCommitted
    /// The disk is full; nothing was changed.
    case diskFull
    /// A copy of the database is not what it is a copy of; the fact.
    case damagedCopy(fact: String)
    /// A call of the operating system failed with this `errno`.
    case system(call: String, errno: Int32)
}

extension CentreError {
    /// What all that waited for one commit are told where it failed.
    init(ofCommit error: any Error) {
        self = Self.isDiskFull(error) ? .diskFull : .notCommitted
    }

    /// Whether an error says that the disk is full, whoever met it: SQLite, a file of ours, or the
    /// writer.
    package static func isDiskFull(_ error: any Error) -> Bool {
        switch error {
        case let error as SQLiteError: error.isFull
        case CentreError.diskFull: true
        case CentreError.system(_, let code): code == ENOSPC || code == EDQUOT
        default: false
        }
    }
}
