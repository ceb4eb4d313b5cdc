/// The report in Italian, as a credit manager writes it.
struct Italian: Words {
    let tag = "it"
    let numerals = Numerals(language: .italian)
}

/// The page, its key figures, and what needs a person.
extension Italian {
    func scope(_ kind: PageScope.Kind) -> String {
        switch kind {
        case .firm: "Tutta l’azienda"
        case .branch: "Filiale"
        case .creditor: "Creditore"
        }
    }

    func closeOf(_ date: String) -> String { "Chiusura del \(numerals.date(date))" }

    func pageTitle(_ scope: PageScope, date: String) -> String {
        let name = scope.kind == .firm ? "" : " · \(scope.name)"
        return "\(closeOf(date)) · \(self.scope(scope.kind))\(name)"
    }

    func lead(_ page: DayPage, items: Int) -> String {
        var sentences: [String] = []
        if let today = page.measure(.collected, .day)?.numerator {
            let amount = numerals.amount(today, page.currency)
            if today > 0 {
                sentences.append("In giornata sono stati incassati \(amount).")
            } else if today == 0 {
                sentences.append("In giornata non ci sono stati incassi.")
            } else {
                sentences.append("In giornata gli storni hanno superato gli incassi: \(amount).")
            }
        }
        if let open = page.measure(.open)?.numerator {
            let amount = numerals.shortAmount(open, page.currency)
            let on = page.measure(.accounts).map {
                " su \(numerals.count($0.numerator, "pratica", "pratiche"))"
            }
            sentences.append("Restano da incassare \(amount)\(on ?? "").")
        }
        // A creditor is told how things are, not what the firm has to do.
        if page.scope.kind == .creditor { return sentences.joined(separator: " ") }
        switch items {
        case 0: sentences.append("Niente richiede una decisione.")
        case 1: sentences.append("Un punto richiede attenzione oggi.")
        default:
            sentences.append(
                "\(numerals.count(Int64(items), "", "punti")) richiedono attenzione oggi.")
        }
        return sentences.joined(separator: " ")
    }

    func since(_ previous: String?) -> String {
        previous.map { "Confronto con la chiusura del \(numerals.date($0))" }
            ?? "Prima chiusura, senza confronto"
    }

    func upTo(commit: Int64, currency: String) -> String {
        "dati fino al commit \(numerals.count(commit)) · importi in \(currency)"
    }

    func alsoIn(_ currencies: [String]) -> String {
        "anche in \(currencies.joined(separator: ", ")), solo nelle tabelle"
    }

    func title(of section: SectionName) -> String {
        switch section {
        case .figures: "I numeri della giornata"
        case .attention: "Che cosa richiede attenzione oggi"
        case .charts: "Come sta andando"
        case .changes: "Che cosa è cambiato"
        case .details: "In dettaglio"
        case .pages: "Filiali e creditori"
        }
    }

    func filesOf(_ page: String) -> String { "\(page), gli stessi dati per il foglio di calcolo:" }

    var skipToFigures: String { "Vai ai numeri" }

    var footer: String {
        "Questa pagina è completa in sé: non carica nulla dalla rete. Le pratiche sono indicate"
            + " con il solo riferimento."
    }

    func collectedLabel(isToday: Bool) -> String {
        isToday ? "Incassato in giornata" : "Incassato nel mese"
    }

    func collectedMeaning(amount: Int64, month: Int64?, currency: String) -> String {
        guard let month else { return "\(numerals.amount(amount, currency)) al netto degli storni" }
        return "\(numerals.amount(month, currency)) dall’inizio del mese, al netto degli storni"
    }

    func openMeaning(amount: Int64, accounts: Int64?, currency: String) -> String {
        let exact = numerals.amount(amount, currency)
        guard let accounts else { return exact }
        return "\(exact) su \(numerals.count(accounts, "pratica aperta", "pratiche aperte"))"
    }

    func attention(_ item: Attention) -> Insight {
        switch item {
        case .totals(let lines): return totals(lines)
        case .review(let line): return review(line)
        case .lateOffices(let offices):
            let names = offices.prefix(3).map(\.name).joined(separator: ", ")
            let rest = andOthers(offices.count - 3)
            return Insight(
                offices.count == 1 ? "ufficio in ritardo" : "uffici in ritardo",
                "\(names)\(rest): telefonare e far sincronizzare prima di leggere i loro numeri.")
        case .unsent(let changeSets, let offices):
            let what =
                changeSets == 1
                ? "pacchetto di modifiche non ancora arrivato"
                : "pacchetti di modifiche non ancora arrivati"
            let whose = offices == 1 ? "di un ufficio" : "di \(numerals.count(offices)) uffici"
            return Insight(
                "\(what), \(whose)",
                "Il lavoro è al sicuro presso l’ufficio; entra nella prossima chiusura.")
        case .broken(let count, let sums):
            let amounts = sums.map { numerals.amount($0.amount, $0.currency) }
            return Insight(
                count == 1
                    ? "promessa non mantenuta dall’ultima chiusura"
                    : "promesse non mantenute dall’ultima chiusura",
                "Promessi \(amounts.joined(separator: " e ")): richiamare oggi, finché la"
                    + " promessa è fresca.")
        case .lateFacts(let count, let firstDay):
            return Insight(
                count == 1
                    ? "fatto arrivato per un giorno già chiuso"
                    : "fatti arrivati per giorni già chiusi",
                "Il più lontano è del \(numerals.date(firstDay)). Le chiusure passate restano come"
                    + " erano; qui i fatti sono contati e segnati.")
        }
    }

    private func andOthers(_ count: Int) -> String {
        count < 1 ? "" : count == 1 ? " e un altro" : " e altri \(count)"
    }

    private func totals(_ lines: [ControlLine]) -> Insight {
        let shown = lines.prefix(3).map { line in
            let lot =
                line.reference ?? (line.lot.isEmpty ? "\(line.creditor), \(noLot)" : line.lot)
            return "\(lot): \(numerals.amount(line.difference, line.currency))"
        }
        let rest = andOthers(lines.count - 3)
        return Insight(
            lines.count == 1
                ? "totale di controllo non quadra" : "totali di controllo non quadrano",
            "La chiusura è ferma. Differenze: \(shown.joined(separator: "; "))\(rest).")
    }

    private func review(_ line: ReviewLine) -> Insight {
        let (what, action) = said(of: line.kind, one: line.count == 1)
        let new =
            switch line.new {
            case 0: "Nessuna nuova segnalazione"
            case 1: "1 nuova segnalazione"
            default: "\(numerals.count(line.new)) nuove segnalazioni"
            }
        return Insight(what, "\(action) \(new), la più vecchia del \(numerals.date(line.oldest)).")
    }

    private func said(of kind: ReviewKind, one: Bool) -> (what: String, action: String) {
        switch kind {
        case .conflict:
            (
                one ? "campo con due valori" : "campi con due valori",
                "Due persone hanno scritto senza vedersi: scegliere quale valore vale."
            )
        case .quarantine:
            (
                one ? "riga in quarantena" : "righe in quarantena",
                "Il centro le ha rifiutate: farle correggere dall’ufficio o scartarle."
            )
        case .duplicate:
            (
                one ? "possibile pagamento doppio" : "possibili pagamenti doppi",
                "Verificare sull’estratto conto e stornare solo quello registrato due volte."
            )
        case .overpaid:
            (
                one ? "pratica pagata oltre il saldo" : "pratiche pagate oltre il saldo",
                "Verificare l’abbinamento, poi rimborsare o compensare l’eccedenza."
            )
        case .paymentOnClosed:
            (
                one ? "pagamento su pratica chiusa" : "pagamenti su pratiche chiuse",
                "Riaprire la pratica o spostare l’incasso su quella giusta."
            )
        case .promiseOnClosed:
            (
                one ? "promessa su pratica chiusa" : "promesse su pratiche chiuse",
                "Riaprire la pratica o annullare la promessa."
            )
        case .namesNothing:
            (
                one ? "riga che non indica nulla" : "righe che non indicano nulla",
                "Stornano o correggono ciò che non c’è, e non contano nulla."
            )
        case .noDay:
            (
                one ? "pratica con righe senza giorno" : "pratiche con righe senza giorno",
                "La data deve ancora venire o manca: non sono in nessuna chiusura."
            )
        case .wrongClock:
            (
                one
                    ? "pratica scritta con l’orologio sbagliato"
                    : "pratiche scritte con l’orologio sbagliato",
                "Regolare l’orologio della macchina e verificare le date."
            )
        case .setAside:
            (
                one ? "pratica fuori da ogni cifra" : "pratiche fuori da ogni cifra",
                "Più righe o più importi di quanto sia possibile: sono messe da parte."
            )
        }
    }

    func totalsAgree(_ lots: Int) -> String {
        lots == 1
            ? "Il totale di controllo quadra al centesimo"
            : "I \(numerals.count(Int64(lots))) totali di controllo quadrano al centesimo"
    }

    var totalsRule: String { "Affidato = aperto + incassato + rettifiche, per creditore e lotto." }
    var nothingPending: String { "Oggi niente richiede una decisione." }
    var howToSettle: String { "Le segnalazioni si vedono e si risolvono con" }
}
