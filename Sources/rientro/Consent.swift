import RientroClient
import Terminal

/// What a person has agreed to before it is written.
struct Consent: Sendable {
    /// Whether everything that only needs a yes is agreed to.
    private let isYes: Bool
    /// Why what is stopped is done all the same.
    private(set) var reason: String?
    private var accepted: [Concern] = []

    /// The options of every command that may ask.
    static let options: [Option] = [
        .flag("yes", short: "y", "Say yes to what the command would ask"),
        .value("because", "TEXT", "Why it is right although work is stopped; kept in the note"),
    ]

    /// What the command line agrees to.
    init(_ session: Session) {
        isYes = session.parsed.flag("yes")
        reason = session.parsed.value("because").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Requires that all of this was agreed to. Called inside the transaction that writes, so that
    /// what was agreed to is what is written.
    ///
    /// Throws `.unconfirmed`.
    func check(_ concerns: [Concern]) throws(OfficeError) {
        let open = concerns.filter { concern in
            if concern.needsReason, reason == nil { return true }
            return !isYes && !accepted.contains(concern)
        }
        guard open.isEmpty else { throw .unconfirmed(open) }
    }

    /// The note with what was stopped and why it was done all the same.
    func note(_ note: String?, despite concerns: [Concern], _ speech: Speech) -> String? {
        guard let reason, concerns.contains(where: \.needsReason) else { return note }
        let words = concerns.filter(\.needsReason).map(\.word).joined(separator: ", ")
        let despite = speech("despite \(words): \(reason)", "nonostante \(words): \(reason)")
        return note.map { "\($0) (\(despite))" } ?? despite
    }

    /// Asks the person at the terminal.
    ///
    /// Throws `.unconfirmed` where nobody can be asked, `.declined` where the answer is not yes.
    ///
    /// - Parameter prompt: what a yes means.
    func asking(
        _ concerns: [Concern], _ prompt: String, _ session: Session
    ) throws(OfficeError) -> Consent {
        guard session.output.style == .text, Question.canAsk() else { throw .unconfirmed(concerns) }
        let speech = session.speech
        for concern in concerns { session.output.warn(concern.text) }
        var consent = self
        if !isYes {
            guard let answer = Question.line(prompt + speech(" [y/N] ", " [s/N] ")),
                Question.isYes(answer)
            else { throw .declined }
        }
        if concerns.contains(where: \.needsReason), reason == nil {
            let prompt = speech("Why? ", "Perché? ")
            guard let answer = Question.line(prompt), !answer.isEmpty else { throw .declined }
            consent.reason = answer
        }
        consent.accepted += concerns
        return consent
    }
}

extension Office {
    /// Writes in one transaction what may need a person's consent. Nothing is held while the person
    /// thinks: what was asked about is undone, and written anew with the answer.
    ///
    /// - Parameter prompt: what a yes means; to write it all the same unless told.
    func write<R: Sendable>(
        asking session: Session, prompt: String? = nil,
        _ body: @Sendable (Database, Consent) throws(OfficeError) -> R
    ) async throws(OfficeError) -> R {
        var consent = Consent(session)
        while true {
            let agreed = consent
            do throws(OfficeError) {
                return try await write { db throws(OfficeError) in try body(db, agreed) }
            } catch .unconfirmed(let concerns) {
                consent = try agreed.asking(
                    concerns,
                    prompt
                        ?? session.speech("Write it all the same?", "Scrivere lo stesso?"),
                    session)
            }
        }
    }
}
