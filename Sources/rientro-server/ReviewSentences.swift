import BackOffice
import Glibc

/// Sentences about what waits for a person: what can be done, and why something could not.
enum ReviewSentences {
    /// What entries of a kind are.
    static func title(_ kind: ReviewKind) -> String {
        switch kind {
        case .conflict: "Values that two people changed without seeing each other"
        case .quarantine: "Rows that the centre refused"
        case .duplicate: "Payments that may have been recorded twice"
        case .overpaid: "Accounts on which more was paid than was owed"
        case .paymentOnClosed: "Payments on accounts that had been closed"
        case .promiseOnClosed: "Promises on closed accounts"
        case .namesNothing: "Rows that take back or correct what is not there"
        case .noDay: "Rows of a day that has not come, or of none: no close counts them"
        case .wrongClock: "Rows written by a machine whose clock was wrong"
        case .setAside: "Accounts with more rows or money than can be: they are in no figure"
        }
    }

    /// What can be done about entries of a kind.
    static func advice(_ kind: ReviewKind, folder: String) -> String {
        let settle = "rientro-server review settle \(quoted(folder)) KEY"
        switch kind {
        case .conflict:
            return "Choose what is right: \(settle) won, lost or --value VALUE."
        case .quarantine:
            return "Have the office write it anew where it is wanted, then: \(settle) discard."
        case .duplicate:
            return
                "One payment: \(settle) same reverses the later record. Two: \(settle) different."
        case .overpaid:
            return "Pay it back or have the office reverse what is wrong. Right as it is: "
                + "\(settle) accepted."
        case .paymentOnClosed:
            return "Have the office open the account again or reverse the payment. Right as it "
                + "is: \(settle) accepted."
        case .promiseOnClosed:
            return "Withdraw it: \(settle) cancel. Right as it is: \(settle) accepted."
        case .namesNothing:
            return "They count as nothing. Have the office write them anew, naming what they are "
                + "about; then: \(settle) accepted."
        case .noDay:
            return "Have the office reverse the money and write everything anew with its right "
                + "day; then: \(settle) accepted."
        case .wrongClock:
            return "Have the clock of that machine set, and the rows checked: money with a wrong "
                + "day is reversed and written anew. Then: \(settle) accepted."
        case .setAside:
            return "Find out who wrote them, and revoke an office that is not to be trusted. "
                + "Known and as it should be: \(settle) accepted; it stays in no figure."
        }
    }

    /// How a whole group of a kind is settled.
    static func advice(onMany kind: ReviewKind, folder: String) -> String {
        let choice = kind.choices.filter { $0 != .value }.map(\.rawValue).joined(separator: "|")
        return "All of a group at once: rientro-server review settle \(quoted(folder)) --kind "
            + "\(kind.rawValue) [--office NAME] [--reason WORD] \(choice) --yes"
    }

    /// A path as a shell takes it.
    static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 47, 95, 126: true
            default: false
            }
        }
        return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }

    /// A sentence, without a full stop.
    static func about(_ error: ReviewError) -> String {
        switch error {
        case .noSuch(let key):
            "nothing waits under the key \(key), and nothing was settled under it"
        case .severalSuch(let key, let found):
            "several keys begin with \(key): \(found.joined(separator: ", "))"
        case .badChoice(let choice, let kind):
            "\(choice.rawValue) is no choice here: "
                + kind.choices.map { $0 == .value ? "--value VALUE" : $0.rawValue }
                .joined(separator: " or ")
        case .settledOtherwise(let settled):
            "\(settled.operator) settled it as \(settled.choice.rawValue) on "
                + "\(ShownTime.text(settled.settledAt)), and that was written to the centre"
        case .changed(let fact): "\(fact); nothing was changed"
        case .badValues(let columns):
            columns.count > 1
                ? "say which values are right: "
                    + columns.map { "--value \($0)=VALUE" }.joined(separator: " ")
                : "say which value is right with --value VALUE"
        case .notAPhone: "that cannot be read as a phone number"
        case .noteTooLong(let bytes): "the note has more than \(bytes) bytes"
        case .unknownOperator(let code, let known):
            known.isEmpty
                ? "there is no operator \(code); add one with `rientro-server operator add`"
                : "there is no operator \(code): \(known.joined(separator: ", "))"
        }
    }

    /// A sentence, without a full stop.
    static func about(_ error: CloseBookError) -> String {
        switch error {
        case .newerFormat(let path, let version):
            "\(path) was made by a newer program: it has version \(version) of the file format. "
                + "Nothing was changed; update this program and try again"
        case .damaged(let path):
            "\(path), the back office's own book, is damaged; the centre is not. Put the newest of "
                + "backups/backoffice-… into its place"
        case .system(let call, let code): "\(call): \(String(cString: strerror(code)))"
        }
    }
}
