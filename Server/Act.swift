internal import RientroProtocol
internal import RientroStore

/// What one change-set, or one act of the centre, amounts to while it is applied: the accepted
/// changes under their units, and what there is to say about the others.
struct Act {
    /// The replica whose writes these are; 0 is the centre, which may write everything.
    let author: Int64
    /// The portfolios that the author holds.
    let portfolios: Set<String>
    /// The time of the commit, in milliseconds since 1970.
    let time: Int64
    /// The number that the commit will have.
    let commit: Int64
    /// The author's number of the change-set.
    let changeSet: Int64

    /// Whether it is a row that waited for its parent and is tried again: what was written to it
    /// later may have come before.
    var isRetried = false

    /// The accepted changes, under their units, in the order of the first.
    private(set) var units: [UnitChanges] = []
    private var index: [Unit: Int] = [:]
    /// About how many bytes they have.
    private(set) var byteCount = 0
    /// Conflicts for which the commit has no room; they are logged after it.
    private(set) var rest: [(change: RowChange, unit: Unit)] = []
    /// For the present values in `items`.
    private var room = ValueRoom()
    /// Corrections and refusals.
    private(set) var items: [OutcomeItem] = []
    /// False once anything but the author's own rows, as sent, is in the commit.
    private(set) var isClean = true
    /// What an office sent, and how many of its rows were accepted as they are, in their order:
    /// while that is all there is to say, `units` stays empty.
    private let sent: [UnitChanges]
    private var followed = 0
    private var isFollowing: Bool
    /// Rows that are new with this commit, by id: what others may have waited for.
    private(set) var born: Set<String> = []
    /// The portfolios that units go to, as far as they were looked up and are not remembered by the
    /// engine.
    var routes: [Unit: [String]] = [:]
    /// The unit that was looked up last, since rows come unit by unit.
    var lastRoute: (unit: Unit, portfolios: [String])?
    /// The unit that the author was last found to hold.
    var lastWritable: Unit?
    /// Where all units of the office go that were met so far; nil before the first.
    private var commonRoute: [String]?
    private var isSplit = false
    /// Codes that were found in their lists, so that each is looked up once.
    var codes = KnownCodes()
    /// The author's number and those before it in its line; nil: nobody has asked yet.
    var line: Set<Int64>?
    /// Whether any stamp was ever corrected at the centre, as far as it was looked up.
    var hasCorrections: Bool?
    /// Root rows that are new with this commit.
    private(set) var bornRoots: Set<Unit> = []

    /// - Parameter sent: what is applied, in this order, if the author is an office.
    init(
        author: Int64, portfolios: Set<String>, time: Int64, commit: Int64, changeSet: Int64,
        sent: [UnitChanges] = []
    ) {
        self.sent = sent
        // Anything but changes, and a unit without any, is dropped: relayed as it came, an office's
        // revocation would take the unit from the others.
        isFollowing =
            !sent.isEmpty && sent.allSatisfy { $0.kind == .changes && !$0.rows.isEmpty }
        self.author = author
        self.portfolios = portfolios
        self.time = time
        self.commit = commit
        self.changeSet = changeSet
    }

    /// Whether the author is the centre itself.
    var isCentre: Bool { author == 0 }

    /// The one portfolio that everything goes to, if it is what was sent, row for row.
    var portfolioOfAllSent: String? {
        guard isClean, isFollowing, !isSplit, bornRoots.isEmpty, commonRoute?.count == 1 else {
            return nil
        }
        return commonRoute?.first
    }

    /// Notes where a unit of the office goes.
    mutating func meet(_ portfolios: [String]) {
        guard let commonRoute else { return commonRoute = portfolios }
        if commonRoute != portfolios { isSplit = true }
    }

    mutating func accept(_ change: RowChange, in unit: Unit) {
        guard !isFollowing else { return followed += 1 }
        accept(change, in: unit, bytes: change.byteCount)
    }

    /// Accepts a row of the centre's own, now or in a commit that follows.
    mutating func acceptOrLeave(_ change: RowChange, in unit: Unit) {
        collect()
        let bytes = change.byteCount
        guard hasRoom(for: bytes) else { return rest.append((change, unit)) }
        accept(change, in: unit, bytes: bytes)
    }

    private func hasRoom(for bytes: Int) -> Bool {
        units.isEmpty || byteCount + bytes + Self.unitBytes <= ServerLimits.commitBytesMax
    }

    /// Room for the unit around a row that has one of its own.
    private static let unitBytes = 64

    private mutating func accept(_ change: RowChange, in unit: Unit, bytes: Int) {
        byteCount += bytes + Self.unitBytes
        // Rows come unit by unit, so it is mostly the last one again.
        if let last = units.last?.unit, last == unit {
            units[units.count - 1].rows.append(change)
        } else if let at = index[unit] {
            units[at].rows.append(change)
        } else {
            index[unit] = units.count
            units.append(UnitChanges(unit: unit, rows: [change]))
        }
    }

    /// Collects in `units` what was accepted as it was sent.
    mutating func collect() {
        guard isFollowing else { return }
        isFollowing = false
        for unit in sent {
            for change in unit.rows.prefix(followed) { accept(change, in: unit.unit) }
            followed -= min(followed, unit.rows.count)
        }
    }

    mutating func note(_ item: OutcomeItem) {
        items.append(item)
        spoil()
    }

    /// Notes a correction or a refusal with the centre's present values, as far as there is room.
    mutating func note(_ item: OutcomeItem, present: Stamp?, values: [Value]) {
        note(room.filled(item, present: present, values: values))
    }

    mutating func noteBirth(_ id: String, root: Unit?) {
        born.insert(id)
        if let root { bornRoots.insert(root) }
    }

    mutating func spoil() {
        isClean = false
        collect()
    }
}
