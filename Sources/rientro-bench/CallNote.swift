/// What operators write after a call: sentences about what was heard, as they are in the trade,
/// with names, amounts and days put in. About 120 characters.
enum CallNote {
    static func text(_ chance: inout Chance) -> String {
        var text = ""
        // Sentences until it is long enough: 120 on average, and never half a sentence.
        while text.utf8.count < 76 {
            if !text.isEmpty { text += " " }
            text += sentence(&chance)
        }
        return text
    }

    private static func sentence(_ chance: inout Chance) -> String {
        let who = chance.pick(people)
        let day = chance.pick(days)
        let amount = 10 * (2 + chance.below(60))
        switch chance.below(12) {
        case 0: return "Risponde \(who), chiede di richiamare \(day) dopo le \(hour(&chance))."
        case 1: return "Non ha ricevuto la fattura di \(chance.pick(months)), va rispedita."
        case 2: return "Ha perso il lavoro a \(chance.pick(months)), può dare \(amount) euro."
        case 3: return "Contesta la lettura del contatore, manda la foto \(day)."
        case 4: return "Propone \(amount) euro \(day) e il resto a fine mese."
        case 5: return "Numero non attivo, provato anche il cellulare di \(who)."
        case 6: return "Era in ospedale, si scusa, paga \(day) alla posta."
        case 7: return "Parla \(who): il titolare è fuori fino a \(day)."
        case 8: return "Chiede una copia del contratto per posta elettronica prima di \(day)."
        case 9: return "Aspetta la pensione, versa \(amount) euro \(day)."
        case 10: return "Molto preoccupata per lo stacco, spiegato il piano da \(amount) euro."
        default: return "Segreteria telefonica, lasciato messaggio senza dati personali."
        }
    }

    private static func hour(_ chance: inout Chance) -> Int { 9 + chance.below(10) }

    private static let people = [
        "la signora", "il figlio", "la moglie", "il marito", "la madre", "il padre", "la nipote",
        "l'amministratore", "la segretaria", "il socio", "la sorella", "un collega",
    ]
    private static let days = [
        "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato mattina", "domani",
        "dopodomani", "la settimana prossima", "il 5", "il 10", "il 27",
    ]
    private static let months = [
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre", "novembre", "dicembre",
    ]
}
