/// A creditor's hand-over file of our own making: small, always the same for the same arguments.
enum HandOverFile {
    static let header = [
        "lot_id", "principal_code", "case_ref", "customer_ref", "debtor_kind", "surname", "name",
        "company_name", "codice_fiscale", "partita_iva", "birth_date", "birth_place", "address",
        "cap", "city", "province", "country", "phone_1", "phone_2", "phone_3", "email", "pec",
        "iban", "item_ref", "item_kind", "doc_number", "doc_date", "due_date", "currency",
        "original_amount", "open_amount", "interest_from", "fees", "supply_point", "contract_ref",
        "notes", "dispute_flag", "recall_date",
    ]

    private static let surnames = ["Rossi", "Bianchi", "Ferrara", "Greco", "Lo Russo", "D'Amato"]
    private static let names = ["Maria", "Nicolò", "Anna", "Vito", "Chiara", "Rocco"]

    /// One item for each account; case references are `CREDITOR-0001` and so on.
    static func text(creditor: String, accounts: Int, amountAdded: Int = 0) -> String {
        var lines = [header.joined(separator: ";")]
        for number in 1...max(1, accounts) {
            var values: [String: String] = [
                "lot_id": "L1", "principal_code": creditor,
                "case_ref": caseReference(creditor, number),
                "customer_ref": "\(creditor)-C\(100 + number)", "debtor_kind": "natural",
                "surname": surnames[number % surnames.count],
                "name": names[number % names.count], "address": "Via Ridola, \(number)",
                "cap": "75100", "city": "Matera", "province": "MT", "country": "IT",
                "phone_1": "+39333\(7_000_000 + number)", "currency": "EUR", "fees": "0,00",
                "dispute_flag": "N", "item_kind": "invoice", "doc_date": "09/03/2026",
                "due_date": "08/04/2026",
            ]
            values["item_ref"] = caseReference(creditor, number) + "-1"
            values["doc_number"] = "\(number)/2026"
            values["original_amount"] = "1.\(100 + number),50"
            values["open_amount"] = "\(100 + number + amountAdded),50"
            lines.append(header.map { values[$0] ?? "" }.joined(separator: ";"))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    static func caseReference(_ creditor: String, _ number: Int) -> String {
        let digits = String(number)
        return "\(creditor)-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
