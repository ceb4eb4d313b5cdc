/// How a debtor is reached and known. Nothing here refuses a row.
extension RowFields {
    /// ISO 3166, two letters; nil where the file says something else.
    mutating func country() -> String? {
        guard let text = text(.country)?.uppercased() else { return nil }
        if text == "ITALIA" || text == "ITALY" || text == "ITA" { return "IT" }
        guard text.utf8.count == 2 else { return nil }
        return text
    }

    /// The postal code; an Italian one has five digits, which a spreadsheet may have cut.
    mutating func postcode(country: String?) -> String? {
        guard let text = text(.cap) else { return nil }
        guard country == nil || country == "IT", (2...4).contains(text.utf8.count),
            text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return text }
        flag(.cap, .postcodePadded)
        return String(repeating: "0", count: 5 - text.utf8.count) + text
    }

    mutating func phones(country: String) -> [PhoneNumber] {
        var phones: [PhoneNumber] = []
        for column in [HandOverColumn.phone1, .phone2, .phone3] {
            guard let text = text(column), let phone = PhoneNumber(text, country: country) else {
                continue
            }
            if phone.e164 == nil { flag(column, .phone) }
            if phone.isThirdParty { flag(column, .thirdPartyPhone) }
            phones.append(phone)
        }
        return phones
    }

    /// Tax codes and bank account, each with what is wrong with it.
    mutating func identify(_ debtor: inout HandOverDebtor) {
        if let text = text(.partitaIVA) {
            debtor.partitaIVA = PartitaIVA.normalized(text)
            debtor.partitaIVAFault = PartitaIVA.fault(in: text)
            if debtor.partitaIVAFault != nil { flag(.partitaIVA, .partitaIVA) }
        }
        if let text = text(.codiceFiscale) { identify(&debtor, codiceFiscale: text) }
        if let text = text(.iban) {
            debtor.iban = IBAN.normalized(text)
            debtor.ibanFault = IBAN.fault(in: text)
            if debtor.ibanFault != nil { flag(.iban, .iban) }
        }
    }

    /// Firms have 11 digits as codice fiscale, mostly those of their partita IVA; a person has them
    /// only for a while, or because somebody typed the partita IVA into the wrong column.
    private mutating func identify(_ debtor: inout HandOverDebtor, codiceFiscale text: String) {
        let number = PartitaIVA.normalized(text)
        let isElevenDigits =
            number.utf8.count == 11 && number.utf8.allSatisfy { (48...57).contains($0) }
        guard isElevenDigits else {
            debtor.codiceFiscale = text.compacted
            debtor.codiceFiscaleFault = CodiceFiscale.fault(in: text)
            if debtor.codiceFiscaleFault != nil { flag(.codiceFiscale, .codiceFiscale) }
            return
        }
        debtor.codiceFiscale = number
        debtor.codiceFiscaleFault = PartitaIVA.fault(in: number)
        if debtor.codiceFiscaleFault != nil {
            flag(.codiceFiscale, .codiceFiscale)
        } else if debtor.kind == "natural" || debtor.kind == "sole_trader" {
            debtor.codiceFiscaleFault = .otherCode
            flag(.codiceFiscale, .partitaIVAInCodiceFiscale)
        }
        if debtor.partitaIVA == nil, PartitaIVA.fault(in: number) == nil {
            debtor.partitaIVA = number
            if debtor.kind == "company" { flag(.codiceFiscale, .partitaIVAInCodiceFiscale) }
        }
    }
}
