import Glibc

/// Why a report could not be written. What stood in its place before still stands there.
package enum ReportError: Error, Equatable, Sendable {
    /// The disk, or the share of it that one may use, is full.
    case full(path: String)
    /// The system did not let it be written, with its number for the reason.
    case notWritable(path: String, errno: Int32)
    /// Something stands there that no report wrote: it is not taken away.
    case foreign(path: String)

    /// The reason that the last call of the system left behind.
    static func last(_ path: String, _ number: Int32) -> ReportError {
        number == ENOSPC || number == EDQUOT
            ? .full(path: path) : .notWritable(path: path, errno: number)
    }
}
