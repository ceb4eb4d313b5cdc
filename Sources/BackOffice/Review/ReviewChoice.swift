/// What a person can do about something that waits.
package enum ReviewChoice: String, Codable, CaseIterable, Sendable {
    /// Conflict: what stands is right.
    case won
    /// Conflict: the other value is right, and is written again.
    case lost
    /// Conflict: neither; a value that is typed is written.
    case value
    /// Refused row: it is not wanted. It stays in the log.
    case discard
    /// Two payments: one, recorded twice; the later record is reversed.
    case same
    /// Two payments: two indeed.
    case different
    /// It is known, and right as it is.
    case accepted
    /// Promise: it is withdrawn.
    case cancel

    /// Whether it writes to the centre, and so cannot be taken back by another choice.
    package var writes: Bool {
        switch self {
        case .won, .lost, .value, .discard, .same, .cancel: true
        case .different, .accepted: false
        }
    }
}

extension ReviewKind {
    /// What can be done about one of this kind.
    package var choices: [ReviewChoice] {
        switch self {
        case .conflict: [.won, .lost, .value]
        case .quarantine: [.discard]
        case .duplicate: [.same, .different]
        case .overpaid, .paymentOnClosed, .namesNothing, .noDay, .wrongClock, .setAside:
            [.accepted]
        case .promiseOnClosed: [.accepted, .cancel]
        }
    }
}
