package import RientroHTTP
internal import RientroSQLite
internal import Synchronization

/// The centre as it runs: folder, lock, writer, readers, routes and the HTTP server, put together.
///
///     let server = try CentreServer(dir: "centre", listen: "127.0.0.1:8080", log: { print($0) })
///     let address = try server.start()
///     await server.stop()
///
/// Signals are the program's business.
package final class CentreServer: Sendable {
    private let lock: Mutex<FolderLock?>
    private let http: HTTPServer
    /// How the machine's clock stood against the log when it was opened.
    package let clockAtStart: CentreClock
    let office: FrontOffice
    let routes: CentreRoutes
    private let log: RequestLog

    /// Opens the centre in `dir`, which nobody else may be serving.
    ///
    /// Throws `CentreError.noCentre`, `CentreError.isServing`, `CentreError.clockBehind`,
    /// `CentreError.notACentre`, `CentreError.newerFormat`, `CentreError.system`,
    /// `HTTPError.invalidAddress`, `SQLiteError`.
    ///
    /// - Parameters:
    ///   - listen: a numeric address and a port, such as `127.0.0.1:8080`; port 0 asks for a free
    ///     one.
    ///   - limits: those of the HTTP server.
    ///   - clockIsRight: whether a person says that the clock is right, and was ahead where the
    ///     last commit is of a time that is still to come.
    ///   - clock: milliseconds since 1970.
    ///   - log: gets one line, without its end, for each request.
    package convenience init(
        dir: String, listen: String, limits: HTTPLimits = HTTPLimits(), clockIsRight: Bool = false,
        clock: @escaping @Sendable () -> Int64 = { SystemClock.now() },
        log: @escaping @Sendable (String) -> Void
    ) throws {
        try self.init(
            dir: dir, listen: listen, limits: limits, clockIsRight: clockIsRight, clock: clock,
            log: log, disk: WriterDisk())
    }

    init(
        dir: String, listen: String, limits: HTTPLimits = HTTPLimits(), clockIsRight: Bool = false,
        clock: @escaping @Sendable () -> Int64, log out: @escaping @Sendable (String) -> Void,
        disk: WriterDisk
    ) throws {
        let address = try HTTPAddress(listen)
        let centre = try Centre.open(folder: dir)
        lock = Mutex(try centre.lock())
        clockAtStart = try centre.checkClock(now: clock(), isRight: clockIsRight)
        let metrics = Metrics()
        let log = RequestLog(clock: clock, out: out)
        let watch = try CommitWatch(centre: centre, metrics: metrics)
        let writer = try CentreWriter(
            centre: centre, metrics: metrics, clock: clock, disk: disk,
            onCommit: { Task { await watch.look() } })
        let office = FrontOffice(
            readers: try CentreReaders(centre: centre), writer: writer, watch: watch,
            shelf: try SnapshotShelf(centre: centre, metrics: metrics, clock: clock),
            book: metrics, clock: clock, guesses: CodeGuesses(metrics: metrics),
            shares: LineShares(metrics: metrics))
        routes = CentreRoutes(office, metrics: metrics, log: log)
        http = HTTPServer(
            listen: address, limits: limits,
            onRefusal: { status, reason in
                metrics.addRefusal(reason.rawValue)
                log.write(refusal: reason.rawValue, status: status)
            },
            onShortage: { log.write(event: $0?.rawValue ?? "accepting_again") },
            admission: { [routes] in await routes.admit($0) },
            handler: { [routes] in await routes.answer($0) })
        self.office = office
        self.log = log
    }

    /// Listens and serves. Returns the address with the real port. Throws `HTTPError`.
    package func start() throws(HTTPError) -> HTTPAddress {
        let address = try http.start()
        log.write(event: "started")
        if clockAtStart.isLogAhead { log.write(event: "clock_was_ahead") }
        return address
    }

    /// Stops: lets long polls go at once, requests in progress finish within
    /// `ServerLimits.stopGraceSeconds`, and the writer everything that it has taken. Another
    /// process may serve from then on.
    package func stop() async {
        await office.watch.stop()
        await http.stop(graceSeconds: ServerLimits.stopGraceSeconds)
        await office.writer.stop()
        log.write(event: "stopped")
        lock.withLock { $0 = nil }
    }
}
