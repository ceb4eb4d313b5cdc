internal import RientroProtocol

/// A request on its way to the centre, or an answer on its way back.
struct Message {
    /// The routes that are simulated.
    enum Kind {
        case sync
        case renumber
        case question(DigestQuestion)
    }

    /// By which the answer finds the sync that waits for it; a doubled message has it twice.
    let number: Int
    let kind: Kind
    /// The office's place among the machines.
    let office: Int
    /// The token that the request carries.
    let token: [UInt8]
    /// The incarnation id of a request for a new number.
    var incarnation: [UInt8] = []
    /// When the office sent the request, in true milliseconds since 1970.
    let sentAt: Int64
    var isAnswer = false
    /// The centre's time when it answered.
    var answeredAt: Int64 = 0
    var bytes: [UInt8]
    /// Before this it does not arrive.
    var heldUntil: Int64 = 0
    /// Whether it was held up on this way.
    var isLate = false
    /// Whether bytes are missing at its end.
    var isCut = false

    /// The answer to this request.
    func answered(_ bytes: [UInt8], at now: Int64) -> Message {
        var answer = self
        answer.isAnswer = true
        answer.answeredAt = now
        answer.bytes = bytes
        answer.heldUntil = 0
        answer.isLate = false
        answer.isCut = false
        return answer
    }
}

/// Everything that is on its way.
struct Line {
    private(set) var messages: [Message] = []
    private var lastNumber = 0

    /// Messages on their way, at most: a line that is down for days holds no more either.
    static let messagesMax = 64

    /// A number for a request.
    mutating func number() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Sends a message. The oldest is lost where too many are on their way.
    mutating func send(_ message: Message) {
        messages.append(message)
        if messages.count > Self.messagesMax { messages.removeFirst() }
    }

    /// Takes one that may arrive by now; nil where there is none.
    mutating func take(
        at time: Int64, _ chance: inout Chance, where isWanted: (Message) -> Bool = { _ in true }
    ) -> (message: Message, isOvertaking: Bool)? {
        let ready = messages.indices.filter {
            messages[$0].heldUntil <= time && isWanted(messages[$0])
        }
        guard !ready.isEmpty else { return nil }
        // Mostly in the order in which they were sent.
        let at = chance.isOnce(in: 3) ? ready[chance.below(ready.count)] : ready[0]
        return (messages.remove(at: at), at != ready[0])
    }

    /// Changes one message, or takes it away; false where there is none.
    mutating func meddle(
        _ chance: inout Chance, _ body: (inout Message, inout Chance) -> [Message]
    ) -> Bool {
        guard !messages.isEmpty else { return false }
        let at = chance.below(messages.count)
        var message = messages[at]
        messages.replaceSubrange(at...at, with: body(&message, &chance))
        return true
    }

    /// Loses everything.
    mutating func clear() { messages = [] }
}
