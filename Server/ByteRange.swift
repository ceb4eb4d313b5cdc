internal import RientroProtocol

/// One range of bytes that a request asks for (RFC 9110, section 14.1.2).
struct ByteRange: Equatable, Sendable {
    /// The first byte.
    let first: Int
    /// The last byte; nil: to the end.
    let last: Int?

    /// Reads `bytes=first-last` or `bytes=first-`; nil for everything else, which RFC 9110, section
    /// 14.2, lets a server ignore: other units, several ranges, a last part.
    init?(_ text: String) {
        let unit = "bytes="
        guard text.lowercased().hasPrefix(unit) else { return nil }
        let ends = text.dropFirst(unit.count).split(
            separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let first = Self.number(ends[0]) else { return nil }
        let last = Self.number(ends[1])
        guard ends[1].isEmpty || last.map({ $0 >= first }) == true else { return nil }
        self.first = first
        self.last = last
    }

    /// The bytes to send of a file of `total` bytes: the range as far as it is there and one answer
    /// carries; without a range the whole file, if one answer carries that. Nil: nothing can be
    /// sent.
    static func served(_ range: ByteRange?, of total: Int) -> Range<Int>? {
        guard let range else {
            return total <= Limits.snapshotRangeBytes ? 0..<total : nil
        }
        guard range.first < total else { return nil }
        let most = min(total - range.first, Limits.snapshotRangeBytes)
        // The last byte is not before the first, so the difference does not go below zero.
        let wanted = range.last.map { min($0 - range.first, most - 1) + 1 } ?? most
        return range.first..<range.first + wanted
    }

    /// Digits only, and few enough for a file.
    private static func number(_ text: Substring) -> Int? {
        guard (1...18).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return Int(text)
    }
}
