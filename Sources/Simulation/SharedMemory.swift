internal import CRientroSQLite

/// The memory in which the connections of one machine keep the index of a write-ahead log
/// (<https://www.sqlite.org/walformat.html>), and its eight lock slots.
///
/// SQLite keeps pointers into the regions and follows them even after the machine has died, so
/// every handle that has mapped one holds this object; the last to go frees the memory.
final class SharedMemory {
    private var regions: [UnsafeMutableRawPointer] = []
    private(set) var byteCount = 0
    private var sharing = [Int](repeating: 0, count: Int(SQLITE_SHM_NLOCK))
    private var owner = [Int?](repeating: nil, count: Int(SQLITE_SHM_NLOCK))
    /// How many handles have mapped it and not let go.
    var mappings = 0

    deinit {
        for region in regions { region.deallocate() }
    }

    /// The region with this number, if there is one.
    func region(_ index: Int) -> UnsafeMutableRawPointer? {
        index < regions.count ? regions[index] : nil
    }

    /// Appends regions of zeros until the one with this number is there.
    func grow(to index: Int, regionBytes: Int) {
        while regions.count <= index {
            let region = UnsafeMutableRawPointer.allocate(byteCount: regionBytes, alignment: 16)
            region.initializeMemory(as: UInt8.self, repeating: 0, count: regionBytes)
            regions.append(region)
            byteCount += regionBytes
        }
    }

    /// Takes one slot together with others; false if somebody is alone there. A handle asks for a
    /// slot that it shares already only by mistake of its own, so the caller looks first.
    func share(_ slot: Int) -> Bool {
        guard owner[slot] == nil else { return false }
        sharing[slot] += 1
        return true
    }

    func stopSharing(_ slot: Int) { sharing[slot] -= 1 }

    /// Takes all the slots for this handle alone, or none of them and returns false.
    func own(_ slots: Range<Int>, _ handle: Int) -> Bool {
        for slot in slots where sharing[slot] > 0 || (owner[slot] ?? handle) != handle {
            return false
        }
        for slot in slots { owner[slot] = handle }
        return true
    }

    func stopOwning(_ slot: Int) { owner[slot] = nil }
}
