/// Why a debtor has not paid: the tree of which every contact should name a leaf.
extension DebtorPortfolio {
    /// The list `reason`, with whose doing each is and what it says of the debtor. Ids are
    /// permanent.
    static let reasonCodes: [CodeRow] = [
        reason(
            1, "invoice_not_received", "fattura non ricevuta", "invoice not received",
            group: "unaware", fault: .creditor, capability: .unaware),
        reason(
            2, "forgot_due_date", "dimenticanza", "forgot the due date",
            group: "unaware", fault: .debtor, capability: .unaware),
        reason(
            3, "wrong_address", "indirizzo errato", "wrong address",
            group: "unaware", fault: .neither, capability: .unaware),
        reason(
            4, "sent_to_wrong_office", "inviata all'ufficio sbagliato", "sent to the wrong office",
            group: "unaware", fault: .creditor, capability: .unaware),
        reason(
            5, "billing_error", "errore di fatturazione", "billing error",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            6, "price_or_consumption_dispute", "prezzo o consumi contestati",
            "price or consumption disputed",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            7, "service_failure", "disservizio", "service failure",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            8, "goods_not_delivered", "merce non consegnata", "goods not delivered",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            9, "contract_not_recognised", "contratto non riconosciuto", "contract not recognised",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            10, "cancelled_contract", "contratto disdetto", "contract cancelled",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            11, "credit_note_missing", "nota di credito mancante", "credit note missing",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            12, "payment_not_registered", "già pagato, non registrato",
            "paid already, not registered",
            group: "creditor_fault", fault: .creditor, capability: .disputes),
        reason(
            13, "bank_rejected", "addebito respinto dalla banca", "rejected by the bank",
            group: "payment_method", fault: .neither, capability: .unaware),
        reason(
            14, "mandate_revoked", "mandato di addebito revocato", "debit mandate revoked",
            group: "payment_method", fault: .debtor, capability: .unaware),
        reason(
            15, "card_expired", "carta scaduta", "card expired",
            group: "payment_method", fault: .debtor, capability: .unaware),
        reason(
            16, "cannot_use_channel", "non riesce a usare il canale", "cannot use the channel",
            group: "payment_method", fault: .neither, capability: .unable),
        reason(
            17, "income_loss", "perdita di reddito", "loss of income",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            18, "business_downturn", "calo dell'attività", "business downturn",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            19, "waiting_for_own_customers", "attende i propri clienti",
            "waits for own customers to pay",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            20, "cost_increase", "aumento dei costi", "costs have risen",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            21, "credit_denied", "credito negato", "credit denied",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            22, "tax_burden", "carico fiscale", "tax burden",
            group: "liquidity", fault: .neither, capability: .unable),
        reason(
            23, "over_indebtedness", "sovraindebitamento", "over-indebtedness",
            group: "liquidity", fault: .debtor, capability: .unable),
        reason(
            24, "illness", "malattia", "illness",
            group: "personal", fault: .neither, capability: .unable),
        reason(
            25, "bereavement", "lutto", "bereavement",
            group: "personal", fault: .neither, capability: .unable),
        reason(
            26, "separation", "separazione", "separation",
            group: "personal", fault: .neither, capability: .unable),
        reason(
            27, "care_duties", "assistenza a familiari", "care duties",
            group: "personal", fault: .neither, capability: .unable),
        reason(
            28, "vulnerability", "fragilità", "vulnerability",
            group: "personal", fault: .neither, capability: .unable),
        reason(
            29, "strategic_delay", "ritardo strategico", "delays on purpose",
            group: "unwilling", fault: .debtor, capability: .unwilling),
        reason(
            30, "refuses_without_reason", "rifiuta senza motivo", "refuses without a reason",
            group: "unwilling", fault: .debtor, capability: .unwilling),
        reason(
            31, "insolvency", "procedura concorsuale", "insolvency",
            group: "legal", fault: .debtor, capability: .unable),
        reason(
            32, "deceased", "deceduto", "deceased",
            group: "legal", fault: .neither, capability: .unable),
        reason(
            33, "identity_theft", "furto d'identità", "identity theft",
            group: "legal", fault: .neither, capability: .disputes),
        reason(
            34, "limitation_claimed", "prescrizione eccepita", "limitation claimed",
            group: "legal", fault: .neither, capability: .disputes),
        reason(
            35, "not_the_debtor", "non è il debitore", "not the debtor",
            group: "legal", fault: .neither, capability: .disputes),
        reason(
            36, "unknown", "motivo sconosciuto", "unknown",
            group: "unknown"),
    ]

    private static func reason(
        _ number: Int, _ code: String, _ labelIT: String, _ labelEN: String, group: String,
        fault: CodeRow.Fault? = nil, capability: CodeRow.Capability? = nil
    ) -> CodeRow {
        .init(
            number < 10 ? "reason-0\(number)" : "reason-\(number)", list: "reason", code: code,
            labelIT, labelEN, group: group, fault: fault, capability: capability)
    }
}
