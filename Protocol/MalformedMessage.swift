/// Why bytes are not a message of this protocol: what was found, and where.
///
/// The one error of this module's decoders. Which fact belongs to which breach is written in
/// `Specification/wire.md`; the vectors in `Vectors/` name the facts by their raw values.
package enum MalformedMessage: Error, Equatable, Sendable {
    /// The fact, and the offset in bytes of the item that it is about. Bytes that travel inside a
    /// byte string (a change-set, a part's content) are decoded on their own: their offsets count
    /// from their own beginning.
    case found(Fact, at: Int)

    /// What is wrong.
    package enum Fact: String, Sendable, CaseIterable {
        /// The input ends inside an item, or an item says that it is longer than what is left.
        case truncated
        /// Bytes follow the message.
        case trailingBytes
        /// A head is written longer than it need be (RFC 8949, 4.2.1), or something in a content
        /// has a shorter form.
        case notShortest
        /// A float, a tag or simple value that has no meaning there, an indefinite length, or a
        /// head that RFC 8949 reserves.
        case notAllowed
        /// An item of another type than the one that belongs here.
        case wrongType
        /// A text that is not UTF-8.
        case invalidText
        /// The keys of a map, the registers of a row, or the units of a content are not in strictly
        /// ascending order.
        case notAscending
        /// A key below `ProtocolVersion.firstSkippedKey` that this version does not know.
        case unknownKey
        /// A key that must be there is not.
        case missingKey
        /// A key is written although its value is the default: it should be absent.
        case defaultWritten
        /// Items nest deeper than `Limits.nestingMax`.
        case tooDeep
        /// A message, a change-set, a row, a text, a byte string or a list is over its limit.
        case tooLong
        /// An array or a byte string of fixed length has another one.
        case wrongCount
        /// A number is out of its range.
        case outOfRange
        /// An id is neither a UUID nor a reference key, or leaves out what is not before it.
        case invalidID
        /// Two values that cannot stand together.
        case contradiction
        /// The message is of a version of the protocol that this code does not speak.
        case unknownVersion
    }

    /// What is wrong.
    package var fact: Fact {
        switch self {
        case .found(let fact, _): fact
        }
    }

    /// Where, in bytes from the beginning of what was decoded.
    package var offset: Int {
        switch self {
        case .found(_, let offset): offset
        }
    }
}
