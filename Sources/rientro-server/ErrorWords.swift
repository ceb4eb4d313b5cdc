import BackOffice
import Interchange
import RientroSQLite
import RientroServer
import Terminal

/// The kind of an error as one word, for programs that read `--json`; the words are the office's
/// where both have the same error.
enum ErrorWords {
    /// The word; "failed" where no program could do better than show the message.
    static func about(_ error: any Error) -> String {
        switch error {
        case is UsageError: "usage"
        case let error where CentreError.isDiskFull(error): "disk_full"
        case let error as CentreError: centre(error)
        case let error as CommandError: command(error)
        case let error as CloseError: CloseSentences.word(error)
        case ReportError.full: "disk_full"
        case is ReportError: "file"
        case let error as SQLiteError: database(error)
        case is HandOverError: "bad_file"
        case let error as ImportError: load(error)
        case let error as ReviewError: review(error)
        case CloseBookError.newerFormat: "newer_format"
        case CloseBookError.damaged: "damaged"
        default: "failed"
        }
    }

    private static func centre(_ error: CentreError) -> String {
        switch error {
        case .noCentre: "no_centre"
        case .centreExists: "centre_exists"
        case .isServing: "is_serving"
        case .isClosing: "is_closing"
        case .notACentre: "not_a_centre"
        case .newerFormat: "newer_format"
        case .unknown: "not_found"
        case .exists: "exists"
        case .badValue: "bad_value"
        case .clockBehind: "clock_behind"
        case .busy: "busy"
        case .diskFull: "disk_full"
        case .damagedCopy: "damaged"
        case .wasPutBack, .unknownEpoch, .notItsToken, .badCode, .badToken, .noNumberLeft,
            .notCommitted, .system:
            "failed"
        }
    }

    private static func command(_ error: CommandError) -> String {
        switch error {
        case .noTable: "other_schema"
        case .unreadable, .unwritable, .tooLarge: "file"
        case .cannotListen: "cannot_listen"
        case .notTheOwner: "not_the_owner"
        case .unknownCreditor: "not_found"
        }
    }

    private static func load(_ error: ImportError) -> String {
        switch error {
        case .noTable: "other_schema"
        case .unknownPortfolio, .unknownCreditor: "not_found"
        }
    }

    private static func review(_ error: ReviewError) -> String {
        switch error {
        case .noSuch, .unknownOperator: "not_found"
        case .severalSuch: "ambiguous"
        case .settledOtherwise: "settled_otherwise"
        case .changed: "changed"
        case .badChoice, .badValues, .notAPhone, .noteTooLong: "bad_value"
        }
    }

    private static func database(_ error: SQLiteError) -> String {
        if error.isBusy { return "busy" }
        if error.isDamaged { return "damaged" }
        return "database"
    }
}
