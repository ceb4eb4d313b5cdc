import RientroClient

/// Something about a write that a person should look at before it is made: nothing forbids it, and
/// as a rule it is a mistake.
struct Concern: Equatable, Sendable {
    /// What it is, as one word, for programs.
    let word: String
    /// What it is, as a sentence.
    let text: String
    /// Whether a yes is not enough: why it is right all the same stands in the row.
    let needsReason: Bool

    init(_ word: String, _ text: String, needsReason: Bool = false) {
        self.word = word
        self.text = text
        self.needsReason = needsReason
    }
}

extension Concern {
    /// A date this many days away is more often a wrong year than meant.
    private static let daysFar: Int64 = 366

    /// More money than is owed.
    static func aboveBalance(
        _ amount: Int64, _ currency: String, of account: Account, _ speech: Speech
    ) -> Concern? {
        guard amount > account.owed(in: currency) else { return nil }
        let owed = speech.amount(account.owed(in: currency), currency)
        let typed = speech.amount(amount, currency)
        return Concern(
            "above_balance",
            speech(
                "\(typed) is more than is owed on \(account.title): the balance is \(owed).",
                "\(typed) è più di quanto è dovuto su \(account.title): il saldo è \(owed)."))
    }

    /// A date that may be none: what it is of, and where it should lie.
    ///
    /// - Parameter name: how the command calls it, such as `--due`.
    static func date(
        _ date: String, name: String, isAhead: Bool, _ clock: OfficeClock, _ speech: Speech
    ) -> Concern? {
        let day = speech.day(date)
        if date > clock.date(daysFromToday: daysFar) {
            return Concern(
                "far_ahead",
                speech(
                    "\(name) is \(day), more than a year ahead.",
                    "\(name) è \(day), fra più di un anno."))
        }
        if isAhead, date < clock.today {
            return Concern(
                "past",
                speech("\(name) is \(day), which is past.", "\(name) è \(day), già passato."))
        }
        if !isAhead, date > clock.today {
            return Concern(
                "future",
                speech(
                    "\(name) is \(day), which is still to come.",
                    "\(name) è \(day), che deve ancora venire."))
        }
        if date < clock.date(daysFromToday: -daysFar) {
            return Concern(
                "long_ago",
                speech(
                    "\(name) is \(day), more than a year ago.",
                    "\(name) è \(day), più di un anno fa."))
        }
        return nil
    }

    /// A date or hour that follows from a clock known to be wrong.
    static func wrongClock(_ clock: OfficeClock, _ speech: Speech) -> Concern? {
        guard clock.isFarOff else { return nil }
        let length = Moments.length(seconds: Double(clock.offset.magnitude) / 1000)
        let direction = clock.offset > 0 ? speech("slow", "indietro") : speech("fast", "avanti")
        return Concern(
            "wrong_clock",
            speech(
                "This machine's clock was \(length) \(direction) at the last sync: it says"
                    + " \(clock.machineDate), the centre says \(clock.centreDate), and that is"
                    + " taken. Set it right and sync, or write the date out.",
                "L'orologio di questo computer era \(direction) di \(length) all'ultima"
                    + " sincronizzazione: segna \(clock.machineDate), il centro"
                    + " \(clock.centreDate), e vale quello. Va messo a posto, poi si sincronizza;"
                    + " oppure si scrive la data per intero."))
    }

    /// An account that is worked no more.
    static func closed(_ account: Account, _ speech: Speech, in db: Database) throws(OfficeError)
        -> Concern?
    {
        guard account.status.hasPrefix("closed_") else { return nil }
        let label = try CodeList.label(
            of: account.status, in: "account_status", isItalian: speech.isItalian, in: db)
        return Concern(
            "closed",
            speech("\(account.title) is \(label).", "\(account.title): la pratica è \(label)."))
    }
}
