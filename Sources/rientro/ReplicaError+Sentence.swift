import RientroClient

/// The library's errors for people: what happened, and what to do.
extension ReplicaError {
    /// The kind of error as one word, for programs.
    var word: String {
        switch self {
        case .noFile: "no_file"
        case .fileExists: "file_exists"
        case .notAReplica: "not_a_replica"
        case .newerFormat: "newer_format"
        case .damaged: "damaged"
        case .file: "file"
        case .diskFull: "disk_full"
        case .busy: "busy"
        case .refused: "refused"
        case .database: "database"
        case .noToken: "no_token"
        case .readOnly: "read_only"
        case .badPath: "bad_path"
        case .strangeNumber: "strange_number"
        case .badAddress: "bad_address"
        case .openAddress: "open_address"
        case .otherAddress: "other_address"
        case .noContact: "no_contact"
        case .centreRefused(_, let code, _): code
        case .requestTooLarge: "request_too_large"
        case .badAnswer: "bad_answer"
        case .answerForAnother: "answer_for_another"
        case .cannotMend: "cannot_mend"
        case .unknownCode: "unknown_code"
        case .noConflict: "no_conflict"
        }
    }

    /// What happened and what to do, for people.
    var sentence: String {
        switch self {
        case .noFile(let path):
            return "there is no file \(path); `rientro init` makes a replica"
        case .fileExists(let path):
            return "\(path) is there already and is left as it is; choose another name. If it is"
                + " this office's file, whose secret was lost, `rientro enrol \(path)` gives it a"
                + " new one"
        case .notAReplica(let path, let fact):
            return "\(path) is not a replica that this program can use: \(fact)"
        case .newerFormat(let path, let version):
            return "\(path) was made by a newer program: it has version \(version) of the file"
                + " format. Nothing was changed; update this program and try again"
        case .damaged(let path, let fact):
            return "\(path) is damaged (\(fact)). Keep it, and put back a backup, or make a new"
                + " replica: all that the centre acknowledged is there"
        case .file(let path, let fact): return "\(path): \(fact)"
        case .diskFull: return "the disk is full; nothing was written. Make room and try again"
        case .busy:
            return "another program is writing to this file; nothing was written. Try again"
        case .refused(let sentence): return sentence
        case .database(let code, let message): return "SQLite says: \(message) (\(code))"
        case .readOnly(let path):
            return "\(path) may only be read by you; nothing was written"
        case .badPath(let path, let fact):
            return "no file can be made at \"\(path)\": \(fact). Nothing was asked of the centre"
        case .strangeNumber(let path, let column, let value):
            return "\(path) says that \(column) is \(value), which cannot be: another program has"
                + " written it. Put back a backup of the file, or make it anew with `rientro init`:"
                + " all that the centre acknowledged is there"
        case .noToken(let path):
            return "\(path), the secret by which the centre knows this office, is missing or"
                + " unreadable. Work goes on without it, and nothing is lost; to sync, put it back"
                + " from a backup or from the machine that this file came from. If it is gone:"
                + " \(Self.wayToEnrol)"
        case .badAddress(let text):
            return "\"\(text)\" is not the address of a centre, such as https://centre.example"
                + " (or there are more than 8 of them)"
        case .openAddress(let text):
            return "\(text) is plain HTTP to another machine: anybody on the way could read this"
                + " office's secret. Use https; --plain-http allows it all the same"
        case .otherAddress(let path, let file, let token):
            return Self.otherAddress(path, file, token)
        case .noContact(let fact): return "no contact with the centre: \(fact). Nothing is lost"
        case .centreRefused(let status, let code, let detail):
            return Self.refusal(status: status, code: code, detail: detail)
        case .requestTooLarge(let bytes):
            return "the way to the centre takes no request of \(bytes) bytes (HTTP 413)."
                + " Nothing is lost. " + Self.proxyAdvice
        case .badAnswer(let fact):
            return "the centre's answer cannot be understood: \(fact). Nothing is lost; if it"
                + " stays so, tell whoever runs the centre"
        case .answerForAnother(let replica):
            return "the answer was for replica \(replica) and was dropped. Nothing is lost; sync"
                + " again"
        case .cannotMend(let times):
            return "this file got a new number \(times) times and was a copy each time: a copy of"
                + " it is in use elsewhere at this moment. Stop one of them, then sync again"
        case .unknownCode(let table, let column, let code):
            return "\"\(code)\" is not in the list of \(table).\(column)"
        case .noConflict(let id):
            return "conflict \(id) is not here, or somebody has decided it already;"
                + " see `rientro conflicts`"
        }
    }

    /// What to do where a proxy takes no large request.
    static let proxyAdvice =
        "Whoever runs the proxy before the centre must let 6 MB through"
        + " (nginx: client_max_body_size 6m); then sync again"

    private static func otherAddress(
        _ path: String, _ file: String, _ token: String
    ) -> String {
        let fact =
            token.isEmpty
            ? "its secret names no address that it may be sent to" : "its secret is for \(token)"
        let back =
            token.isEmpty
            ? ""
            : "; if somebody has changed the file, `rientro centre \(path) \(token)` puts it right"
        return "the file says that the centre is at \(file), but \(fact): nothing was sent. If the"
            + " centre is there, `rientro centre \(path) \(file)` says so\(back)"
    }

    /// How an office gets a new secret.
    static let wayToEnrol =
        "ask whoever runs the centre for a code (`rientro-server replica code --again`), then"
        + " `rientro enrol` takes it, and nothing is lost"

    private static func refusal(status: Int, code: String, detail: String) -> String {
        // What the centre says is a sentence of its own, with its full stop.
        let words = detail.hasSuffix(".") ? String(detail.dropLast()) : detail
        let fact = words.isEmpty ? "\(code) (\(status))" : words
        switch status {
        case 401:
            return "the centre does not accept this office's token: \(fact). Work goes on here, and"
                + " nothing is lost; to sync again, \(wayToEnrol)"
        case 409: return "the centre cannot sync now: \(fact)"
        case 426: return "this program is too old for the centre: \(fact). Nothing is lost"
        case 429, 500...599:
            return "the centre cannot answer now: \(fact). Nothing is lost; try again later"
        default: return "the centre refused: \(fact)"
        }
    }
}
