import Dispatch
import Glibc
import RientroHTTP
import RientroServer
import Terminal

/// `serve`: answers the offices until it is told to stop.
enum ServeCommand {
    static let declaration = Command(
        "serve", "Answer the offices, until SIGTERM or SIGINT",
        discussion: """
            Speaks plain HTTP and listens on the loopback address unless told otherwise: put a TLS \
            proxy in front of it. Port 0 takes a free one. The first line on standard output says \
            where it listens; the log goes to standard error.

            It does not start where the clock of the machine is more than 10 minutes behind the \
            last commit: either the clock is wrong now, and is to be set right; or it was ahead \
            once, is right again, and --clock-is-right says so, once. Commits keep the time of the \
            last one until the clock has passed it; offices are told what the clock says. Nothing \
            is lost either way.
            """,
        arguments: [CentreProgram.folder],
        options: [
            .value("listen", "ADDRESS", "address and port; 127.0.0.1:8080 unless given"),
            .flag("clock-is-right", "the clock is right, and was ahead at the last commit"),
        ])

    static func run(_ parsed: Parsed, _ output: Output) async throws -> ExitCode {
        let text = parsed.value("listen") ?? "127.0.0.1:8080"
        do {
            _ = try HTTPAddress(text)
        } catch {
            throw parsed.usageError(
                .invalidValue(of: "--listen", value: text, expected: "such as 127.0.0.1:8080"))
        }
        // Signals that come while it starts must not be missed.
        let signals = StopSignals()
        let log = Sink.standardError
        DescriptorLimit.raise(forConnections: HTTPLimits.Default.connectionsMax)
        let server = try CentreServer(
            dir: try parsed.required("DIR"), listen: text,
            clockIsRight: parsed.flag("clock-is-right"), log: { _ = log.write($0 + "\n") })
        let bound = try start(server, on: text)
        // A line for scripts, the same with --json.
        guard Sink.standardOutput.write("listening on http://\(bound)\n") else {
            await server.stop()
            return .failed
        }
        if server.clockAtStart.isLogAhead {
            output.remark(
                "The last commit is \(Sentences.length(server.clockAtStart.ahead)) ahead of this "
                    + "machine's clock. Commits keep its time until the clock has passed it.")
        }
        if !bound.isLoopback {
            output.remark("Tokens and personal data are readable on the way without a TLS proxy.")
        }
        await signals.first()
        await server.stop()
        return .done
    }

    /// Where it listens; a port that is taken is told with its address.
    private static func start(_ server: CentreServer, on text: String) throws -> HTTPAddress {
        do throws(HTTPError) {
            return try server.start()
        } catch {
            guard case .system("bind", let code) = error else { throw error }
            throw CommandError.cannotListen(address: text, reason: String(cString: strerror(code)))
        }
    }
}

/// Waits for SIGTERM or SIGINT. A second one ends the process the ordinary way.
private final class StopSignals {
    private let stream: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        self.stream = stream
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                continuation.yield()
            }
            source.resume()
            return source
        }
    }

    func first() async {
        var iterator = stream.makeAsyncIterator()
        await iterator.next()
        withExtendedLifetime(sources) {}
    }
}
