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

    /// Without these nothing can be loaded.
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

/// Where the columns stand in this file.
package struct HandOverHeader: Equatable, Sendable {
    /// The line of the header.
    package let line: Int
    /// The names as they stand there, in order.
    package let names: [String]
    /// The names that are none of ours and are left out.
    package let ignored: [String]
    private let places: [HandOverColumn: Int]

    /// How many of our columns the record names: what tells a header from what is above it.
    static func score(_ record: CSVRecord) -> Int {
        Set(record.fields.compactMap(column)).count
    }

    /// Fewer known names than this are chance.
    static let scoreMin = 3

    /// The header; throws `.missingColumns` or `.repeatedColumns`.
    init(_ record: CSVRecord) throws(HandOverError) {
        line = record.line
        names = record.fields
        var places: [HandOverColumn: Int] = [:]
        var repeated: [String] = []
        var ignored: [String] = []
        for (index, name) in names.enumerated() {
            guard let column = Self.column(name) else {
                if !name.trimmed.isEmpty { ignored.append(name) }
                continue
            }
            if places[column] != nil { repeated.append(column.rawValue) }
            places[column] = index
        }
        self.places = places
        self.ignored = ignored
        guard repeated.isEmpty else { throw .repeatedColumns(repeated) }
        var missing = HandOverColumn.required.filter { places[$0] == nil }
        if !HandOverColumn.names.contains(where: { places[$0] != nil }) {
            missing += HandOverColumn.names
        }
        guard missing.isEmpty else { throw .missingColumns(missing.map(\.rawValue)) }
    }

    /// The text of a column in a record, without blanks around it; nil where it is empty.
    func text(_ column: HandOverColumn, in record: CSVRecord) -> String? {
        guard let place = places[column] else { return nil }
        let text = record.field(place).trimmed
        return text.isEmpty ? nil : text
    }

    /// How many fields a record must have: up to our last column, since some programs leave out
    /// what is empty after it.
    var fieldsMin: Int { (places.values.max() ?? 0) + 1 }

    private static func column(_ name: String) -> HandOverColumn? {
        HandOverColumn(
            rawValue: name.trimmed.lowercased().replacing(" ", with: "_").replacing("-", with: "_"))
    }
}
