import Glibc
import RientroProtocol
import Terminal

/// Times as people and programs are shown them.
enum ShownTime {
    /// The local date and minute, for people; `never` for nil.
    static func text(_ milliseconds: Int64?, never: String = "never") -> String {
        guard let milliseconds else { return never }
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else {
            return UTCTime.text(milliseconds: milliseconds)
        }
        var buffer = [CChar](repeating: 0, count: 32)
        let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M", &parts)
        return String(
            decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// RFC 3339 in UTC, for programs; null for nil.
    static func json(_ milliseconds: Int64?) -> JSONValue {
        .optional(milliseconds.map { UTCTime.text(milliseconds: $0) })
    }
}
