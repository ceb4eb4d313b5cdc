internal import RientroProtocol
internal import RientroSQLite

/// One line for each request, in logfmt (`name=value`, separated by spaces). It says who by the
/// replica's number and never holds a name, a text, a token or a body.
struct RequestLog: Sendable {
    private let clock: @Sendable () -> Int64
    private let out: @Sendable (String) -> Void

    /// A log whose lines go to `out`.
    init(clock: @escaping @Sendable () -> Int64, out: @escaping @Sendable (String) -> Void) {
        self.clock = clock
        self.out = out
    }

    /// Logs one answered request; of a failure its kind, and SQLite's code.
    func write(
        route: String, status: Int, milliseconds: Int64, bytesIn: Int, bytesOut: Int,
        replica: Int64, failure: (any Error)?
    ) {
        var line =
            "time=\(time) route=\(route) status=\(status) ms=\(milliseconds)"
            + " in=\(bytesIn) out=\(bytesOut)"
        if replica > 0 { line += " replica=\(replica)" }
        switch failure {
        case nil: break
        case .some(let error) where CentreError.isDiskFull(error): line += " failure=disk_full"
        // SQLite's message may quote a value of a row; its code cannot.
        case let error as SQLiteError: line += " failure=sqlite:\(error.code)"
        case let error as CentreError: line += " failure=\"\(Self.word(error))\""
        case .some(let error): line += " failure=\(type(of: error))"
        }
        out(line)
    }

    /// Logs something that happened to the server itself, in one word.
    func write(event: String) { out("time=\(time) event=\(event)") }

    /// Logs a request that was refused before any route.
    func write(refusal: String, status: Int) {
        out("time=\(time) refused=\(refusal) status=\(status)")
    }

    private var time: String { UTCTime.text(milliseconds: clock()) }

    private static func word(_ error: CentreError) -> String {
        if case .system(let call, let errno) = error { return "\(call): errno \(errno)" }
        return String("\(error)".prefix { $0 != "(" })
    }
}
