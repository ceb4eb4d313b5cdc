/// How debtors are reached, how they take it, and how they pay. Ids are permanent.
extension DebtorPortfolio {
    /// The list `channel`.
    static let channelCodes: [CodeRow] = {
        let list = "channel"
        return [
            .init("channel-01", list: list, code: "phone", "telefono", "phone"),
            .init("channel-02", list: list, code: "sms", "SMS", "text message"),
            .init("channel-03", list: list, code: "email", "e-mail", "e-mail"),
            .init("channel-04", list: list, code: "pec", "PEC", "certified mail (PEC)"),
            .init("channel-05", list: list, code: "letter", "lettera", "letter"),
            .init(
                "channel-06", list: list, code: "registered_letter", "raccomandata",
                "registered letter"),
            .init("channel-07", list: list, code: "whatsapp", "WhatsApp", "WhatsApp"),
            .init(
                "channel-08", list: list, code: "ivr", "risponditore automatico",
                "interactive voice response"),
            .init("channel-09", list: list, code: "visit", "visita", "visit"),
            .init("channel-10", list: list, code: "branch_counter", "sportello", "branch counter"),
            .init("channel-11", list: list, code: "portal", "portale", "portal"),
        ]
    }()

    /// The list `emotion`.
    static let emotionCodes: [CodeRow] = {
        let list = "emotion"
        return [
            .init("emotion-01", list: list, code: "calm", "sereno", "calm"),
            .init("emotion-02", list: list, code: "worried", "preoccupato", "worried"),
            .init("emotion-03", list: list, code: "angry", "arrabbiato", "angry"),
            .init("emotion-04", list: list, code: "ashamed", "imbarazzato", "ashamed"),
            .init("emotion-05", list: list, code: "hostile", "ostile", "hostile"),
            .init("emotion-06", list: list, code: "grateful", "riconoscente", "grateful"),
            .init("emotion-07", list: list, code: "unknown", "non rilevato", "unknown"),
        ]
    }()

    /// The list `spoke_with`: who was on the line, or who promised.
    static let spokeWithCodes: [CodeRow] = {
        let list = "spoke_with"
        return [
            .init("spoke-01", list: list, code: "debtor", "debitore", "debtor"),
            .init("spoke-02", list: list, code: "co_debtor", "coobbligato", "co-debtor"),
            .init(
                "spoke-03", list: list, code: "relative", "coniuge o familiare",
                "spouse or relative"),
            .init("spoke-04", list: list, code: "third_party", "terzo", "third party"),
            .init("spoke-05", list: list, code: "employer", "datore di lavoro", "employer"),
            .init("spoke-06", list: list, code: "lawyer", "legale", "lawyer"),
            .init("spoke-07", list: list, code: "nobody", "nessuno", "nobody"),
        ]
    }()

    /// The list `payment_method`.
    static let paymentMethodCodes: [CodeRow] = {
        let list = "payment_method"
        return [
            .init("method-01", list: list, code: "cash", "contanti", "cash"),
            .init("method-02", list: list, code: "bank_transfer", "bonifico", "bank transfer"),
            .init("method-03", list: list, code: "postal_slip", "bollettino", "postal slip"),
            .init("method-04", list: list, code: "mav", "MAV", "MAV slip"),
            .init(
                "method-05", list: list, code: "sdd", "addebito diretto (SDD)", "direct debit (SDD)"
            ),
            .init("method-06", list: list, code: "card", "carta", "card"),
            .init("method-07", list: list, code: "pagopa", "avviso pagoPA", "pagoPA notice"),
            .init("method-08", list: list, code: "cheque", "assegno", "cheque"),
            .init("method-09", list: list, code: "other", "altro", "other"),
        ]
    }()
}
