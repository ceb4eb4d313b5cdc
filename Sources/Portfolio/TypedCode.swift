/// A debtor's tax code or bank account as somebody typed it: what is kept, and what is wrong with
/// it.
package struct TypedCode: Equatable, Sendable {
    /// In upper case without spaces and signs, also if wrong.
    package let text: String
    /// What is wrong with it, nil if nothing: what the flag column beside it holds.
    package let fault: IdentifierFault?

    /// The columns of `debtor` that hold such codes; the flag's column is this with `_flag`.
    package static let columns = ["codice_fiscale", "partita_iva", "iban"]

    /// A codice fiscale.
    ///
    /// Firms have 11 digits, mostly those of their partita IVA. A person has them only for a while,
    /// or because somebody typed the partita IVA into the wrong place: that is an `otherCode`.
    ///
    /// - Parameter kind: the debtor's, a word of the column `kind`; nil if nobody knows.
    package init(codiceFiscale typed: String, kind: String?) {
        let number = PartitaIVA.normalized(typed)
        let isNumber =
            number.utf8.count == 11 && number.utf8.allSatisfy { (48...57).contains($0) }
        guard isNumber else {
            text = typed.compacted
            fault = CodiceFiscale.fault(in: typed)
            return
        }
        text = number
        let isPerson = kind == "natural" || kind == "sole_trader"
        fault = PartitaIVA.fault(in: number) ?? (isPerson ? .otherCode : nil)
    }

    /// A partita IVA.
    package init(partitaIVA typed: String) {
        text = PartitaIVA.normalized(typed)
        fault = PartitaIVA.fault(in: typed)
    }

    /// An IBAN.
    package init(iban typed: String) {
        text = IBAN.normalized(typed)
        fault = IBAN.fault(in: typed)
    }

    /// What was typed for a column of `debtor`; nil if that column holds no such code.
    package init?(_ typed: String, column: String, kind: String?) {
        switch column {
        case "codice_fiscale": self.init(codiceFiscale: typed, kind: kind)
        case "partita_iva": self.init(partitaIVA: typed)
        case "iban": self.init(iban: typed)
        default: return nil
        }
    }
}
