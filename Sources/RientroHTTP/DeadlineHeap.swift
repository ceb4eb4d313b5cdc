/// When to look at which connection again: a binary heap of moments, earliest first. Entries are
/// cheap and may be out of date; whoever takes one out asks the connection for its deadline as it
/// is now.
struct DeadlineHeap {
    /// A moment and the slot of a connection.
    struct Entry: Equatable {
        var moment: Moment
        var slot: Int
    }

    private var entries: [Entry] = []

    /// The earliest moment, or nil.
    var earliest: Moment? { entries.first?.moment }

    /// How many entries there are, out of date or not.
    var count: Int { entries.count }

    /// Adds an entry. O(log n).
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].moment < entries[parent].moment else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes out the earliest entry if its moment has come. O(log n).
    mutating func removeDue(at now: Moment) -> Entry? {
        guard let first = entries.first, first.moment <= now else { return nil }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count && entries[child + 1].moment < entries[child].moment {
                child += 1
            }
            guard entries[child].moment < entries[parent].moment else { break }
            entries.swapAt(child, parent)
            parent = child
        }
        return first
    }
}
