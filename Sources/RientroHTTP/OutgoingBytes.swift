/// What is still to be sent on one connection: at most an interim answer, a head and a body. Since
/// a connection answers one request at a time, this is bounded by one answer.
struct OutgoingBytes: Equatable {
    /// A body up to this size goes into one piece with its head, one call of `send` for both.
    static let joinedBytesMax = 16 << 10

    private var first: [UInt8] = []
    private var second: [UInt8] = []
    private var offset = 0

    init() {}

    init(_ bytes: [UInt8]) { first = bytes }

    /// An answer. `sendsBody` is false for HEAD.
    init(_ response: HTTPResponse, closes: Bool, sendsBody: Bool) {
        first = ResponseEncoder.head(response, closes: closes)
        let status = ResponseEncoder.checkedStatus(response.status)
        guard sendsBody, ResponseEncoder.hasBody(status) else { return }
        if response.body.count <= Self.joinedBytesMax {
            first.append(contentsOf: response.body)
        } else {
            second = response.body
        }
    }

    /// Bytes left.
    var count: Int { first.count + second.count - offset }

    /// Bytes of memory that this takes: what was sent of a piece is freed with the rest of it.
    var heldBytes: Int { first.count + second.count }

    /// Puts other bytes behind these.
    mutating func append(_ other: consuming OutgoingBytes) {
        if count == 0 {
            self = other
            return
        }
        first = Array(first[min(offset, first.count)...])
        first.append(contentsOf: second[max(0, offset - first.count)...])
        offset = 0
        first.append(contentsOf: other.first)
        second = other.second
    }

    /// The next contiguous piece, and whether more follow it.
    func withNextPiece<R>(_ body: (UnsafeRawBufferPointer, _ moreFollows: Bool) -> R) -> R {
        if offset < first.count {
            return first.withUnsafeBytes {
                body(UnsafeRawBufferPointer(rebasing: $0[offset...]), !second.isEmpty)
            }
        }
        let start = offset - first.count
        return second.withUnsafeBytes {
            body(UnsafeRawBufferPointer(rebasing: $0[start...]), false)
        }
    }

    /// Marks bytes as sent; at most as many as there are.
    mutating func consume(_ byteCount: Int) {
        precondition(byteCount >= 0 && byteCount <= count, "no more is sent than there is")
        offset += byteCount
        if count == 0 { self = OutgoingBytes() }
    }

    /// All of it; for tests.
    var bytes: [UInt8] { Array((first + second)[offset...]) }
}
