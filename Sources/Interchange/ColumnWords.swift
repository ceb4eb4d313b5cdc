import Foundation

/// What the name of a column says of what it holds, in Italian, English and German.
///
/// A name is taken apart into words (`SettledDate`, `data_saldo`), without accents and in lower
/// case; a word of these lists that ends with `*` is the beginning of one.
struct ColumnWords {
    private let words: [String]
    private let whole: String

    init(_ name: String) {
        let plain = Self.plain(name)
        words = Self.words(of: plain).map { $0.lowercased() }
        whole = plain.lowercased().filter { !$0.isWhitespace && $0 != "." }
    }

    /// Whether it says on which side an amount stands.
    var namesSign: Bool {
        Self.signNames.contains(whole) || Self.signNames.contains(words.joined(separator: "/"))
            || has(Self.signs)
    }

    /// Whether it says that something was paid: a day, an amount, or yes and no.
    var namesPayment: Bool { has(Self.payments) && !has(Self.waysToPay) }

    /// Whether it says how something stands.
    var namesStatus: Bool { has(Self.states) }

    /// Whether it says that there is money in it.
    var namesMoney: Bool { has(Self.money) && !has(Self.parties) }

    /// Whether it names a date that decides nothing about what is owed.
    var namesHarmlessDate: Bool { has(Self.harmlessDates) }

    private func has(_ list: Set<String>) -> Bool {
        words.contains { word in
            list.contains(word) || word.indices.contains { list.contains(word[...$0] + "*") }
        }
    }

    /// Without accents, with ß as ss.
    private static func plain(_ text: String) -> String {
        let apart = text.replacing("ß", with: "ss").decomposedStringWithCanonicalMapping
        return String(
            String.UnicodeScalarView(
                apart.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }))
    }

    /// `SettledDate` and `SETTLED DATE` are two words.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var wasLower = false
        var isOpen = false
        for character in text {
            guard character.isLetter else {
                isOpen = false
                wasLower = false
                continue
            }
            if !isOpen || (character.isUppercase && wasLower) { words.append("") }
            words[words.count - 1].append(character)
            isOpen = true
            wasLower = character.isLowercase
        }
        return words
    }

    private static let signNames: Set<String> = [
        "d/a", "s/h", "dr/cr", "d/c", "h/s", "a/d", "cr/dr", "c/d", "+/-", "sh",
        "dare/avere", "soll/haben", "debit/credit",
    ]

    private static let signs: Set<String> = [
        "segno", "sign", "vorzeichen", "sollhaben", "dareavere", "sollhabenkennzeichen",
        "debitcredit", "drcr",
    ]

    private static let payments: Set<String> = [
        "paid", "payment*", "settle*", "clear", "cleared", "clearing", "received", "receipt*",
        "collected", "remitted", "repaid", "pagat*", "pagament*", "saldat*", "incass*", "riscoss*",
        "versat*", "versament*", "quietanz*", "regolat*", "regolament*", "estint*", "accont*",
        "bezahl*", "beglich*", "begleich*", "ausgleich*", "ausgeglich*", "zahlung*", "zahlbetrag",
        "zahldatum", "zahltag", "zahleingang", "geldeingang", "eingang*", "getilgt", "tilgung*",
        "valuta", "wertstellung",
    ]

    private static let waysToPay: Set<String> = [
        "method", "methods", "metodo", "modalita", "mezzo", "tipo", "terms", "term", "termini",
        "condizioni", "giorni", "art", "zahlungsart*", "zahlungsbeding*", "zahlungsweise",
        "zahlungsziel", "zahlungsmittel", "zahlungsform", "promised", "promessa", "code", "cod",
        "codice", "reference", "ref", "riferimento", "causale", "bank", "banca", "iban", "link",
        "url",
    ]

    private static let states: Set<String> = [
        "status", "state", "stato", "stati", "zustand", "situazione", "situation", "closed",
        "close", "chius*", "apert*", "open", "offen", "outcome", "esito", "erledigt", "storn*",
        "annull*", "cancel*", "void", "voided", "writeoff", "written", "stralci*", "disput*",
        "contest*", "reclam*", "streitig", "bestritten", "insolut*", "unpaid", "evas*", "recalled",
        "richiamat*", "abgeschlossen", "geschlossen",
    ]

    private static let money: Set<String> = [
        "importo", "importi", "amount*", "amt", "betrag*", "summe", "restbetrag", "residu*",
        "saldo", "saldi", "balance*", "scopert*", "esposizione", "dovut*", "due", "outstanding",
        "arrears", "totale", "totali", "total*", "gesamt*", "capitale", "sorte", "interess*",
        "interest*", "zins*", "mora", "spese", "spesa", "oneri", "onere", "fee", "fees", "charge*",
        "kosten", "mahngebuhr*", "gebuhr*", "debit", "debito", "debiti", "credit", "credito",
        "crediti", "dare", "avere", "soll", "haben", "abbuon*", "sconto", "discount*", "skonto",
        "rabatt", "anticip*", "rimbors*", "refund*", "gutschrift*", "forderung*", "hauptforderung",
        "rest", "offen*", "current", "older", "overdue", "scaduto", "valore", "value", "eur",
        "euro", "usd", "chf", "gbp",
    ]

    /// Who owes, and who is owed to, are no money.
    private static let parties: Set<String> = [
        "debitor*", "debtor*", "creditor*", "kreditor*", "date", "data", "datum", "days", "giorni",
        "tage", "code", "codice", "cod", "number", "numero", "nr", "num", "id", "nummer",
    ]

    private static let harmlessDates: Set<String> = [
        "nascita", "birth*", "geburt*", "emission*", "emess*", "issue*", "invoice*", "fattura*",
        "document*", "doc", "beleg*", "rechnung*", "scadenz*", "due", "fallig*", "creat*",
        "creazione", "upload*", "caricament*", "import*", "export*", "stampa*", "print*", "druck*",
        "estrazion*", "contratt*", "contract*", "vertrag*", "attivazion*", "activation", "inizio",
        "start", "begin", "fine", "end", "ende", "paperless*", "consegna", "delivery", "liefer*",
        "sollecit*", "reminder*", "mahn*", "affid*", "placement", "placed", "ubergabe", "recall*",
        "mandat*", "registrazion*", "posting", "buchung*", "aggiornament*", "update*", "letter*",
    ]
}
