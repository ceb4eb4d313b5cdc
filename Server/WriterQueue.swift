/// What waits for the writer, and in which order it is taken: round robin between offices, so that
/// one with a large backlog does not keep the others waiting. An office is a line of succession:
/// who has got many numbers by renumbering has one turn all the same. A value; no thread is in it.
struct WriterQueue<Entry> {
    private struct Waiting {
        let entry: Entry
        let bytes: Int
    }

    private var lanes: [Int64: [Waiting]] = [:]
    /// The lines that have something waiting, the next one first.
    private var turns: [Int64] = []
    /// How many entries wait.
    private(set) var count = 0
    /// How many bytes they have.
    private(set) var bytes = 0

    /// Puts an entry behind those of the same line; false where too much waits already. What
    /// waits alone is never too much.
    mutating func add(_ entry: Entry, line: Int64, bytes size: Int) -> Bool {
        guard count < ServerLimits.waitingRequestsMax,
            count == 0 || bytes + size <= ServerLimits.waitingBytesMax
        else { return false }
        if lanes[line] == nil { turns.append(line) }
        lanes[line, default: []].append(Waiting(entry: entry, bytes: size))
        count += 1
        bytes += size
        return true
    }

    /// The next entry for a group, which counts it; nil where nothing waits, or the group is to be
    /// committed first.
    mutating func next(for group: inout WriterGroup, at moment: Int64) -> Entry? {
        guard let line = turns.first, var lane = lanes[line], let first = lane.first,
            group.hasRoom(bytes: first.bytes, at: moment)
        else { return nil }
        group.take(bytes: first.bytes)
        turns.removeFirst()
        lane.removeFirst()
        lanes[line] = lane.isEmpty ? nil : lane
        if !lane.isEmpty { turns.append(line) }
        count -= 1
        bytes -= first.bytes
        return first.entry
    }

    /// Empties the queue; the entries in no order.
    mutating func removeAll() -> [Entry] {
        let all = lanes.values.joined().map(\.entry)
        self = WriterQueue()
        return all
    }
}

/// What one transaction of the writer has taken so far. It takes what waits, also what comes while
/// it works, until it is full or has lasted long enough; a first entry always has room.
struct WriterGroup {
    /// When it began, in monotonic milliseconds.
    let startedAt: Int64
    /// Entries taken.
    private(set) var count = 0
    /// Bytes taken.
    private(set) var bytes = 0

    init(startedAt: Int64) { self.startedAt = startedAt }

    /// Whether an entry of so many bytes may still come in.
    func hasRoom(bytes size: Int, at moment: Int64) -> Bool {
        if count == 0 { return true }
        return count < ServerLimits.groupRequestsMax
            && bytes + size <= ServerLimits.groupBytesMax
            && moment - startedAt < ServerLimits.groupMilliseconds
    }

    mutating func take(bytes size: Int) {
        count += 1
        bytes += size
    }
}
