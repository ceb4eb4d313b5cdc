/// Content with the random bytes that are hashed before it, so that the hash of an erased part
/// tells nothing about what it held.
package struct Part: Equatable, Sendable {
    /// 16 random bytes.
    package let salt: [UInt8]
    /// `[UnitChanges]`, encoded (`UnitChanges.encode(_:)`).
    package let content: [UInt8]

    /// A part; `salt` must be 16 bytes.
    package init(salt: [UInt8], content: [UInt8]) {
        precondition(salt.count == 16, "the salt of a part is 16 bytes")
        self.salt = salt
        self.content = content
    }
}

/// How a change-set was known before its file got a new number.
package struct ChangeSetName: Hashable, Sendable {
    /// The replica number of that time.
    package var replica: Int64
    /// Its number then.
    package var number: Int64
    /// Its hash then.
    package var hash: Hash

    /// The name of a change-set.
    package init(replica: Int64, number: Int64, hash: Hash) {
        self.replica = replica
        self.number = number
        self.hash = hash
    }
}

/// A replica's last sealed change-set: its number and hash; number 0 and `Hash.zero` before the
/// first.
package struct Head: Hashable, Sendable {
    /// The number of the change-set.
    package var number: Int64
    /// Its hash.
    package var hash: Hash

    /// The head at the change-set `number`.
    package init(number: Int64, hash: Hash) {
        self.number = number
        self.hash = hash
    }

    /// Before the first change-set.
    package static let none = Head(number: 0, hash: .zero)
}

/// All that a replica has seen: the commit of an epoch, and the hash of the chain there.
package struct Cursor: Hashable, Sendable {
    /// 16 random bytes that name the centre's history.
    package var epoch: [UInt8]
    /// The last commit seen; 0 before the first.
    package var commit: Int64
    /// The hash of the chain at that commit.
    package var chain: Hash

    /// A cursor at `commit` of `epoch`.
    package init(epoch: [UInt8], commit: Int64, chain: Hash) {
        self.epoch = epoch
        self.commit = commit
        self.chain = chain
    }
}

/// What one replica wrote between two seals: numbered, hashed, immutable.
package struct ChangeSet: Equatable, Sendable {
    /// The number of the replica that sealed it.
    package var replica: Int64
    /// 1, 2, 3 … for each replica.
    package var number: Int64
    /// The hash of the change-set before it; `Hash.zero` for the first.
    package var previous: Hash
    /// What the replica had seen when it sealed.
    package var cursor: Cursor
    /// Every name that this change-set had before its file was found to be a copy.
    package var names: [ChangeSetName]
    /// The rows, under their units.
    package var part: Part

    /// A change-set.
    package init(
        replica: Int64, number: Int64, previous: Hash, cursor: Cursor, names: [ChangeSetName],
        part: Part
    ) {
        self.replica = replica
        self.number = number
        self.previous = previous
        self.cursor = cursor
        self.names = names
        self.part = part
    }
}
