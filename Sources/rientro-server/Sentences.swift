import BackOffice
import Foundation
import Interchange
import RientroHTTP
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore

/// The one table that turns what a module found into a sentence for people.
enum Sentences {
    /// A sentence, without a full stop.
    static func about(_ error: any Error) -> String {
        switch error {
        case let error where CentreError.isDiskFull(error): diskFull
        case let error as CentreError: centre(error)
        case let error as CommandError: command(error)
        case let error as CloseError: CloseSentences.about(error)
        case let error as ReportError: CloseSentences.about(error)
        case let error as SQLiteError: database(error)
        case let error as StoreError: store(error)
        case let error as HandOverError: FileSentences.about(error)
        case let error as ImportError: load(error)
        case let error as HTTPError: network(error)
        case let error as ReviewError: ReviewSentences.about(error)
        case let error as CloseBookError: ReviewSentences.about(error)
        case let error as SchemaError: "the schema is refused: \(SchemaSentences.about(error))"
        default: reason(of: error)
        }
    }

    /// Foundation's own words for an error of the operating system.
    static func reason(of error: any Error) -> String {
        let error = error as NSError
        if let below = error.userInfo[NSUnderlyingErrorKey] as? NSError,
            below.domain == NSPOSIXErrorDomain
        {
            return String(cString: strerror(Int32(truncatingIfNeeded: below.code)))
        }
        return error.localizedDescription
    }

    private static func command(_ error: CommandError) -> String {
        switch error {
        case .noTable(let name):
            "the schema of this centre has no table \"\(name)\"; the command is for centres "
                + "made without --schema"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .cannotListen(let address, let reason):
            "cannot listen on \(address): \(reason); choose another with --listen"
        case .notTheOwner(let path, let owner):
            "\(path) belongs to \(owner), and root cannot become \(owner) here: files of root's in "
                + "it would lock the service out. Run it as \(owner): sudo -u \(owner) …"
        case .tooLarge(let path, let bytes): "\(path) has more than \(bytes) bytes"
        case .unknownCreditor(let id):
            "there is no creditor \(id); add it with `rientro-server creditor add DIR \(id) "
                + "--name NAME`"
        }
    }

    private static func centre(_ error: CentreError) -> String {
        switch error {
        case .noCentre(let path):
            "there is no centre in \(path); make one with `rientro-server init \(path)`"
        case .centreExists(let path): "there is a centre in \(path) already"
        case .isServing(let path): "another process is serving \(path)"
        case .isClosing(let path): "another process is closing a day in \(path); wait for it"
        case .notACentre(let path, let fact): "\(path) is not the database of a centre: \(fact)"
        case .newerFormat(let path, let version):
            "\(path) was made by a newer program: it has version \(version) of the file format. "
                + "Nothing was changed; update this program and try again"
        case .wasPutBack(let commit):
            "a replica has seen commit \(commit), which is not here: the centre was put back "
                + "from a copy"
        case .unknownEpoch: "the replica belongs to another centre"
        case .notItsToken(let replica): "the token is not that of replica \(replica)"
        case .badCode: "the enrolment code is wrong, used or too old"
        case .notItsCode: "the code was made for another office than the file's"
        case .badToken: "the token is not known, or was revoked"
        case .hashTaken: "another file has this token hash or incarnation id"
        case .tooManyNumbers(let seconds):
            "the office has got as many new numbers lately as it may; "
                + "in \(seconds) s it may ask again"
        case .tooManyRefused(let most): "\(most) refused rows of the office wait for a person"
        case .tooManyConflicts: "the office has made as many conflicts within an hour as it may"
        case .noNumberLeft: "all replica numbers are used up"
        case .unknown("portfolio", let id):
            "there is no portfolio \(id); add it with `rientro-server portfolio add DIR \(id) "
                + "--name NAME`"
        case .unknown("waiting replica", let id):
            "replica \(id) is not waiting for a code: it has enrolled, was revoked, or is not "
                + "there. For an office that lost its token: `replica code DIR \(id) --again`"
        case .unknown("enrolled replica", let id):
            "no replica \(id) has enrolled: `replica list DIR` shows them all, and"
                + " `replica code DIR \(id)` makes a first code for one that is there"
        case .unknown(let what, let id): "there is no \(what) \(id)"
        case .exists(let what, let id): "there is a \(what) \(id) already"
        case .badValue(let fact): fact
        case .clockBehind(let milliseconds):
            "the clock of this machine is \(length(milliseconds)) behind the last commit. "
                + "Where it is wrong, set it right and start again. Where it is right, it was "
                + "ahead when that commit was made: `rientro-server serve DIR --clock-is-right` "
                + "goes on, and nothing is lost"
        case .busy: "too much is waiting to be written; nothing was changed, try again"
        case .notCommitted: "the write could not be committed; nothing was changed"
        case .diskFull: diskFull
        case .damagedCopy(let fact):
            "the copy of the database is not sound: \(fact). Nothing was replaced; look at the "
                + "disk and try again"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        }
    }

    /// A length of time, to its largest unit.
    static func length(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000
        for (name, unit) in [("day", Int64(1_440)), ("hour", 60)] where minutes >= 2 * unit {
            return "\(minutes / unit) \(name)s"
        }
        return "\(minutes) minute\(minutes == 1 ? "" : "s")"
    }

    private static let diskFull =
        "the disk is full; nothing was changed. Make room and try again"

    private static func database(_ error: SQLiteError) -> String {
        if error.isBusy {
            return "another process has been writing to the centre for too long; nothing was "
                + "changed, try again"
        }
        if error.isReadOnly { return "the centre's files may not be written by this user" }
        if error.isCannotOpen { return "the centre's database cannot be opened: \(error.message)" }
        if error.isDamaged { return "the centre's database is damaged: \(error.message)" }
        return error.description
    }

    private static func store(_ error: StoreError) -> String {
        switch error {
        case .notAStore(let name): "the database lacks \(name), or has another one"
        case .tableUnusable(let table, let column):
            "the table \(table) has lost its column \(column)"
        case .badSchema(let fact): "the schema cannot be read: \(fact)"
        case .unknownCode(let table, let column, let code):
            "\(table).\(column): \(code) is in no code list"
        }
    }

    private static func load(_ error: ImportError) -> String {
        switch error {
        case .noTable(let name): command(.noTable(name))
        case .unknownPortfolio(let id): centre(.unknown(what: "portfolio", id: id))
        case .unknownCreditor(let id, let line):
            "line \(line): \(command(.unknownCreditor(id))), or name one with --creditor; "
                + "nothing was loaded"
        }
    }

    private static func network(_ error: HTTPError) -> String {
        switch error {
        case .invalidAddress(let text): "\(text) is no address such as 127.0.0.1:8080"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .invalidFieldName, .invalidFieldValue, .malformedQuery, .alreadyStarted:
            "the server could not be started: \(error)"
        }
    }
}
