/// Why a row is not loaded.
package struct FieldProblem: Equatable, Sendable {
    /// What is wrong, with what stood there.
    package enum Reason: Equatable, Sendable {
        /// Nothing stands there, and something must.
        case missing
        /// The row has fewer fields than the header, so nobody knows which are missing.
        case tooFewFields(count: Int, expected: Int)
        /// The row has something behind the last column of the header: a delimiter inside a field
        /// that is not quoted, so nobody knows which fields are which.
        case tooManyFields(count: Int, expected: Int)
        /// It is no amount in the file's way of writing them.
        case unreadableAmount(String)
        /// The amount has more decimals than the currency.
        case tooPrecise(String)
        /// The amount is beyond what any debt is.
        case tooLarge(String)
        /// It is no date in the file's way of writing them.
        case unreadableDate(String)
        /// There is no such day, as 31/02/2026.
        case noSuchDay(String)
        /// It is no code of ISO 4217.
        case unknownCurrency(String)
        /// A spreadsheet made a number of it, such as 1,00022E+20, and its digits are lost.
        case lostDigits(String)
        /// The same item stands on an earlier line.
        case repeated(firstLine: Int)
        /// It is longer than the portfolio's column.
        case tooLong(bytes: Int, most: Int)
        /// It holds control characters, which no name or number has.
        case controlCharacters
        /// The centre has the account in one portfolio, and it should come into another.
        case accountElsewhere(portfolio: String, wanted: String)
        /// The centre has the item in another account of the creditor.
        case itemElsewhere(caseRef: String)
        /// The centre has the item in another currency, and amounts of two are never mixed.
        case currencyChanged(from: String)
        /// The account has more than `ImportLimits.accountBytesMax`, and is never cut.
        case accountTooLarge
        /// What the account owes, or what was paid on it, is beyond what any debt is
        /// (`InterchangeLimits.amountMax`): nothing can be compared with it.
        case balanceTooLarge
    }

    /// The line on which the row begins.
    package let line: Int
    /// The column's name; empty where the whole row is meant.
    package let column: String
    /// What is wrong.
    package let reason: Reason

    /// A problem; an import adds those that only the database shows.
    package init(line: Int, column: String, reason: Reason) {
        self.line = line
        self.column = column
        self.reason = reason
    }
}

/// What is doubtful in a row that is loaded all the same.
package struct FieldFlag: Equatable, Sendable {
    /// What is doubtful.
    package enum Kind: String, CaseIterable, Equatable, Sendable {
        /// The codice fiscale is wrong.
        case codiceFiscale = "codice_fiscale"
        /// The partita IVA is wrong.
        case partitaIVA = "partita_iva"
        /// A partita IVA stands in the column of the codice fiscale.
        case partitaIVAInCodiceFiscale = "partita_iva_in_codice_fiscale"
        /// The IBAN is wrong.
        case iban
        /// The phone number cannot be read, and is kept as it was typed.
        case phone
        /// The phone number is somebody else's.
        case thirdPartyPhone = "third_party_phone"
        /// The postal code had lost its zeros, which were put back.
        case postcodePadded = "postcode_padded"
        /// The customer's number was made a spreadsheet's, and identifies nobody.
        case customerRefLost = "customer_ref_lost"
        /// The date of birth cannot be read.
        case birthDate = "birth_date"
        /// The currency was empty and is taken for EUR.
        case currencyAssumed = "currency_assumed"
        /// The due date was empty and is taken from the document.
        case dueDateAssumed = "due_date_assumed"
        /// The kind of item or debtor is none that we know.
        case unknownKind = "unknown_kind"
    }

    /// The line on which the row begins.
    package let line: Int
    /// The column's name.
    package let column: String
    /// What is doubtful.
    package let kind: Kind
}
