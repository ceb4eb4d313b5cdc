import Glibc
import Synchronization

/// Where text goes: a file descriptor, or a text kept in memory.
package struct Sink: Sendable {
    /// Whether a person sits at the other end.
    package let isTerminal: Bool
    /// How many columns the terminal has now; nil where it does not tell or there is none.
    package let columns: @Sendable () -> Int?
    /// How many rows the terminal has now; nil where it does not tell or there is none.
    package let rows: @Sendable () -> Int?
    /// Writes all of a text as UTF-8; false if it could not, as on a full disk.
    package let write: @Sendable (String) -> Bool

    /// A sink made by hand, for tests.
    package init(
        isTerminal: Bool, columns: Int?, rows: Int? = nil,
        write: @escaping @Sendable (String) -> Bool
    ) {
        self.isTerminal = isTerminal
        self.columns = { columns }
        self.rows = { rows }
        self.write = write
    }

    /// A sink that writes to an open file descriptor, which stays the caller's.
    package init(descriptor: Int32) {
        let isTerminal = isatty(descriptor) == 1
        self.isTerminal = isTerminal
        columns = { isTerminal ? Self.size(descriptor).columns : nil }
        rows = { isTerminal ? Self.size(descriptor).rows : nil }
        write = { Self.writeAll($0, to: descriptor) }
    }

    /// Standard output.
    package static let standardOutput = Sink(descriptor: STDOUT_FILENO)

    /// Standard error.
    package static let standardError = Sink(descriptor: STDERR_FILENO)

    private static func size(_ descriptor: Int32) -> (columns: Int?, rows: Int?) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return (nil, nil) }
        return (
            size.ws_col > 0 ? Int(size.ws_col) : nil, size.ws_row > 0 ? Int(size.ws_row) : nil
        )
    }

    /// Whether writing may be tried again. A program that shares our terminal or pipe may have
    /// made it non-blocking; then the wait for room is ours.
    private static func mayGoOn(_ descriptor: Int32, after error: Int32) -> Bool {
        if error == EINTR { return true }
        guard error == EAGAIN else { return false }
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&wait, 1, -1) > 0 || errno == EINTR
    }

    private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(bytes)[done...]
                let count = Glibc.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 {
                    done += count
                } else if count == 0 || !mayGoOn(descriptor, after: errno) {
                    return false
                }
            }
            return true
        }
    }
}

/// A text that grows in memory and stands for a terminal or a file in tests.
package final class Memory: Sendable {
    private let content = Mutex("")

    /// An empty one.
    package init() {}

    /// What was written so far.
    package var text: String { content.withLock { $0 } }

    /// A sink that writes here.
    package func sink(
        isTerminal: Bool = false, columns: Int? = nil, rows: Int? = nil
    ) -> Sink {
        Sink(isTerminal: isTerminal, columns: columns, rows: rows) { text in
            self.content.withLock { $0 += text }
            return true
        }
    }
}
