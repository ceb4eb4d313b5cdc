/// What accounts, their items and their tasks can be. Ids are permanent.
extension DebtorPortfolio {
    /// The list `item_kind`.
    static let itemKindCodes: [CodeRow] = {
        let list = "item_kind"
        return [
            .init("item-01", list: list, code: "invoice", "fattura", "invoice"),
            .init("item-02", list: list, code: "bill", "bolletta", "bill"),
            .init("item-03", list: list, code: "instalment", "rata", "instalment"),
            .init("item-04", list: list, code: "credit_note", "nota di credito", "credit note"),
            .init("item-05", list: list, code: "debit_note", "nota di debito", "debit note"),
            .init("item-06", list: list, code: "returned_debit", "insoluto", "returned debit"),
            .init("item-07", list: list, code: "fee", "spese", "fee"),
            .init("item-08", list: list, code: "interest", "interessi", "interest"),
            .init("item-09", list: list, code: "legal_cost", "spese legali", "legal cost"),
            .init("item-10", list: list, code: "other", "altro", "other"),
        ]
    }()

    /// The list `task_kind`.
    static let taskKindCodes: [CodeRow] = {
        let list = "task_kind"
        return [
            .init("task-01", list: list, code: "callback", "richiamata", "callback"),
            .init(
                "task-02", list: list, code: "reminder_call", "telefonata di promemoria",
                "reminder call"),
            .init(
                "task-03", list: list, code: "resend_invoice", "rinviare la fattura",
                "send the invoice again"),
            .init("task-04", list: list, code: "letter", "lettera", "letter"),
            .init("task-05", list: list, code: "visit", "visita", "visit"),
            .init("task-06", list: list, code: "check", "verifica", "check"),
            .init(
                "task-07", list: list, code: "ask_creditor", "chiedere al creditore",
                "ask the creditor"),
            .init("task-08", list: list, code: "review", "riesame", "review"),
            .init("task-09", list: list, code: "other", "altro", "other"),
        ]
    }()

    /// The list `account_status`. `closed_…` accounts are worked no more.
    static let accountStatusCodes: [CodeRow] = {
        let list = "account_status"
        return [
            .init("status-01", list: list, code: "placed", "affidata", "placed"),
            .init("status-02", list: list, code: "in_work", "in lavorazione", "in work"),
            .init("status-03", list: list, code: "promised", "promessa", "promised"),
            .init("status-04", list: list, code: "on_plan", "piano di rientro", "on a plan"),
            .init("status-05", list: list, code: "disputed", "contestata", "disputed"),
            .init("status-06", list: list, code: "suspended", "sospesa", "suspended"),
            .init("status-07", list: list, code: "formal", "messa in mora", "formal notice"),
            .init("status-08", list: list, code: "legal", "al legale", "legal"),
            .init("status-09", list: list, code: "closed_paid", "chiusa: pagata", "closed: paid"),
            .init(
                "status-10", list: list, code: "closed_settled", "chiusa: transazione",
                "closed: settled"),
            .init(
                "status-11", list: list, code: "closed_partial", "chiusa: pagata in parte",
                "closed: paid in part"),
            .init(
                "status-12", list: list, code: "closed_uncollectable", "chiusa: inesigibile",
                "closed: uncollectable"),
            .init(
                "status-13", list: list, code: "closed_uneconomic", "chiusa: antieconomica",
                "closed: uneconomic"),
            .init(
                "status-14", list: list, code: "closed_recalled", "chiusa: richiamata",
                "closed: recalled"),
            .init("status-15", list: list, code: "closed_error", "chiusa: errore", "closed: error"),
            .init("status-16", list: list, code: "reopened", "riaperta", "reopened"),
        ]
    }()
}
