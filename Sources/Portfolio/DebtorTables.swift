import RientroProtocol

/// Who owes, and how to reach him.
extension DebtorPortfolio {
    /// What can be wrong with a tax code or an IBAN that a debtor carries all the same.
    static let codeFlags = IdentifierFault.allCases.map(\.rawValue)

    /// A person or firm that owes, known by its tax codes across creditors.
    static let debtor = Schema.Table(
        number: 20, name: "debtor", kind: .record, insertedBy: .centre,
        routing: .children(table: "account", column: "debtor_id"),
        columns: [
            .word(
                1, "kind",
                of: ["natural", "sole_trader", "company", "public_body", "condominium"],
                required: true, default: "natural"),
            .text(2, "surname", ColumnLimits.nameBytes, personal: true),
            .text(3, "given_name", ColumnLimits.nameBytes, personal: true),
            .text(4, "company_name", ColumnLimits.nameBytes, personal: true),
            .text(5, "codice_fiscale", ColumnLimits.taxCodeBytes, personal: true),
            .text(6, "partita_iva", ColumnLimits.taxCodeBytes, personal: true),
            // NULL: nothing found wrong. Never a reason to refuse a debtor.
            .word(7, "codice_fiscale_flag", of: codeFlags),
            .word(8, "partita_iva_flag", of: codeFlags),
            .date(9, "birth_date", personal: true),
            .text(10, "birth_place", ColumnLimits.nameBytes, personal: true),
            .text(11, "street", ColumnLimits.streetBytes, personal: true),
            .text(12, "postcode", ColumnLimits.codeBytes, personal: true),
            .text(13, "city", ColumnLimits.nameBytes, personal: true),
            .text(14, "province", ColumnLimits.codeBytes, personal: true),
            .letters(15, "country", 2...2, of: .capitals),
            .text(16, "iban", ColumnLimits.ibanBytes, personal: true),
            .word(17, "iban_flag", of: codeFlags),
            .letters(
                18, "language", ColumnLimits.languageLetters, of: .tag, required: true,
                default: "it"),
            .text(19, "form_of_address", ColumnLimits.nameBytes, personal: true),
            // What matters to this person, for whoever calls next.
            .text(20, "note", ColumnLimits.noteBytes, personal: true),
            .operator(21),
        ],
        registers: [
            .init(number: 1, name: "kind"),
            .init(
                number: 2, name: "name", columns: ["surname", "given_name", "company_name"],
                rule: .kept),
            .init(number: 3, name: "codice_fiscale", rule: .kept),
            .init(number: 4, name: "partita_iva", rule: .kept),
            .init(number: 5, name: "codice_fiscale_flag"),
            .init(number: 6, name: "partita_iva_flag"),
            .init(number: 7, name: "birth", columns: ["birth_date", "birth_place"]),
            .init(
                number: 8, name: "address",
                columns: ["street", "postcode", "city", "province", "country"]),
            .init(number: 9, name: "iban", rule: .kept),
            .init(number: 10, name: "iban_flag"),
            .init(number: 11, name: "language"),
            .init(number: 12, name: "form_of_address"),
            .init(number: 13, name: "note"),
            .init(number: 14, name: "operator"),
        ],
        instead: "correct the debtor's columns, or ask the centre to erase the person")

    /// One way to reach a debtor. A further number is a further row: none is lost to another.
    static let contactPoint = Schema.Table(
        number: 21, name: "contact_point", kind: .record,
        routing: .parent(table: "debtor", column: "debtor_id"),
        columns: [
            .id(1, "debtor_id", of: "debtor", required: true),
            .word(
                2, "kind",
                of: [
                    "phone", "mobile", "landline", "work_phone", "email", "pec", "postal",
                    "workplace",
                ],
                required: true),
            // Phones in E.164 where they can be read as such.
            .text(3, "value", ColumnLimits.contactBytes, required: true, personal: true),
            .text(4, "raw", ColumnLimits.contactBytes, personal: true),
            .text(5, "remark", ColumnLimits.remarkBytes, personal: true),
            .word(6, "source", of: ["creditor", "debtor", "public_register", "trace"]),
            .word(
                7, "quality",
                of: ["unknown", "good", "wrong_number", "unreachable", "third_party"],
                required: true, default: "unknown"),
            .date(8, "verified_on"),
            .text(9, "preferred_time", ColumnLimits.remarkBytes, personal: true),
            .operator(10),
        ],
        registers: [
            .init(number: 1, name: "kind"),
            .init(number: 2, name: "value", rule: .kept),
            .init(number: 3, name: "remark"),
            .init(number: 4, name: "quality", columns: ["quality", "verified_on"]),
            .init(number: 5, name: "preferred_time"),
            .init(number: 6, name: "operator"),
        ],
        instead: "set its quality to wrong_number or unreachable",
        perParentMax: RowLimits.contactPointsMax)
}
