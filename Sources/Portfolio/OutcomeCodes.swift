/// What came of an attempt to reach the debtor. Ids are permanent: a new code takes the next
/// number.
extension DebtorPortfolio {
    /// The list `outcome`, in the words that dialler programs use.
    static let outcomeCodes: [CodeRow] = {
        let list = "outcome"
        return [
            .init("outcome-01", list: list, code: "RPC", "contatto utile", "right-party contact"),
            .init(
                "outcome-02", list: list, code: "TPC", "contatto con terzi", "third-party contact"),
            .init("outcome-03", list: list, code: "NA", "non risponde", "no answer"),
            .init("outcome-04", list: list, code: "BUSY", "occupato", "busy"),
            .init("outcome-05", list: list, code: "VM", "segreteria", "voicemail"),
            .init("outcome-06", list: list, code: "WRONG", "numero errato", "wrong number"),
            .init(
                "outcome-07", list: list, code: "DISC", "numero inesistente",
                "number disconnected"),
            .init("outcome-08", list: list, code: "CB", "richiamare", "callback agreed"),
            .init("outcome-09", list: list, code: "HUNG", "riaggancia", "hung up"),
            .init("outcome-10", list: list, code: "REF", "rifiuta di pagare", "refuses to pay"),
            .init("outcome-11", list: list, code: "PTP", "promessa di pagamento", "promise to pay"),
            .init(
                "outcome-12", list: list, code: "PLAN", "piano di rientro",
                "repayment plan agreed"),
            .init(
                "outcome-13", list: list, code: "PAID", "dice di avere già pagato",
                "says already paid"),
            .init("outcome-14", list: list, code: "DISP", "contestazione", "dispute raised"),
            .init("outcome-15", list: list, code: "COMPL", "reclamo", "complaint"),
            .init(
                "outcome-16", list: list, code: "HARD", "difficoltà economica",
                "hardship declared"),
            .init(
                "outcome-17", list: list, code: "LAW", "assistito da legale",
                "represented by a lawyer"),
            .init("outcome-18", list: list, code: "DEC", "deceduto", "deceased"),
            .init(
                "outcome-19", list: list, code: "INS", "procedura concorsuale",
                "insolvency procedure"),
            .init("outcome-20", list: list, code: "MOVED", "trasferito", "moved"),
            .init(
                "outcome-21", list: list, code: "LANG", "barriera linguistica", "language barrier"),
            .init(
                "outcome-22", list: list, code: "STOP", "richiesta di non contatto",
                "asks for no more contact"),
            .init("outcome-23", list: list, code: "VISIT_MET", "visita: incontrato", "visit: met"),
            .init(
                "outcome-24", list: list, code: "VISIT_ABSENT", "visita: assente", "visit: absent"),
            .init(
                "outcome-25", list: list, code: "VISIT_UNKNOWN_ADDR",
                "visita: indirizzo sconosciuto",
                "visit: address unknown"),
            .init("outcome-26", list: list, code: "DELIV", "consegnato", "delivered"),
            .init("outcome-27", list: list, code: "BOUNCE", "non recapitato", "bounced"),
            .init(
                "outcome-28", list: list, code: "RETURNED", "restituito al mittente",
                "returned to sender"),
            .init(
                "outcome-29", list: list, code: voidOutcome, "annullata: scritta per errore",
                "taken back: written by mistake"),
        ]
    }()
}
