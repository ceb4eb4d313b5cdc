import Portfolio

/// What a record below the header is.
enum RecordKind: Equatable {
    /// An item, good or bad.
    case item
    /// A total that the creditor wrote under the items.
    case total
    /// A blank line, or a remark without any item's fields.
    case remark

    init(_ record: CSVRecord, header: HandOverHeader) {
        let isNamed =
            header.text(.caseRef, in: record) != nil || header.text(.itemRef, in: record) != nil
        if isNamed {
            self = .item
            return
        }
        if record.isBlank {
            self = .remark
            return
        }
        let filled = record.fields.map(\.trimmed).filter { !$0.isEmpty }
        if let first = filled.first?.lowercased().split(whereSeparator: { !$0.isLetter }).first,
            Self.totalWords.contains(String(first))
        {
            self = .total
        } else {
            self =
                filled.count <= Self.remarkFieldsMax && header.text(.openAmount, in: record) == nil
                ? .remark : .item
        }
    }

    private static let totalWords: Set<String> = [
        "totale", "totali", "total", "totals", "somma", "sum",
    ]

    /// A remark under the items says who and when; an item has far more fields.
    private static let remarkFieldsMax = 3
}
