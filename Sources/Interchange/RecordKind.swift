import Portfolio

/// What a record below the header is.
enum RecordKind: Equatable {
    /// An item, good or bad.
    case item
    /// A total that the creditor wrote among or under the items.
    case total
    /// A remark without any item's fields.
    case remark
    /// A blank line.
    case blank

    init(_ record: CSVRecord, header: HandOverHeader) {
        if record.isBlank {
            self = .blank
            return
        }
        let filled = record.fields.map(\.trimmed).filter { !$0.isEmpty }
        if Self.isTotal(record, filled, header) {
            self = .total
            return
        }
        let isNamed =
            header.text(.caseRef, in: record) != nil || header.text(.itemRef, in: record) != nil
        let isRemark =
            filled.count <= Self.remarkFieldsMax && header.text(.openAmount, in: record) == nil
        self = isNamed || !isRemark ? .item : .remark
    }

    /// Whether one of the cells is the label of a total, wherever it stands, and the row has
    /// nothing that only an item has: `Total S.p.A.` may owe something.
    private static func isTotal(
        _ record: CSVRecord, _ filled: [String], _ header: HandOverHeader
    ) -> Bool {
        guard let label = filled.first(where: isLabel) else { return false }
        let isNamed = header.text(.itemRef, in: record).map { $0 != label } ?? false
        let isDue = header.text(.dueDate, in: record).map(FileDate.isDate) ?? false
        guard !isNamed, !isDue else { return false }
        // A label alone is a heading or a remark.
        return filled.contains { $0 != label && MinorUnits.isNumber($0) }
    }

    /// Whether one of the first words says so: `Totale generale`, `Grand total`, `Summe EUR`.
    private static func isLabel(_ cell: String) -> Bool {
        let words = cell.lowercased().split { !$0.isLetter }
        return words.prefix(labelWordsMax).contains { totalWords.contains(String($0)) }
            // Words made one, as German does.
            || words.prefix(labelWordsMax).contains { word in
                totalEnds.contains { word.hasSuffix($0) }
            }
    }

    /// A label is short, and its word stands early in it.
    private static let labelWordsMax = 3

    private static let totalWords: Set<String> = [
        "totale", "totali", "tot", "subtotale", "subtotali", "somma", "sommano", "complessivo",
        "complessivi", "saldo", "riporto", "total", "totals", "subtotal", "subtotals", "sum",
        "balance", "gesamt", "gesamtbetrag", "insgesamt", "summen", "ubertrag", "übertrag",
    ]

    private static let totalEnds = ["summe", "saldo"]

    /// A remark under the items says who and when; an item has far more fields.
    private static let remarkFieldsMax = 3
}
