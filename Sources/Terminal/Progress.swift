import Glibc
import Synchronization

/// Shows how far a piece of work is, on standard error, if it takes over a second.
///
/// On a terminal one line is redrawn at most ten times a second and wiped at the end; elsewhere a
/// line is written every five seconds. It may be told from any thread.
package final class Progress: Sendable {
    private let meter: Mutex<ProgressMeter>
    private let sink: Sink?
    private let clock: @Sendable () -> Int64

    /// - Parameter sink: where to show it; nil for nowhere.
    init(
        label: String, total: Int?, language: Language, sink: Sink?,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.sink = sink
        self.clock = clock
        meter = Mutex(
            ProgressMeter(
                label: label, total: total, language: language,
                isTerminal: sink?.isTerminal ?? false, now: clock()))
    }

    /// Whether a person may be looking at it now: it goes to a terminal, and is not silent.
    package var isWatched: Bool { sink?.isTerminal ?? false }

    /// Says how much is done by now, in the unit of the total. Cheap enough for every row.
    package func advance(to done: Int) {
        guard let sink else { return }
        let now = clock()
        meter.withLock { meter in
            guard let text = meter.advance(to: done, now: now) else { return }
            if sink.isTerminal {
                let columns = (sink.columns() ?? TerminalLimits.textColumns) - 1
                _ = sink.write("\r\(TextWidth.cut(text, columns: columns))\u{1B}[K")
            } else {
                _ = sink.write(text + "\n")
            }
        }
    }

    /// Wipes the line from a terminal, so that the next text begins at its left edge.
    package func finish() {
        guard let sink, sink.isTerminal else { return }
        meter.withLock { meter in
            if meter.wasShown { _ = sink.write("\r\u{1B}[K") }
        }
    }

    /// Milliseconds of a clock that never goes back and counts the time asleep
    /// (`CLOCK_BOOTTIME`).
    package static let monotonicMilliseconds: @Sendable () -> Int64 = {
        var time = timespec()
        guard clock_gettime(CLOCK_BOOTTIME, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
