internal import RientroProtocol

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

    /// The accepted changes, under their units, in the order of the first.
    private(set) var units: [UnitChanges] = []
    private var index: [Unit: Int] = [:]
    /// Corrections and refusals.
    private(set) var items: [OutcomeItem] = []
    /// False once anything but the author's own rows, as sent, is in the commit.
    private(set) var isClean = true
    /// Rows that are new with this commit, by id: what others may have waited for.
    private(set) var born: Set<String> = []
    /// Root rows that are new with this commit.
    private(set) var bornRoots: Set<Unit> = []

    init(author: Int64, portfolios: Set<String>, time: Int64, commit: Int64, changeSet: Int64) {
        self.author = author
        self.portfolios = portfolios
        self.time = time
        self.commit = commit
        self.changeSet = changeSet
    }

    /// Whether the author is the centre itself.
    var isCentre: Bool { author == 0 }

    mutating func accept(_ change: RowChange, in unit: Unit) {
        if let at = index[unit] {
            units[at].rows.append(change)
        } else {
            index[unit] = units.count
            units.append(UnitChanges(unit: unit, isGrant: false, rows: [change]))
        }
    }

    mutating func note(_ item: OutcomeItem) {
        items.append(item)
        isClean = false
    }

    mutating func noteBirth(_ id: String, root: Unit?) {
        born.insert(id)
        if let root { bornRoots.insert(root) }
    }

    mutating func spoil() { isClean = false }
}
