/// What the charts say, in Italian.
extension Italian {
    func title(of figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Anzianità dello scaduto"
        case .recovery: "Tasso di recupero per lotto"
        case .promises: "Promesse mantenute"
        case .reasons: "Motivi del mancato pagamento"
        case .contacts: "Contatti per ora e canale"
        case .offices: "Sincronizzazione degli uffici"
        }
    }

    func note(on figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Saldo aperto per giorni di ritardo della partita, con la quota sul totale."
        case .recovery:
            "Incassato netto in percentuale dell’affidato, cumulato per mese dall’affidamento."
        case .promises:
            "Numero di promesse per mese di scadenza; sopra, la quota mantenuta di quelle scadute."
        case .reasons: "Pratiche aperte per ultimo motivo registrato, con la quota sul totale."
        case .contacts: "Tentativi in uscita dall’inizio del mese; più il colore è forte, più sono."
        case .offices: "Tempo dall’ultima sincronizzazione alla fine della giornata chiusa."
        }
    }

    func nothing(in figure: Figure.Name) -> String {
        switch figure {
        case .ageing: "Non c’è nulla di aperto."
        case .recovery: "Non è stato ancora affidato nulla."
        case .promises: "Non è stata ancora raccolta alcuna promessa."
        case .reasons: "Non ci sono pratiche aperte."
        case .contacts: "Dall’inizio del mese non è stato registrato alcun tentativo di contatto."
        case .offices: "Nessun ufficio è ancora collegato."
        }
    }

    func insight(_ finding: AgeingChart.Finding) -> Insight {
        let total = numerals.shortAmount(finding.total, finding.currency)
        let largest = the(finding.largestAmount, finding.total)
        let place =
            finding.largest == .notDue ? "non è ancora scaduta" : "è nella fascia \(days(finding))"
        let meaning = "Sono aperti \(total). La quota maggiore, \(largest), \(place)."
        switch finding.advice {
        case .decide:
            let old = theFirst(finding.old, finding.total)
            return Insight(
                "\(meaning) \(old) è scaduto da più di 180 giorni.",
                "Decidere pratica per pratica: saldo e stralcio, messa in mora o inesigibilità.")
        case .call:
            let young = theFirst(finding.young, finding.total)
            return Insight(
                "\(meaning) \(young) è scaduto da non più di 60 giorni.",
                "È credito giovane: telefonare adesso, è quando rende di più.")
        case .hold:
            let old =
                finding.old == 0
                ? "Nulla è oltre i 180 giorni."
                : "Oltre i 180 giorni c’è \(the(finding.old, finding.total))."
            return Insight(
                "\(meaning) \(old)",
                "Lavorare per prime le fasce da 61 a 180 giorni, prima che invecchino.")
        }
    }

    private func days(_ finding: AgeingChart.Finding) -> String {
        name(of: finding.largest).lowercased().replacing(" gg", with: " giorni")
    }

    func insight(_ finding: RecoveryChart.Finding) -> Insight {
        let start =
            "Il lotto più recente, \(finding.youngest), è " + at(finding.soFar, finding.placed)
        guard let older = finding.older, let ahead = finding.tenthsAhead else {
            return Insight(
                finding.month == 0
                    ? "\(start) nel mese dell’affidamento; è presto per confrontarlo con altri."
                    : "\(start); non ci sono lotti precedenti con abbastanza pratiche "
                        + "per un confronto."
            )
        }
        let months = finding.month == 1 ? "1 mese" : "\(finding.month) mesi"
        let rate = at(finding.collected, finding.placed)
        let before = at(older.collected, older.placed)
        let lots = older.lots == 1 ? "il lotto precedente" : "i \(older.lots) lotti precedenti"
        let compared =
            "\(start). A \(months) dall’affidamento era \(rate); alla stessa età \(lots) "
            + (older.lots == 1 ? "era" : "erano")
        if ahead <= -RecoveryChart.tenthsThatMatter {
            return Insight(
                "\(compared) \(before): va più piano.",
                "Anticipare i primi contatti del lotto e verificare recapiti e motivi.")
        }
        if ahead >= RecoveryChart.tenthsThatMatter {
            return Insight(
                "\(compared) \(before): va meglio.",
                "Capire che cosa è cambiato e ripeterlo sui lotti più vecchi.")
        }
        return Insight(
            "\(compared) \(before): l’andamento è lo stesso.",
            "Continuare con lo stesso ritmo di contatti.")
    }

    func youngestLotsDrawn(_ drawn: Int, of all: Int) -> String {
        "Il grafico mostra i \(drawn) lotti più recenti di \(all); la tabella li ha tutti."
    }

    func insight(_ finding: PromiseChart.Finding) -> Insight {
        let month = numerals.month(finding.month)
        let kept = share(finding.kept, finding.due)
        let fell =
            finding.due == 1
            ? "L’unica promessa scaduta in \(month) \(finding.kept == 1 ? "" : "non ")è stata"
                + " mantenuta"
            : "Delle \(numerals.count(finding.due)) promesse scadute in \(month)"
                + " \(verb(finding.kept)) (\(kept))"
        var meaning = fell
        if let before = finding.before {
            meaning += "; nei mesi precedenti \(the(before.kept, before.due))"
        }
        meaning += "."
        let partly =
            finding.partlyKept == 0
            ? "" : ", poi \(partlyCalled(finding.partlyKept)) per la differenza"
        guard finding.broken > 0 else {
            let open =
                finding.open == 0
                ? nil
                : "Ricordare la scadenza alle \(numerals.count(finding.open)) ancora aperte."
            return Insight(
                meaning,
                finding.partlyKept > 0
                    ? "Richiamare \(partlyCalled(finding.partlyKept)) per la differenza." : open)
        }
        let amount = numerals.amount(finding.brokenAmount, finding.currency)
        let whom =
            finding.broken == 1
            ? "quella non mantenuta" : "le \(numerals.count(finding.broken)) non mantenute"
        return Insight(meaning, "Richiamare prima \(whom) (\(amount))\(partly).")
    }

    private func verb(_ kept: Int64) -> String {
        switch kept {
        case 0: "non ne è stata mantenuta nessuna"
        case 1: "ne è stata mantenuta una"
        default: "ne sono state mantenute \(numerals.count(kept))"
        }
    }

    private func partlyCalled(_ count: Int64) -> String {
        count == 1 ? "quella parziale" : "le \(numerals.count(count)) parziali"
    }

    func onlyOpenPromises(_ count: Int64) -> Insight {
        Insight(
            count == 1
                ? "C’è una promessa aperta; nessuna è ancora scaduta."
                : "Ci sono \(numerals.count(count)) promesse aperte; nessuna è ancora scaduta.",
            "Ricordare la scadenza qualche giorno prima.")
    }

    func insight(_ finding: ReasonChart.Finding) -> Insight {
        let unknown = the(finding.withoutReason, finding.accounts)
        guard let most = finding.most else {
            return Insight(
                "Di nessuna delle pratiche aperte è registrato un motivo.",
                "Chiedere il perché a ogni contatto: senza motivo non c’è passo successivo.")
        }
        var meaning =
            "Il motivo più frequente è «\(label(most))»: "
            + "\(share(most.accounts, finding.accounts)) delle pratiche aperte."
        if finding.creditorFault > 0 {
            meaning += " Per \(the(finding.creditorFault, finding.accounts)) dipende dal"
            meaning += " creditore."
        }
        if finding.withoutReason > 0 { meaning += " Per \(unknown) il motivo manca." }
        guard finding.accounts >= ReasonChart.accountsThatTell else { return Insight(meaning) }
        if finding.withoutReason >= finding.accounts / 3 + (finding.accounts % 3 == 0 ? 0 : 1) {
            return Insight(meaning, "Registrare il motivo al prossimo contatto utile.")
        }
        if finding.creditorFault > 0 {
            let count = numerals.count(finding.creditorFault, "pratica", "pratiche")
            return Insight(
                meaning, "Far correggere dal creditore \(count) prima di sollecitare ancora.")
        }
        return Insight(meaning, "Proporre il passo che corrisponde al motivo più frequente.")
    }

    func insight(_ finding: OfficeChart.Finding) -> Insight {
        let all = numerals.count(finding.offices, "ufficio", "uffici")
        var meaning: String
        if finding.late.isEmpty {
            meaning =
                finding.offices == 1
                ? "L’ufficio ha sincronizzato in tempo."
                : "Tutti e \(numerals.count(finding.offices)) gli uffici hanno sincronizzato in"
                    + " tempo."
        } else {
            let late = numerals.count(Int64(finding.late.count))
            meaning =
                finding.late.count == 1
                ? "1 di \(all) è in ritardo" : "\(late) di \(all) sono in ritardo"
            if let worst = finding.late.first {
                let since = worst.hoursSilent.map { "tace da \(numerals.silence($0))" }
                meaning += ": \(worst.name) \(since ?? "non si è mai collegato")."
            }
        }
        if finding.unsent > 0 {
            let sets = numerals.count(finding.unsent, "pacchetto", "pacchetti")
            meaning += " \(sets) di modifiche \(finding.unsent == 1 ? "deve" : "devono") ancora"
            meaning += " arrivare."
        }
        if finding.quarantined > 0 {
            meaning += " In quarantena \(numerals.count(finding.quarantined, "riga", "righe"))."
        }
        if !finding.late.isEmpty {
            return Insight(
                meaning,
                finding.late.count == 1
                    ? "Telefonare all’ufficio e far sincronizzare oggi."
                    : "Telefonare agli uffici in ritardo, dal primo in alto.")
        }
        return Insight(
            meaning, finding.quarantined > 0 ? "Risolvere le righe in quarantena." : nil)
    }

    func worstOfficesDrawn(_ drawn: Int, of all: Int) -> String {
        "Il grafico mostra \(drawn) uffici di \(all), quelli che tacciono da più tempo."
    }

    func name(of bucket: AgeingBucket) -> String {
        switch bucket {
        case .notDue: "Non scaduto"
        case .upTo30: "1–30 gg"
        case .upTo60: "31–60 gg"
        case .upTo90: "61–90 gg"
        case .upTo120: "91–120 gg"
        case .upTo180: "121–180 gg"
        case .upTo360: "181–360 gg"
        case .older: "Oltre 360 gg"
        }
    }

    func name(of state: PromiseState) -> String {
        switch state {
        case .open: "aperta"
        case .kept: "mantenuta"
        case .partlyKept: "parziale"
        case .broken: "non mantenuta"
        case .cancelled: "annullata"
        case .superseded: "sostituita"
        }
    }

    func name(of fault: ReasonChart.Fault) -> String {
        switch fault {
        case .creditor: "dipende dal creditore"
        case .debtor: "dipende dal debitore"
        case .neither: "da nessuno dei due"
        case .unknown: "non noto"
        }
    }

    func label(_ line: ReasonLine) -> String { line.labelIT.isEmpty ? line.code : line.labelIT }
    func label(_ line: ContactLine) -> String {
        line.labelIT.isEmpty ? line.channel : line.labelIT
    }

    func otherReasons(_ count: Int64) -> String {
        count == 1 ? "un altro motivo" : "altri \(numerals.count(count)) motivi"
    }

    var noReason: String { "nessun motivo registrato" }
    var noLot: String { "senza lotto" }
    var monthsSincePlacement: String { "mesi dall’affidamento" }
    func columnOfMonth(_ month: Int) -> String { "mese \(month)" }
    func hours(_ hour: Int64) -> String { "\(hour)–\(hour.clampedAdding(1))" }
    var rightPartyPercent: String { "contatti utili ogni 100 tentativi" }
    var rightPartyPercentLines: [String] { ["contatti utili", "ogni 100 tentativi"] }
    var neverSeen: String { "mai" }
    var badgeLate: String { "in ritardo" }
    func badgeUnsent(_ count: Int64) -> String { "\(numerals.count(count)) da inviare" }
    func badgeQuarantined(_ count: Int64) -> String { "\(numerals.count(count)) in quarantena" }
    func silenceLimit(_ hours: Int64) -> String { "limite: \(numerals.silence(hours))" }
}
