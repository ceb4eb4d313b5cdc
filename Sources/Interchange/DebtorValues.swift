import Portfolio
import RientroProtocol

/// A file's debtor and item as columns of the debtor portfolio.
extension HandOverDebtor {
    /// The columns of `debtor` that the file says something of, as registers: what is written
    /// together stands together.
    var registers: [[String: Value]] {
        var all: [[String: Value]] = [
            ["kind": .text(kind)],
            columns(("surname", surname), ("given_name", givenName), ("company_name", companyName)),
            columns(("birth_date", birthDate), ("birth_place", birthPlace)),
            columns(
                ("street", street), ("postcode", postcode), ("city", city),
                ("province", province), ("country", country)),
        ]
        all += code("codice_fiscale", codiceFiscale, fault: codiceFiscaleFault)
        all += code("partita_iva", partitaIVA, fault: partitaIVAFault)
        all += code("iban", iban, fault: ibanFault)
        return all.filter { register in register.values.contains { $0 != .null } }
    }

    /// All of them in one, for a new row.
    var row: [String: Value] {
        registers.reduce(into: [:]) { row, register in
            row.merge(register) { _, later in later }
        }
    }

    /// A code and what is wrong with it: registers of their own, written together.
    private func code(
        _ name: String, _ text: String?, fault: IdentifierFault?
    ) -> [[String: Value]] {
        guard let text else { return [] }
        return [[name: .text(text), name + "_flag": fault.map { .text($0.rawValue) } ?? .null]]
    }

    private func columns(_ pairs: (String, String?)...) -> [String: Value] {
        Dictionary(
            pairs.map { ($0, $1.map { .text($0) } ?? .null) },
            uniquingKeysWith: { first, _ in first })
    }
}

extension HandOverItem {
    /// The columns of a new `debt_item` of an account.
    func row(account: String, lot: String) -> [String: Value] {
        [
            "account_id": .text(account), "item_ref": .text(itemRef), "kind": .text(kind),
            "doc_number": .optional(docNumber), "doc_date": .optional(docDate),
            "due_on": .text(dueOn), "currency": .text(currency),
            "original_amount": .optional(originalAmount), "open_amount": .integer(openAmount),
            "fees": .optional(fees), "interest_from": .optional(interestFrom),
            "supply_point": .optional(supplyPoint), "contract_ref": .optional(contractRef),
            "lot_id": .text(lot), "note": .optional(note),
        ]
    }

    /// The columns of the row that corrects a known item: the differences of the amounts, and the
    /// dates as they now are. Nil where nothing changed; what the file leaves out has not.
    ///
    /// - Parameter open: the difference of what is open.
    func adjustment(
        of known: KnownItem, lot: String, open: Int64
    ) -> [String: Value]? {
        let original = originalAmount.map { $0 - (known.original ?? 0) } ?? 0
        let fees = self.fees.map { $0 - (known.fees ?? 0) } ?? 0
        let interestFrom = self.interestFrom ?? known.interestFrom
        let isSame =
            open == 0 && original == 0 && fees == 0 && dueOn == known.dueOn
            && interestFrom == known.interestFrom
        guard !isSame else { return nil }
        return [
            "account_id": .text(known.account), "item_ref": .text(itemRef), "kind": .text(kind),
            "doc_number": .optional(docNumber), "doc_date": .optional(docDate),
            "due_on": .text(dueOn), "currency": .text(currency),
            "original_amount": original == 0 ? .null : .integer(original),
            "open_amount": .integer(open), "fees": fees == 0 ? .null : .integer(fees),
            "interest_from": .optional(interestFrom), "adjusts_id": .text(known.id),
            "lot_id": .text(lot), "note": .optional(note),
        ]
    }
}

extension Value {
    /// The text, or NULL.
    static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .null }

    /// The integer, or NULL.
    static func optional(_ number: Int64?) -> Value { number.map { .integer($0) } ?? .null }
}
