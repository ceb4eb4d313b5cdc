/// Why a secret could not be read.
package enum SecretError: Error, Equatable, Sendable {
    /// The input ended before there was one.
    case endOfInput
    /// It is empty.
    case empty
    /// It has more bytes than any secret of ours.
    case tooLong(bytesMax: Int)
    /// It is not UTF-8.
    case notText
    /// The person pressed Ctrl-C.
    case cancelled
    /// The system refused to read; its `errno`.
    case unreadable(errno: Int32)

    /// What went wrong, as a sentence without a full stop.
    ///
    /// - Parameter name: what was to be read, such as "the code".
    package func sentence(name: String) -> String {
        switch self {
        case .endOfInput: "\(name) is missing: the input ended before it"
        case .empty: "\(name) is empty"
        case .tooLong(let bytesMax): "\(name) is longer than \(bytesMax) bytes"
        case .notText: "\(name) is not text in UTF-8"
        case .cancelled: "\(name) was not given"
        case .unreadable(let errno): "\(name) could not be read (error \(errno) of the system)"
        }
    }
}
