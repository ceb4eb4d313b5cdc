package import Portfolio

/// One good row of the file: an open item, with its account and debtor as they stand beside it.
package struct HandOverRow: Equatable, Sendable {
    /// The line on which it begins.
    package let line: Int
    /// The creditor's name for the hand-over.
    package let lotRef: String?
    /// The creditor's key.
    package let creditor: String
    /// The creditor's name for the account.
    package let caseRef: String
    /// The creditor's name for the customer; nil where a spreadsheet spoilt it.
    package let customerRef: String?
    /// Who owes.
    package let debtor: HandOverDebtor
    /// What is owed.
    package let item: HandOverItem
    /// Whether the debtor contests it.
    package let isDisputed: Bool
    /// When the creditor wants the account back.
    package let recallOn: String?
    /// What is doubtful in it.
    package let flags: [FieldFlag]
}

/// Who owes, as a row says.
package struct HandOverDebtor: Equatable, Sendable {
    /// A word of `debtor.kind`.
    package var kind: String
    /// Surname.
    package var surname: String?
    /// Given name.
    package var givenName: String?
    /// Name of the firm.
    package var companyName: String?
    /// In upper case without spaces, also if wrong.
    package var codiceFiscale: String?
    /// What is wrong with it.
    package var codiceFiscaleFault: IdentifierFault?
    /// The 11 digits without `IT`, or what stood there.
    package var partitaIVA: String?
    /// What is wrong with it.
    package var partitaIVAFault: IdentifierFault?
    /// `YYYY-MM-DD`.
    package var birthDate: String?
    /// Where the person was born.
    package var birthPlace: String?
    /// Street and number.
    package var street: String?
    /// Postal code; in Italy with the zeros that a spreadsheet took away.
    package var postcode: String?
    /// Town.
    package var city: String?
    /// Italian province.
    package var province: String?
    /// ISO 3166, two letters.
    package var country: String?
    /// All numbers that have a digit or a word.
    package var phones: [PhoneNumber]
    /// Mail address.
    package var email: String?
    /// Certified mail address.
    package var pec: String?
    /// In upper case without spaces, also if wrong.
    package var iban: String?
    /// What is wrong with it.
    package var ibanFault: IdentifierFault?
}

/// What is owed, as a row says. Amounts are in minor units of `currency`, dates `YYYY-MM-DD`.
package struct HandOverItem: Equatable, Sendable {
    /// The creditor's name for the item.
    package var itemRef: String
    /// A code of the list `item_kind`.
    package var kind: String
    /// Number of the document.
    package var docNumber: String?
    /// Date of the document.
    package var docDate: String?
    /// When it was to be paid.
    package var dueOn: String
    /// ISO 4217.
    package var currency: String
    /// What the document was made out for.
    package var originalAmount: Int64?
    /// What is open; negative for a credit note.
    package var openAmount: Int64
    /// From when interest runs.
    package var interestFrom: String?
    /// Fees, apart from the open amount.
    package var fees: Int64?
    /// POD or PDR.
    package var supplyPoint: String?
    /// The creditor's name for the contract.
    package var contractRef: String?
    /// The creditor's remarks.
    package var note: String?
}
