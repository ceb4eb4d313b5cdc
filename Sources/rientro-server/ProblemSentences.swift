import Interchange

/// What is wrong or doubtful in a row of a file, in words for whoever sent it.
enum ProblemSentences {
    /// Why a row is refused.
    static func about(_ reason: FieldProblem.Reason) -> String {
        switch reason {
        case .missing: "nothing stands there"
        case .tooFewFields(let count, let expected):
            "the row has \(count) fields, the header \(expected)"
        case .tooManyFields(let count, let expected):
            "the row has \(count) fields and the header \(expected): a delimiter inside a field "
                + "that has no quotes?"
        case .unreadableAmount(let text): "\"\(text)\" is no amount"
        case .tooPrecise(let text): "\"\(text)\" has more decimals than the currency"
        case .tooLarge(let text): "\"\(text)\" is larger than any debt"
        case .unreadableDate(let text): "\"\(text)\" is no date"
        case .noSuchDay(let text): "there is no day \(text)"
        case .unknownCurrency(let text): "\"\(text)\" is no currency of ISO 4217"
        case .lostDigits(let text): "a spreadsheet has taken digits away: \(text)"
        case .repeated(let line): "the item stands on line \(line) already"
        case .tooLong(let bytes, let most): "\(bytes) bytes, and at most \(most) are kept"
        case .controlCharacters: "it holds control characters"
        case .accountElsewhere(let portfolio, let wanted):
            "the account is in the portfolio \(portfolio), not in \(wanted)"
        case .itemElsewhere(let caseRef): "the item is in the account \(caseRef)"
        case .currencyChanged(let currency): "the item was handed over in \(currency)"
        case .balanceTooLarge: "the account's balance is beyond what any debt is"
        case .accountTooLarge: "the account has too many items for one hand-over"
        }
    }

    /// What is doubtful, and how often it was found.
    static func about(_ flag: FieldFlag.Kind) -> String {
        switch flag {
        case .codiceFiscale: "codice fiscale is wrong"
        case .partitaIVA: "partita IVA is wrong"
        case .partitaIVAInCodiceFiscale: "partita IVA in the place of the codice fiscale"
        case .iban: "IBAN is wrong"
        case .phone: "phone number cannot be read"
        case .thirdPartyPhone: "phone number is somebody else's"
        case .postcodePadded: "postcode had lost its zeros"
        case .customerRefLost: "customer number was spoilt by a spreadsheet"
        case .birthDate: "date of birth cannot be read"
        case .currencyAssumed: "no currency, taken for EUR"
        case .dueDateAssumed: "no due date, taken from the document"
        case .unknownKind: "kind is not known"
        }
    }
}
