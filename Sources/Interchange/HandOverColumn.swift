import Portfolio

/// The columns of the hand-over file, version 1: one row for each open item.
package enum HandOverColumn: String, CaseIterable, Sendable {
    case lotID = "lot_id"
    case principalCode = "principal_code"
    case caseRef = "case_ref"
    case customerRef = "customer_ref"
    case debtorKind = "debtor_kind"
    case surname
    case name
    case companyName = "company_name"
    case codiceFiscale = "codice_fiscale"
    case partitaIVA = "partita_iva"
    case birthDate = "birth_date"
    case birthPlace = "birth_place"
    case address
    case cap
    case city
    case province
    case country
    case phone1 = "phone_1"
    case phone2 = "phone_2"
    case phone3 = "phone_3"
    case email
    case pec
    case iban
    case itemRef = "item_ref"
    case itemKind = "item_kind"
    case docNumber = "doc_number"
    case docDate = "doc_date"
    case dueDate = "due_date"
    case currency
    case originalAmount = "original_amount"
    case openAmount = "open_amount"
    case interestFrom = "interest_from"
    case fees
    case supplyPoint = "supply_point"
    case contractRef = "contract_ref"
    case notes
    case disputeFlag = "dispute_flag"
    case recallDate = "recall_date"

    /// Without these nothing can be loaded; without the first neither, unless the creditor is told.
    package static let required: [Self] = [
        .principalCode, .caseRef, .itemRef, .dueDate, .openAmount,
    ]

    /// Of these there must be one, or debtors would have no name.
    package static let names: [Self] = [.surname, .companyName]

    static let amounts: [Self] = [.originalAmount, .openAmount, .fees]
    static let dates: [Self] = [.birthDate, .docDate, .dueDate, .interestFrom, .recallDate]

    /// The most bytes that the portfolio's column takes.
    var bytesMax: Int {
        switch self {
        case .notes: 8_000
        case .address: 300
        case .phone1, .phone2, .phone3, .email, .pec: 300
        case .surname, .name, .companyName, .birthPlace, .city: 200
        case .codiceFiscale, .partitaIVA: 32
        case .iban: 48
        case .cap, .province: 40
        default: 140
        }
    }
}
