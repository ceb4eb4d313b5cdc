/// Key figures, lists and their columns, in Italian.
extension Italian {
    func name(of measure: Measure.Name) -> String {
        switch measure {
        case .accounts: "Pratiche in gestione"
        case .contactRate: "Pratiche contattate"
        case .attempts: "Tentativi per pratica"
        case .rightPartyRate: "Contatti utili sui tentativi"
        case .rightPartyReach: "Pratiche con contatto utile"
        case .promiseRate: "Promesse per contatto utile"
        case .keptByNumber: "Promesse mantenute"
        case .keptByAmount: "Promesse mantenute, per importo"
        case .brokenRate: "Promesse non mantenute"
        case .recoveryRate: "Tasso di recupero"
        case .liquidation: "Pratiche definite"
        case .daysToFirstReason: "Giorni al primo motivo"
        case .reasonRecorded: "Motivo noto"
        case .collected: "Incassato"
        case .open: "Da incassare"
        case .lateFacts: "Fatti arrivati tardi"
        }
    }

    func definition(of measure: Measure.Name) -> String {
        switch measure {
        case .accounts: "pratiche affidate e non chiuse"
        case .contactRate: "pratiche con almeno un tentativo, su tutte quelle in carico"
        case .attempts: "tentativi in uscita per pratica in carico"
        case .rightPartyRate: "contatti con la persona giusta, sui tentativi in uscita"
        case .rightPartyReach: "pratiche con un contatto utile, su quelle in carico"
        case .promiseRate: "promesse, sui contatti utili"
        case .keptByNumber: "promesse mantenute, su quelle scadute: per numero"
        case .keptByAmount: "promesse mantenute, su quelle scadute: per importo"
        case .brokenRate: "promesse né mantenute né parziali, su quelle scadute"
        case .recoveryRate: "incassato netto nel periodo, sull’affidato"
        case .liquidation: "pratiche pagate o transatte, su tutte le affidate"
        case .daysToFirstReason: "media dall’affidamento al primo motivo registrato"
        case .reasonRecorded: "pratiche aperte con motivo, su quelle con cui si è parlato"
        case .collected: "incassi al netto degli storni"
        case .open: "saldo aperto"
        case .lateFacts: "fatti di giorni già chiusi, su tutti quelli arrivati"
        }
    }

    func meaning(of measure: Measure, _ currency: String) -> String {
        let some = numerals.count(measure.numerator)
        let all = numerals.count(measure.denominator)
        let time = period(measure.period)
        switch measure.name {
        case .recoveryRate:
            let collected = numerals.shortAmount(measure.numerator, currency)
            let placed = numerals.shortAmount(measure.denominator, currency)
            return "\(collected) incassati su \(placed) affidati\(time)"
        case .keptByNumber:
            let what = measure.denominator == 1 ? "scaduta" : "scadute"
            return "\(some) su \(all) \(what)\(time)"
        case .rightPartyReach:
            return "parlato con la persona giusta in \(some) su \(all) in carico\(time)"
        case .reasonRecorded:
            return "\(some) su \(all) con cui si è parlato\(time): senza motivo non c’è rimedio"
        default:
            return "\(some) su \(all)\(time)"
        }
    }

    private func period(_ period: Measure.Period) -> String {
        switch period {
        case .day: " in giornata"
        case .month: " nel mese"
        case .total: ""
        }
    }

    func noValue(of measure: Measure.Name) -> String {
        switch measure {
        case .keptByNumber, .keptByAmount, .brokenRate: "nessuna promessa è ancora scaduta"
        case .recoveryRate, .liquidation: "nulla è ancora affidato"
        case .rightPartyReach, .contactRate: "nessuna pratica in carico"
        case .rightPartyRate: "non si è cercato nessuno"
        case .reasonRecorded, .daysToFirstReason: "non si è ancora parlato con nessuno"
        default: "ancora nessun dato"
        }
    }

    var numbersAsTable: String { "I numeri in tabella" }

    func column(_ name: ColumnName) -> String {
        switch name {
        case .bucket: "Fascia"
        case .accounts: "Pratiche"
        case .items: "Partite"
        case .openAmount: "Aperto"
        case .share: "Quota"
        case .amount: "Importo"
        case .lot: "Lotto"
        case .placedOn: "Affidato il"
        case .placedAmount: "Affidato"
        case .month: "Mese"
        case .keptShare: "Quota mantenuta"
        case .reason: "Motivo"
        case .fault: "Da chi dipende"
        case .hour: "Ora"
        case .channel: "Canale"
        case .attempts: "Tentativi"
        case .rightParty: "Contatti utili"
        case .office: "Ufficio"
        case .portfolios: "Portafogli"
        case .lastSeen: "Ultima sincronizzazione"
        case .silence: "Silenzio"
        case .changeSets: "Pacchetti arrivati"
        case .unsent: "Da inviare"
        case .behind: "Da ricevere"
        case .provenCommit: "Ultimo commit provato"
        case .lateFacts: "Fatti tardivi"
        case .quarantined: "In quarantena"
        case .caseRef: "Pratica"
        case .state: "Ora"
        case .before: "Prima"
        case .dueOn: "Scadenza"
        case .promised: "Promesso"
        case .paid: "Pagato"
        case .lastPayment: "Ultimo pagamento"
        case .cause: "Perché"
        case .made: "Creati"
        case .cancelled: "Ritirati"
        case .fact: "Che cosa"
        case .days: "Giorni"
        case .facts: "Fatti"
        case .operator: "Operatore"
        case .promises: "Promesse"
        case .fellDue: "Scadute"
        case .kept: "Mantenute"
        case .reasonsRecorded: "Con motivo"
        case .adjusted: "Rettifiche"
        case .difference: "Differenza"
        case .measure: "Indicatore"
        case .today: "Giornata"
        case .thisMonth: "Mese"
        case .inAll: "In tutto"
        case .definition: "Definizione"
        case .collectedMonth: "Incassato nel mese"
        case .toLookAt: "Da vedere"
        }
    }

    func title(of list: ListName) -> String {
        switch list {
        case .promiseChanges: "Promesse che hanno cambiato stato"
        case .paidInFull: "Pratiche pagate per intero"
        case .newlyOverdue: "Partite appena scadute"
        case .tasks: "Lavoro per domani"
        case .late: "Fatti di giorni già chiusi"
        case .operators: "Operatori, dall’inizio del mese"
        case .totals: "Totali di controllo"
        case .measures: "Tutti gli indicatori"
        }
    }

    func note(on list: ListName) -> String {
        switch list {
        case .promiseChanges: "Per data valuta e tolleranza; prima quelle da richiamare."
        case .paidInFull: "Non resta nulla di aperto dall’ultima chiusura."
        case .newlyOverdue: "Qualcosa è scaduto dall’ultima chiusura: il primo contatto rende."
        case .tasks: "Attività che gli uffici ricevono con la prossima sincronizzazione."
        case .late: "Arrivati dopo la chiusura del loro giorno: contati oggi, con un segno."
        case .operators: "Da leggere accanto al portafoglio di ciascuno, non come classifica."
        case .totals:
            "Affidato = aperto + incassato + rettifiche; una differenza ferma la chiusura. Per "
                + "lotto di arrivo della pratica; quanto pagato oltre il saldo riduce l’aperto."
        case .measures: "Conservati per data e mai ricalcolati in silenzio."
        }
    }

    func name(of cause: TaskLine.Cause) -> String {
        switch cause {
        case .promiseBroken: "promessa non mantenuta"
        case .callbackDue: "richiamata in scadenza"
        case .noReason: "manca il motivo del mancato pagamento"
        case .newlyOverdue: "partita appena scaduta"
        case .settled: "non c’è più nulla da pagare"
        case .notToBeCalled: "non va più richiamato"
        }
    }

    func name(ofTable table: String) -> String {
        switch table {
        case "payment": "pagamenti"
        case "contact_attempt": "contatti"
        case "promise": "promesse"
        case "debt_item": "partite"
        default: table
        }
    }

    func moreRows(_ count: Int, file: String) -> String {
        count == 1
            ? "Un’altra riga è in \(file).csv."
            : "Altre \(numerals.count(Int64(count))) righe sono in \(file).csv."
    }

    var nothingChanged: String { "Nulla è cambiato dall’ultima chiusura." }
    var newPromise: String { "nuova" }
    var lateMark: String { "tardiva" }
    var centre: String { "centro" }
}
