/// Bytes that grow at their end, copied only by whole blocks: an array of the standard library
/// would be checked byte by byte in a build for debugging, and copied when two hold it.
struct GrowingBytes: ~Copyable {
    private(set) var count = 0
    private var capacity = 0
    private var start = UnsafeMutableRawPointer.allocate(byteCount: 0, alignment: 16)

    /// What a cleared buffer may keep, so that the next use allocates nothing: a few pages.
    private static let capacityKeptMax = 256 << 10

    deinit { start.deallocate() }

    /// Makes it longer, by zeros, or shorter.
    mutating func resize(to newCount: Int) {
        if newCount > count {
            reserve(newCount)
            (start + count).initializeMemory(as: UInt8.self, repeating: 0, count: newCount - count)
        }
        count = newCount
    }

    /// Overwrites from `offset` on, and makes it longer where it is too short; what lies between
    /// the old end and `offset` becomes zeros.
    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        if offset > count { resize(to: offset) }
        let end = offset + bytes.count
        if end > count {
            reserve(end)
            count = end
        }
        (start + offset).copyMemory(from: source, byteCount: bytes.count)
    }

    /// Appends.
    mutating func append(_ bytes: UnsafeRawBufferPointer) { write(bytes, at: count) }

    /// The bytes of a range that must lie inside, valid while `body` runs.
    func withBytes<R>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "outside of the bytes")
        return body(UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count))
    }

    /// Forgets all, and keeps only a little memory.
    mutating func clear() {
        count = 0
        guard capacity > Self.capacityKeptMax else { return }
        start.deallocate()
        start = UnsafeMutableRawPointer.allocate(byteCount: 0, alignment: 16)
        capacity = 0
    }

    private mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let larger = max(wanted, capacity * 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        moved.copyMemory(from: start, byteCount: count)
        start.deallocate()
        start = moved
        capacity = larger
    }
}
