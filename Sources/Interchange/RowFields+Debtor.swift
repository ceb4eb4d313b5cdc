import Portfolio

/// How a debtor is reached and known. Nothing here refuses a row.
extension RowFields {
    /// ISO 3166, two letters; nil where the file says something else.
    mutating func country() -> String? {
        guard let text = text(.country)?.uppercased() else { return nil }
        if text == "ITALIA" || text == "ITALY" || text == "ITA" { return "IT" }
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            return nil
        }
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
            let code = TypedCode(partitaIVA: text)
            (debtor.partitaIVA, debtor.partitaIVAFault) = (code.text, code.fault)
            if code.fault != nil { flag(.partitaIVA, .partitaIVA) }
        }
        if let text = text(.codiceFiscale) { identify(&debtor, codiceFiscale: text) }
        if let text = text(.iban) {
            let code = TypedCode(iban: text)
            (debtor.iban, debtor.ibanFault) = (code.text, code.fault)
            if code.fault != nil { flag(.iban, .iban) }
        }
    }

    private mutating func identify(_ debtor: inout HandOverDebtor, codiceFiscale text: String) {
        let code = TypedCode(codiceFiscale: text, kind: debtor.kind)
        (debtor.codiceFiscale, debtor.codiceFiscaleFault) = (code.text, code.fault)
        if let fault = code.fault {
            flag(
                .codiceFiscale, fault == .otherCode ? .partitaIVAInCodiceFiscale : .codiceFiscale)
        }
        if debtor.partitaIVA == nil, PartitaIVA.fault(in: code.text) == nil {
            debtor.partitaIVA = code.text
            if debtor.kind == "company" { flag(.codiceFiscale, .partitaIVAInCodiceFiscale) }
        }
    }
}
