internal import Terminal

/// What a planned task says to whoever does it: why, and to listen first.
struct TaskWords {
    let language: ReportLanguage

    func promise(_ change: PromiseChange) -> String {
        let amount = money(change.amount, change.currency)
        let paid = money(change.paid, change.currency)
        let day = date(change.dueOn)
        switch (language, change.paid > 0) {
        case (.italian, false):
            return "Promessa di \(amount) per il \(day) non mantenuta. Richiamare: chiedere che "
                + "cosa è successo e cercare insieme una data o un piano sostenibile."
        case (.italian, true):
            return "Promessa di \(amount) per il \(day) mantenuta in parte: arrivati \(paid). "
                + "Richiamare: ringraziare, chiedere del resto e cercare insieme una data."
        case (.english, false):
            return "The promise of \(amount) for \(day) was not kept. Call back: ask what "
                + "happened, and look together for a date or a plan that is possible."
        case (.english, true):
            return "The promise of \(amount) for \(day) was kept in part: \(paid) came. Call "
                + "back: say thank you, ask about the rest, and look together for a date."
        }
    }

    func settled(_ change: PromiseChange) -> String {
        switch (language, change.is) {
        case (.italian, .kept): "il pagamento è arrivato in tempo"
        case (.italian, _): "la promessa è stata ritirata o sostituita"
        case (.english, .kept): "the payment came in time"
        case (.english, _): "the promise was withdrawn or replaced"
        }
    }

    var nothingOwed: String {
        switch language {
        case .italian: "non c'è più nulla da pagare"
        case .english: "nothing is owed any more"
        }
    }

    var notToBeCalled: String {
        switch language {
        case .italian: "il debitore non va più richiamato"
        case .english: "the debtor must not be called any more"
        }
    }

    func callback(dueOn day: String) -> String {
        switch language {
        case .italian: "Prossima azione prevista per il \(date(day))."
        case .english: "The next action was set for \(date(day))."
        }
    }

    func callback(agreedOn day: String) -> String {
        switch language {
        case .italian: "Richiamare, come concordato il \(date(day))."
        case .english: "Call back, as agreed on \(date(day))."
        }
    }

    func noReason(spokenOn day: String) -> String {
        switch language {
        case .italian:
            "Si è parlato il \(date(day)), ma nessun motivo del mancato pagamento è registrato: "
                + "ascoltare, e annotarlo."
        case .english:
            "Spoken to on \(date(day)), but no reason for non-payment is recorded: listen, and "
                + "note it down."
        }
    }

    func overdue(_ account: AccountLine) -> String {
        let amount = money(account.amount, account.currency)
        return switch language {
        case .italian:
            "\(amount) scaduti il \(date(account.day)): chiedere se la fattura è arrivata, e "
                + "offrire di rimandarla."
        case .english:
            "\(amount) fell due on \(date(account.day)): ask whether the invoice arrived, and "
                + "offer to send it again."
        }
    }

    private func money(_ amount: Int64, _ currency: String) -> String {
        Money.text(minorUnits: amount, currency: currency, language: language.numbers)
    }

    /// 22/11/2026 in Italian, 2026-11-22 in English.
    private func date(_ day: String) -> String {
        guard language == .italian else { return day }
        return day.split(separator: "-").reversed().joined(separator: "/")
    }
}
