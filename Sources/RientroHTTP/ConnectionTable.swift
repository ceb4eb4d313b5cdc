/// The open connections, by slot. A token joins the slot with a count that is new for every
/// connection, so that an event or an answer for one that is gone never reaches the next in its
/// slot.
struct ConnectionTable {
    private struct Slot {
        var connection: Connection?
        var generation: UInt32 = 0
        /// The earliest entry of this slot in the heap of deadlines, if any.
        var scheduled: Moment?
    }

    private var slots: [Slot] = []
    private var free: [Int] = []
    private var peers: [String: Int] = [:]

    /// Open connections.
    var count: Int { slots.count - free.count }

    /// Open connections of one address.
    func count(ofPeer peer: String) -> Int { peers[peer] ?? 0 }

    /// The connection that the token was made for, if it is still open.
    subscript(token: UInt64) -> Connection? {
        let slot = Self.slot(of: token)
        guard slots.indices.contains(slot), slots[slot].connection?.token == token else {
            return nil
        }
        return slots[slot].connection
    }

    /// The connection in a slot, if any.
    func connection(inSlot slot: Int) -> Connection? { slots[slot].connection }

    /// Tokens of all open connections.
    var tokens: [UInt64] { slots.compactMap { $0.connection?.token } }

    /// A token for the next connection.
    mutating func reserveToken() -> UInt64 {
        let slot = free.popLast() ?? slots.count
        if slot == slots.count { slots.append(Slot()) }
        slots[slot].generation &+= 1
        return UInt64(slots[slot].generation) << 32 | UInt64(slot)
    }

    /// Gives back a token that no connection came to.
    mutating func release(_ token: UInt64) { free.append(Self.slot(of: token)) }

    /// Puts a connection where its token says.
    mutating func insert(_ connection: Connection) {
        slots[Self.slot(of: connection.token)].connection = connection
        peers[connection.peer, default: 0] += 1
    }

    /// Takes a connection out; its socket closes when the last reference goes.
    mutating func remove(_ connection: Connection) {
        let slot = Self.slot(of: connection.token)
        precondition(slots[slot].connection === connection, "a connection is removed once")
        slots[slot].connection = nil
        free.append(slot)
        let left = count(ofPeer: connection.peer) - 1
        peers[connection.peer] = left > 0 ? left : nil
    }

    /// Notes a deadline; returns an entry for the heap only if no earlier one stands there already.
    /// In the ordinary course of keep-alive that is once every 30 s, not once a request.
    mutating func schedule(_ deadline: Moment, for token: UInt64) -> DeadlineHeap.Entry? {
        let slot = Self.slot(of: token)
        if let scheduled = slots[slot].scheduled, scheduled <= deadline { return nil }
        slots[slot].scheduled = deadline
        return DeadlineHeap.Entry(moment: deadline, slot: slot)
    }

    /// Notes that an entry has left the heap; false if an earlier one had taken its place.
    mutating func unschedule(_ entry: DeadlineHeap.Entry) -> Bool {
        guard slots[entry.slot].scheduled == entry.moment else { return false }
        slots[entry.slot].scheduled = nil
        return true
    }

    private static func slot(of token: UInt64) -> Int { Int(token & 0xFFFF_FFFF) }
}
