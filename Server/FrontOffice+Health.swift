internal import RientroHTTP
internal import RientroSQLite

extension FrontOffice {
    /// `GET /healthz`: `ok` if the database answers, or did so a moment ago. Whoever looks after
    /// the machine asks often, so it reads one row and no more.
    func health(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let now = SystemClock.monotonic()
        if !pulse.isFresh(at: now) {
            do {
                _ = try await readers.read { try $0.db.integer("SELECT count(*) FROM epoch") }
            } catch {
                throw Problem.busy
            }
            pulse.note(at: now)
        }
        return .make(200, "text/plain; charset=utf-8", Array("ok\n".utf8))
    }

    /// `GET /metrics`, in the text format of Prometheus.
    func metrics(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let gauges = try await readers.read { try MetricsGauges($0) }
        let uptime = SystemClock.monotonic() - book.startedAt
        let text = MetricsText(
            book.present, gauges, writerWaiting: writer.waiting, uptimeMilliseconds: uptime
        ).text
        return .make(200, "text/plain; version=0.0.4; charset=utf-8", Array(text.utf8))
    }
}
