internal import RientroProtocol

/// Room for the present values that one outcome tells
/// (`ServerLimits.outcomeValueBytesMax`). Where it is used up an item goes without them and without
/// the stamp, and its author sends that write again, whose outcome brings them.
struct ValueRoom {
    private var bytes = 0

    /// The item with what stands at the centre, if there is room for it.
    mutating func filled(_ item: OutcomeItem, present: Stamp?, values: [Value]) -> OutcomeItem {
        var item = item
        let size = Value.encode(values).count
        let hasRoom = bytes + size <= ServerLimits.outcomeValueBytesMax
        if hasRoom { bytes += size }
        item.present = hasRoom ? present : nil
        item.values = hasRoom ? values : nil
        return item
    }
}
