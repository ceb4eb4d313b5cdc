import Portfolio

/// The fields of one record while it is being read, with the problems and flags found on the way.
struct RowFields {
    let reader: RowReader
    let record: CSVRecord
    private(set) var problems: [FieldProblem] = []
    private(set) var flags: [FieldFlag] = []

    init(reader: RowReader, record: CSVRecord) {
        self.reader = reader
        self.record = record
    }

    mutating func problem(_ column: HandOverColumn, _ reason: FieldProblem.Reason) {
        problems.append(.init(line: record.line, column: column.rawValue, reason: reason))
    }

    mutating func flag(_ column: HandOverColumn, _ kind: FieldFlag.Kind) {
        flags.append(.init(line: record.line, column: column.rawValue, kind: kind))
    }

    /// The text of a column; nil if it is empty, or too long for the portfolio.
    mutating func text(_ column: HandOverColumn) -> String? {
        guard let text = reader.header.text(column, in: record) else { return nil }
        guard text.utf8.count <= column.bytesMax else {
            problem(column, .tooLong(bytes: text.utf8.count, most: column.bytesMax))
            return nil
        }
        let isNote = column == .notes || column == .address
        guard text.utf8.allSatisfy({ $0 >= 32 || (isNote && $0 >= 9) }) else {
            problem(column, .controlCharacters)
            return nil
        }
        return text
    }

    /// Whose row it is: as was told, or as it says.
    mutating func creditor() -> String? { reader.creditor ?? required(.principalCode) }

    mutating func required(_ column: HandOverColumn) -> String? {
        if reader.header.text(column, in: record) == nil { problem(column, .missing) }
        return text(column)
    }

    /// A text by which rows are known again.
    mutating func reference(_ column: HandOverColumn) -> String? {
        guard let text = required(column) else { return nil }
        guard !Self.hasLostDigits(text) else {
            problem(column, .lostDigits(text))
            return nil
        }
        return text
    }

    /// The customer's number, nil where a spreadsheet made 1,00022E+20 of it.
    mutating func customerRef() -> String? {
        guard let text = text(.customerRef) else { return nil }
        guard !Self.hasLostDigits(text) else {
            flag(.customerRef, .customerRefLost)
            return nil
        }
        return text
    }

    /// Whether the text is a number in a spreadsheet's scientific form.
    static func hasLostDigits(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "+")) else { return false }
        let parts = text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].hasPrefix("+"), parts[1].count >= 2,
            parts[1].dropFirst().allSatisfy(\.isWholeNumber), let first = parts[0].first,
            first.isWholeNumber
        else { return false }
        return parts[0].allSatisfy { $0.isWholeNumber || $0 == "," || $0 == "." }
    }

    mutating func currency() -> String? {
        guard let text = text(.currency)?.uppercased() else {
            flag(.currency, .currencyAssumed)
            return "EUR"
        }
        guard Currency.exponent(of: text) != nil else {
            problem(.currency, .unknownCurrency(text))
            return nil
        }
        return text
    }

    mutating func amount(_ column: HandOverColumn, currency: String?) -> Int64? {
        guard let text = text(column), let currency,
            let exponent = Currency.exponent(of: currency)
        else { return nil }
        do throws(MinorUnits.Fault) {
            let amount = try MinorUnits.parse(
                text, decimal: reader.decimal, exponent: reader.scale == .cents ? 0 : exponent)
            guard amount.magnitude <= InterchangeLimits.amountMax else { throw .tooLarge }
            return amount
        } catch {
            switch error {
            case .unreadable: problem(column, .unreadableAmount(text))
            case .tooPrecise: problem(column, .tooPrecise(text))
            case .tooLarge: problem(column, .tooLarge(text))
            }
            return nil
        }
    }

    mutating func date(_ column: HandOverColumn) -> String? {
        guard let text = text(column) else { return nil }
        do throws(FileDate.Fault) {
            return try FileDate.parse(text, order: reader.dates)
        } catch {
            switch error {
            case .unreadable: problem(column, .unreadableDate(text))
            case .noSuchDay: problem(column, .noSuchDay(text))
            }
            return nil
        }
    }

    mutating func dueDate(orDocumentOf docDate: String?) -> String? {
        if reader.header.text(.dueDate, in: record) != nil { return date(.dueDate) }
        guard let docDate else {
            problem(.dueDate, .missing)
            return nil
        }
        flag(.dueDate, .dueDateAssumed)
        return docDate
    }

    /// A person's date of birth helps to know him, and is no reason to refuse what he owes.
    mutating func birthDate() -> String? {
        guard let text = text(.birthDate) else { return nil }
        let date = try? FileDate.parse(
            text, order: reader.dates, lastCenturyFrom: FileDate.birthPivot)
        if let date { return date }
        flag(.birthDate, .birthDate)
        return nil
    }

    mutating func isYes(_ column: HandOverColumn) -> Bool {
        guard let text = text(column)?.lowercased() else { return false }
        return ["s", "si", "sì", "y", "yes", "1", "true", "vero", "x"].contains(text)
    }

    /// A code of the list `item_kind`; `other` for what is not in it.
    mutating func kind() -> String {
        guard let text = text(.itemKind)?.lowercased() else { return "invoice" }
        if Self.itemKinds.contains(text) { return text }
        flag(.itemKind, .unknownKind)
        return "other"
    }

    private static let itemKinds = Set(
        DebtorPortfolio.codes.filter { $0.list == "item_kind" }.map(\.code))

    mutating func debtorKind(hasCompanyName: Bool) -> String {
        let guess = hasCompanyName ? "company" : "natural"
        guard let text = text(.debtorKind)?.lowercased() else { return guess }
        if Self.debtorKinds.contains(text) { return text }
        flag(.debtorKind, .unknownKind)
        return guess
    }

    private static let debtorKinds: Set<String> = [
        "natural", "sole_trader", "company", "public_body", "condominium",
    ]
}
