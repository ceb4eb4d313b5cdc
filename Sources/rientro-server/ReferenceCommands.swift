/// The three kinds of rows that people add by hand.
extension ReferenceCommand {
    /// What one office works: the unit of access.
    static let portfolio = ReferenceCommand(
        noun: "portfolio", key: "ID", summary: "Portfolios: what an office is given to work",
        fields: [
            Field(
                option: "place", column: "place", valueName: "PLACE", summary: "where it is worked")
        ])

    /// Who works.
    static let `operator` = ReferenceCommand(
        noun: "operator", key: "CODE", summary: "Operators: who writes in an office",
        fields: [
            Field(option: "role", column: "role", valueName: "ROLE", summary: "what they do"),
            Field(option: "place", column: "place", valueName: "PLACE", summary: "where they work"),
            Field(
                option: "creditor", column: "creditor_id", valueName: "ID",
                summary: "the one creditor they work for"),
        ])

    /// Who the money is owed to.
    static let creditor = ReferenceCommand(
        noun: "creditor", key: "ID", summary: "Creditors: who hands accounts over",
        fields: [
            Field(option: "vat", column: "vat_id", valueName: "NUMBER", summary: "its VAT number"),
            Field(
                option: "tax-code", column: "tax_code", valueName: "CODE", summary: "its tax code"),
            Field(option: "sdi", column: "sdi_code", valueName: "CODE", summary: "its SDI code"),
            Field(
                option: "pec", column: "pec", valueName: "ADDRESS", summary: "its certified mail"),
            Field(option: "iban", column: "iban", valueName: "IBAN", summary: "where it is paid"),
            Field(option: "sector", column: "sector", valueName: "SECTOR", summary: "its business"),
        ])
}
