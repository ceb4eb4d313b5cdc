#if Mutations
    /// A programming error in one place, chosen by name when the program starts, to see whether the
    /// simulation's checkers bite. Only a build with the package's trait `Mutations` has it.
    package enum Mutation: String, CaseIterable, Sendable {
        /// A register is taken though its stamp is older than the one that stands there.
        case olderStampTaken = "older-stamp-taken"
        /// Of two values with equal stamps the one that came first stays, not the greater one.
        case equalStampsByOrder = "equal-stamps-by-order"
        /// What is pending is not sealed before an answer is merged.
        case mergedUnsealed = "merged-unsealed"
        /// A trigger's stamp need not be later than the stamp that it overwrites.
        case stampWithoutBase = "stamp-without-base"
        /// A trigger's stamp may be before the centre's time at the last sync.
        case stampWithoutFloor = "stamp-without-floor"
        /// Of several writes of a kept register the last base is sealed, not the first.
        case lastBaseSealed = "last-base-sealed"
        /// A base that was corrected is not read as corrected.
        case baseNotCorrected = "base-not-corrected"
        /// The centre does not look at the hash of the change-set before.
        case previousHashUnchecked = "previous-hash-unchecked"
        /// An office does not judge the centre's head: it never finds that it is a copy.
        case headNotJudged = "head-not-judged"
        /// Change-sets count as acknowledged though their outcome was never merged.
        case acknowledgedUntold = "acknowledged-untold"
        /// Commits are taken though the answer starts from another cursor than the file's.
        case commitsFromElsewhere = "commits-from-elsewhere"
        /// The cursor moves past the commit that did not fit into the answer.
        case cursorPastRest = "cursor-past-rest"
        /// The cursor is committed before the rows of the commits that it covers.
        case cursorBeforeRows = "cursor-before-rows"
        /// An author does not get its own commit back though it was not applied as sent.
        case ownCommitNotReturned = "own-commit-not-returned"
        /// What comes again under a new number is not told its outcome again.
        case outcomeNotTold = "outcome-not-told"
        /// What comes again under a new number is told what stood when it came first.
        case outcomeToldAsStored = "outcome-told-as-stored"
        /// A refusal is told after its row was accepted.
        case outcomeNotPutRight = "outcome-not-put-right"
        /// A debtor's first account in another portfolio brings the debtor to nobody there.
        case debtorNotGranted = "debtor-not-granted"
        /// Those in a group are answered before its COMMIT.
        case answeredUncommitted = "answered-uncommitted"
        /// The centre's commits are not synced to the disk.
        case centreUnsynced = "centre-unsynced"
        /// A centre that starts again answers from commits that the disk does not have.
        case startedUnsynced = "started-unsynced"
        /// An office's merges and seals are not synced to the disk.
        case officeUnsynced = "office-unsynced"
        /// A snapshot lacks the debtors that go to another portfolio as well.
        case snapshotWithoutShared = "snapshot-without-shared"
        /// A snapshot lacks the conflicts.
        case snapshotWithoutConflicts = "snapshot-without-conflicts"
        /// A stamp is corrected at the centre, and its author is not told.
        case correctionNotTold = "correction-not-told"
        /// A write whose stamp was corrected before is given a new stamp when it comes again.
        case correctionMadeAnew = "correction-made-anew"
        /// A stamp years ahead is taken as it is.
        case farStampTaken = "far-stamp-taken"
        /// A digest covers the ids of the rows, and not what is in them.
        case digestOfIDs = "digest-of-ids"
        /// A change-set leaves the outbox when it is sent, not when it is acknowledged.
        case outboxDroppedEarly = "outbox-dropped-early"
        /// A row that waits for its parent is not tried again when that comes.
        case waitingForgotten = "waiting-forgotten"
        /// A refused row leaves its table and is not listed.
        case refusalNotListed = "refusal-not-listed"
        /// A conflict is not listed where the value that was sent wins.
        case conflictNotListed = "conflict-not-listed"
        /// A file that goes on under a new number forgets what it still kept.
        case renumberedEmpty = "renumbered-empty"
        /// What is sealed again under a new number does not name what it was before.
        case renumberedNameless = "renumbered-nameless"
        /// What a file did not take is not tried again.
        case parkedForgotten = "parked-forgotten"
        /// What waited for a birth and cannot be held then is forgotten.
        case parkedMergedOnce = "parked-merged-once"
        /// A repair takes a register that is behind for one that was written here.
        case behindTakenForWritten = "behind-taken-for-written"
        /// People's triggers run in a merge.
        case triggersInMerge = "triggers-in-merge"
        /// A clock past the end of stamps gives the last of them, each time.
        case clockCutAtEnd = "clock-cut-at-end"
        /// The floor stays where it is though a stamp was corrected.
        case floorStays = "floor-stays"
        /// Commits are taken though the outcomes before them are not known.
        case outcomesNotAwaited = "outcomes-not-awaited"
        /// Every answer to a copy draws another incarnation id.
        case incarnationDrawnAnew = "incarnation-drawn-anew"
        /// A change-set that is full is cut inside a `write { }`.
        case writeCutAnywhere = "write-cut-anywhere"
        /// A request that is too large for its way is sent again and again, and nothing comes in.
        case pushedAlways = "pushed-always"

        /// The one that this process has; nil: the program is as it should be.
        ///
        /// Set once before anything else runs, and only read from then on.
        nonisolated(unsafe) package static var chosen: Mutation?

        /// Whether it is the one.
        package var isChosen: Bool { Self.chosen == self }
    }
#endif
