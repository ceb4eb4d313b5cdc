/// One file of a simulated disk: what the operating system would show, and how to take back each
/// operation since the last sync.
///
/// Only the old bytes of an operation are kept. At a power cut the operations are undone, newest
/// first, which brings back what was durable and yields the new bytes; then those that the cut
/// spares are done again.
final class SimulatedFile {
    let locks = FileLocks()
    /// Nil while nobody has mapped it.
    var memory: SharedMemory?
    private var contents = GrowingBytes()
    private var saved = GrowingBytes()
    private var unsynced: [UnsyncedOperation] = []
    private let isTemporary: Bool

    /// What a disk writes at once or not at all; parts of a larger write fare independently.
    static let sectorBytes = 512
    /// Old bytes kept, and operations: beyond, everything so far is durable, as an operating
    /// system writes back by itself what has waited for long. Larger than any transaction that a
    /// simulated day should be able to lose.
    private static let savedBytesMax = 32 << 20
    private static let unsyncedMax = 50_000

    /// An empty file. Of a temporary one nothing is left after a power cut, so nothing is saved.
    init(isTemporary: Bool = false) { self.isTemporary = isTemporary }

    /// A file with durable bytes.
    init(_ bytes: [UInt8]) {
        isTemporary = false
        bytes.withUnsafeBytes { contents.write($0, at: 0) }
    }

    var size: Int { contents.count }

    var bytes: [UInt8] { contents.withBytes(0..<contents.count) { [UInt8]($0) } }

    /// Copies what there is from `offset` on and fills the rest with zeros; false if bytes lacked.
    func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) -> Bool {
        let from = min(offset, size)
        let found = min(target.count, size - from)
        contents.withBytes(from..<from + found) { target.copyMemory(from: $0) }
        guard found < target.count else { return true }
        let rest = UnsafeMutableRawBufferPointer(rebasing: target[found...])
        rest.initializeMemory(as: UInt8.self, repeating: 0)
        return false
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        note(.write, offset: offset, count: bytes.count, lost: offset..<offset + bytes.count)
        contents.write(bytes, at: offset)
    }

    func truncate(to newSize: Int) {
        guard newSize != size else { return }
        note(.truncate, offset: newSize, count: 0, lost: newSize..<max(newSize, size))
        contents.resize(to: newSize)
    }

    /// The machine has stopped: nobody has the file open, locked or mapped.
    func forgetHandles() {
        locks.clear()
        memory = nil
    }

    /// All that was written is durable.
    func sync() {
        unsynced.removeAll(keepingCapacity: true)
        saved.clear()
    }

    /// Remembers the bytes that an operation is about to overwrite or cut off.
    private func note(
        _ kind: UnsyncedOperation.Kind, offset: Int, count: Int, lost: Range<Int>
    ) {
        if isTemporary { return }
        if saved.count > Self.savedBytesMax || unsynced.count >= Self.unsyncedMax { sync() }
        let old = lost.clamped(to: 0..<size)
        unsynced.append(
            UnsyncedOperation(
                kind: kind, offset: offset, count: count, sizeBefore: size,
                savedFrom: saved.count, savedCount: old.count))
        contents.withBytes(old) { saved.append($0) }
    }
}

/// An operation that no sync has made durable.
private struct UnsyncedOperation {
    enum Kind {
        case write
        case truncate
    }

    let kind: Kind
    /// Where it wrote; for a truncation the new size.
    let offset: Int
    /// How many bytes it wrote.
    let count: Int
    let sizeBefore: Int
    /// Where its old bytes begin among the saved ones, and how many there are.
    let savedFrom: Int
    let savedCount: Int
}

extension SimulatedFile {
    /// What a power cut leaves: of the operations since the last sync each is kept, lost or torn,
    /// by `fate`. What is left is durable.
    func losePower(_ fate: inout SplitMix64) {
        let written = undoAll()
        // Drawn for the whole file, so that everything kept and nothing kept stay likely however
        // many operations there are.
        let quartersKept = fate.below(5)
        for (operation, bytes) in zip(unsynced, written) {
            let isKept = fate.below(4) < quartersKept
            switch operation.kind {
            case .truncate: if isKept { contents.resize(to: operation.offset) }
            case .write where isKept:
                bytes.withUnsafeBytes { contents.write($0, at: operation.offset) }
            case .write: lose(bytes, at: operation.offset, &fate)
            }
        }
        sync()
    }

    /// Brings back what was durable; the result is what each operation had written.
    private func undoAll() -> [[UInt8]] {
        var written = [[UInt8]](repeating: [], count: unsynced.count)
        for (index, operation) in unsynced.enumerated().reversed() {
            if operation.kind == .write {
                let range = operation.offset..<operation.offset + operation.count
                written[index] = contents.withBytes(range) { [UInt8]($0) }
            }
            contents.resize(to: operation.sizeBefore)
            let old = operation.savedFrom..<operation.savedFrom + operation.savedCount
            saved.withBytes(old) { contents.write($0, at: operation.offset) }
        }
        return written
    }

    /// A write that did not arrive whole: half of them left nothing, half any of their sectors. A
    /// file may have grown by it all the same, since its length is written at another moment.
    private func lose(_ bytes: [UInt8], at offset: Int, _ fate: inout SplitMix64) {
        let end = offset + bytes.count
        if fate.below(2) == 0 {
            bytes.withUnsafeBytes { all in
                var from = offset
                while from < end {
                    let next = min(end, (from / Self.sectorBytes + 1) * Self.sectorBytes)
                    if fate.below(2) == 0 {
                        let sector = all[from - offset..<next - offset]
                        contents.write(UnsafeRawBufferPointer(rebasing: sector), at: from)
                    }
                    from = next
                }
            }
        }
        if end > size && fate.below(2) == 0 { contents.resize(to: end) }
    }
}
