internal import RientroProtocol

/// Open routes that were looked up, kept from one change-set to the next: at night the same units
/// come again and again.
///
/// Only what is committed is kept. Whoever else commits to the file changes its data version, which
/// empties the memory; a unit whose routes this connection itself has opened is never kept, since
/// its transaction may still be undone.
struct RouteMemory {
    private var routes: [Unit: [String]] = [:]
    private var own: Set<Unit> = []
    private var isOff = false
    private var last: [String] = []
    private var version: Int64?

    /// Units in all, of about 150 bytes each; then it begins again.
    private static let unitsMax = 50_000
    /// Units whose routes one process may open before it keeps none at all: it is importing.
    private static let ownMax = 10_000

    subscript(unit: Unit) -> [String]? { routes[unit] }

    /// Keeps what was looked up; false where that may not be kept.
    mutating func keep(_ portfolios: [String], of unit: Unit) -> Bool {
        guard !isOff, !own.contains(unit) else { return false }
        if routes.count >= Self.unitsMax { routes.removeAll() }
        // Most units go where the last one went: one list for all of them.
        if last != portfolios { last = portfolios }
        routes[unit] = last
        return true
    }

    /// Forgets a unit whose routes change in this transaction.
    mutating func open(_ unit: Unit) {
        guard !isOff else { return }
        routes[unit] = nil
        own.insert(unit)
        guard own.count > Self.ownMax else { return }
        isOff = true
        own.removeAll()
        routes.removeAll()
    }

    /// Forgets everything if another connection has committed since.
    ///
    /// - Parameter version: SQLite's `data_version` of this connection, read in the transaction.
    mutating func settle(at version: Int64) {
        guard version != self.version else { return }
        routes.removeAll()
        self.version = version
    }
}
