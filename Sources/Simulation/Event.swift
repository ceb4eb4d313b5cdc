/// One thing that happens in the simulated firm. It names no machine and no row: those are found
/// by its seed among what is there when it happens, so a history from which events were taken out
/// is still a history.
package struct Event: Equatable, Sendable {
    /// What happens.
    package let kind: Kind
    /// From which everything about it is drawn.
    package let seed: UInt64

    /// An event.
    package init(kind: Kind, seed: UInt64) {
        self.kind = kind
        self.seed = seed
    }

    /// Everything that can happen, in the groups by which `--faults` chooses.
    package enum Kind: String, CaseIterable, Sendable {
        // An office's people, by the library or by any other program.
        case note, payment, reversal, promise, task
        case contactPoint = "contact point"
        case latestRegister = "latest register"
        case keptRegister = "kept register"
        case manyRows = "many rows"
        case backlog
        case resolution
        // What they make for themselves: it refuses rows, or writes on, and is dropped one day.
        case ownIndex = "own index"
        case ownTrigger = "own trigger"
        case ownDropped = "own objects dropped"
        case badText = "bad text"
        case badCode = "bad code"
        case badID = "bad id"
        case badReference = "bad reference"
        case badMoment = "bad moment"
        case sameID = "same id twice"
        case earlyRow = "row before its account"
        // The central team.
        case newAccount = "new account"
        case centralWrite = "central write"
        case newCode = "new code"
        case newOffice = "new office"
        case refusalDiscarded = "refusal discarded"
        // The line, and the passing of time.
        case sync, verify, delivery, pause
        // What the line does to messages.
        case messageLost = "message lost"
        case messageDoubled = "message doubled"
        case messageDelayed = "message delayed"
        case messageCut = "message cut"
        case answersCrossed = "answers crossed"
        // A proxy on the way that takes no large request, and is set right.
        case proxyLimit = "proxy limit"
        case proxyOpened = "proxy opened"
        // What becomes of the programs and the machines they run on.
        case officeKilled = "office killed"
        case officeKilledAtWrite = "office killed at write"
        case officePowerCut = "office power cut"
        case officePowerCutAtWrite = "office power cut at write"
        case centreKilled = "centre killed"
        case centreKilledAtWrite = "centre killed at write"
        case centrePowerCut = "centre power cut"
        case centrePowerCutAtWrite = "centre power cut at write"
        // Disks that fill up, and are given room again.
        case officeDiskFull = "office disk full"
        case officeDiskFreed = "office disk freed"
        case centreDiskFull = "centre disk full"
        case centreDiskFreed = "centre disk freed"
        // Clocks, by seconds to years, both ways.
        case officeClock = "office clock"
        case centreClock = "centre clock"
        case endOfTime = "clock at the end of time"
        // Files that people copy and put back.
        case fileCopied = "file copied"
        case fileSaved = "file saved"
        case filePutBack = "file put back"
        case tableRebuilt = "table rebuilt by a tool"
        // The token beside a file, in whose place the file gets a new number.
        case tokenLost = "token lost"
    }
}

/// A kind of trouble that can be left out of a history.
package enum Fault: String, CaseIterable, Sendable {
    /// Messages are lost, doubled, delayed, reordered and cut.
    case network
    /// Programs are killed and power is cut.
    case crash
    /// Disks fill up.
    case disk
    /// Clocks are wrong.
    case clock
    /// Files are copied, put back, lose their tokens, and are worked on by tools that drop their
    /// triggers.
    case file
    /// Rows are written that cannot be accepted, or not yet.
    case refusal
    /// People add indexes and triggers to a file, which refuse rows.
    case own

    /// Whether events of this kind belong to it; the others are ordinary work.
    package static func of(_ kind: Event.Kind) -> Fault? {
        switch kind {
        case .messageLost, .messageDoubled, .messageDelayed, .messageCut, .answersCrossed,
            .proxyLimit, .proxyOpened:
            .network
        case .officeKilled, .officeKilledAtWrite, .officePowerCut, .officePowerCutAtWrite,
            .centreKilled, .centreKilledAtWrite, .centrePowerCut, .centrePowerCutAtWrite:
            .crash
        case .officeDiskFull, .officeDiskFreed, .centreDiskFull, .centreDiskFreed: .disk
        case .officeClock, .centreClock, .endOfTime: .clock
        case .fileCopied, .fileSaved, .filePutBack, .tableRebuilt, .tokenLost: .file
        case .badText, .badCode, .badID, .badReference, .badMoment, .sameID, .earlyRow,
            .refusalDiscarded:
            .refusal
        case .ownIndex, .ownTrigger, .ownDropped: .own
        default: nil
        }
    }
}
