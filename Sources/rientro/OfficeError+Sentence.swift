import RientroClient
import Terminal

/// What people read when something went wrong, and what the shell gets: one table.
extension OfficeError {
    /// What it says to the shell.
    var exitCode: ExitCode {
        switch self {
        case .usage, .badServer, .manyAccounts, .manyFound, .noOperator, .unknownOperator,
            .unknownCode, .badValue, .badField, .badInput, .unconfirmed, .noList,
            .replica(.badPath), .replica(.badAddress), .replica(.openAddress):
            .usage
        case .noContact, .replica(.noContact): .noContact
        case .secret, .noAccount, .notFound, .notAmong, .otherSchema, .brokenSchema, .replica,
            .declined, .cannotTakeBack, .nothingToUndo, .moneyOpen:
            .failed
        }
    }

    /// The kind of error as one word, for programs.
    var word: String {
        switch self {
        case .usage, .badServer, .badInput: "usage"
        case .noContact: "no_contact"
        case .secret: "no_code"
        case .noAccount, .notFound, .notAmong: "not_found"
        case .unconfirmed: "unconfirmed"
        case .declined: "declined"
        case .cannotTakeBack: "cannot_take_back"
        case .nothingToUndo: "nothing_to_undo"
        case .moneyOpen: "money_open"
        case .noList: "no_list"
        case .manyAccounts, .manyFound: "ambiguous"
        case .noOperator: "no_operator"
        case .unknownOperator: "unknown_operator"
        case .unknownCode: "unknown_code"
        case .badValue: "bad_value"
        case .badField: "bad_field"
        case .otherSchema: "other_schema"
        case .brokenSchema: "internal"
        case .replica(let error): error.word
        }
    }

    /// What went wrong and what to do, for people.
    var sentence: String {
        switch self {
        case .usage(let error): return error.sentence
        case .replica(let error): return error.sentence
        case .noContact(let fact, let waiting): return Self.noContact(fact, waiting: waiting)
        case .secret(let error): return error.sentence(name: "the code")
        case .badInput(.notText): return "what came on standard input is not text in UTF-8"
        case .badInput(.tooLong(let most)):
            return "what came on standard input is longer than \(most) bytes"
        case .badServer(let text):
            return "\"\(text)\" is given as the centre's address, which should be one such as"
                + " https://centre.example"
        case .noAccount(let text):
            return "no account here has \"\(text)\" as its id or case reference, or begins so;"
                + " `rientro accounts \(text)` searches names and tax codes too"
        case .manyAccounts(let text, let found, let count):
            return Self.manyAccounts(text, found, count: count)
        case .notFound(let kind, let id): return "there is no \(kind) \"\(id)\" here"
        case .notAmong(let kind, let id, let account, let found):
            return "\(account) has no \(kind) \"\(id)\""
                + (found.isEmpty ? "" : ". It has:" + found.map { "\n  \($0)" }.joined())
        case .unconfirmed(let concerns): return Self.unconfirmed(concerns)
        case .declined: return "nothing was written"
        case .cannotTakeBack(let fact): return fact
        case .nothingToUndo(let person):
            return "\(person) has written nothing here in the last days that could be taken back;"
                + " `rientro pay ACCOUNT --reverse ID` and `rientro promise ACCOUNT --cancel ID`"
                + " take back what is older"
        case .moneyOpen(let account): return Self.moneyOpen(account)
        case .noList(let number, let fault): return Self.noList(number, fault)
        case .manyFound(let kind, let id, let found):
            return "\"\(id)\" may mean more than one \(kind):"
                + found.map { "\n  \($0)" }.joined()
        case .noOperator(let known):
            return "say who writes, with --operator CODE or by setting RIENTRO_OPERATOR"
                + Self.operators(known)
        case .unknownOperator(let code, let known):
            return "\"\(code)\" is no operator" + Self.operators(known)
        case .unknownCode(let name, let value, let known):
            return "\(name) \"\(value)\" is not in its list. It may be:" + Self.list(known)
        case .badValue(_, let fact): return fact
        case .badField(let name, let reason, let fields):
            return Self.field(name, reason) + "; what can be set: "
                + fields.joined(separator: ", ")
        case .otherSchema(let name):
            return "this file holds the tables of \"\(name)\", not the debtor portfolio; init,"
                + " sync, status, conflicts, resolve, rejected and verify work with it, and every"
                + " other program that reads SQLite"
        case .brokenSchema: return "the program's own tables contradict themselves: report this"
        }
    }

    private static func noContact(_ fact: String, waiting: Waiting) -> String {
        let rest =
            switch waiting {
            case .firstContact: "Nothing was made; the same command again goes on from here."
            case .rows(0): "Nothing waits to be sent, and work goes on."
            case .rows(1): "Nothing is lost: 1 write waits here and goes with the next sync."
            case .rows(let count):
                "Nothing is lost: \(count) writes wait here and go with the next sync."
            }
        return "no contact with the centre: \(fact). \(rest)"
    }

    private static func manyAccounts(_ text: String, _ found: [Account], count: Int) -> String {
        let lines = found.map { "\n  \($0.caseRef)  \($0.debtor)  (\($0.creditor), id \($0.id))" }
        let more = count > found.count ? "\n  and \(count - found.count) more" : ""
        return "\"\(text)\" may be any of \(count) accounts; write more of it, or the id:"
            + lines.joined() + more
    }

    private static func operators(_ known: [CodeChoice]) -> String {
        if known.isEmpty {
            return ". No operators are known here yet: the centre adds them"
                + " (`rientro-server operator add`), and `rientro sync` brings them"
        }
        return ". The operators are:" + list(known)
    }

    private static func list(_ known: [CodeChoice]) -> String {
        let widest = known.map { TextWidth.columns($0.code) }.max() ?? 0
        return known.map { choice in
            let gap = String(repeating: " ", count: widest - TextWidth.columns(choice.code) + 2)
            return choice.label.isEmpty
                ? "\n  \(choice.code)" : "\n  \(choice.code)\(gap)\(choice.label)"
        }.joined()
    }

    private static func field(_ name: String, _ reason: FieldReason) -> String {
        switch reason {
        case .unknown: "there is no field \"\(name)\""
        case .fixed: "\(name) never changes"
        case .centre: "\(name) is written by the centre alone"
        }
    }
}
