import Portfolio
import RientroClient
import RientroProtocol

/// A row on its way into a table: values as people typed them, checked against the schema and the
/// code lists before anything is written, so that the answer names the field and what it takes.
struct RowDraft {
    /// The table.
    let table: Schema.Table
    /// Whether labels are wanted in Italian.
    let isItalian: Bool
    /// What was given, by column, in the order given.
    private(set) var values: [(column: String, value: SQLValue)] = []
    /// Columns whose date was counted from today's, and follows from a clock.
    private(set) var datesFromToday: Set<String> = []

    /// Columns whose dates lie ahead as a rule: a date without a year is the next such day. Of all
    /// others it is the last.
    private static let columnsAhead: Set<String> = ["due_on", "next_action_on"]

    /// A draft of a row of this table.
    init(_ table: String, isItalian: Bool) throws(OfficeError) {
        self.table = try Trade.table(table)
        self.isItalian = isItalian
    }

    /// The value of a column; nil where it was not given.
    func value(_ column: String) -> SQLValue? { values.last { $0.column == column }?.value }

    /// Puts a value that needs no reading, such as the id of a row found before.
    mutating func put(_ column: String, _ value: SQLValue) throws(OfficeError) {
        let definition = try self.column(column)
        if let fact = definition.refusal(of: value.protocolValue) {
            throw .badValue(field: column, fact: fact)
        }
        values.removeAll { $0.column == column }
        values.append((column, value))
    }

    /// Puts what somebody typed; nothing where that is nil.
    ///
    /// - Parameter name: how the command calls the value, such as `--channel`.
    /// - Throws: `.unknownCode` with the codes that there are; `.badValue`.
    mutating func put(
        _ column: String, typed: String?, name: String, in db: Database
    ) throws(OfficeError) {
        guard let typed else { return }
        let definition = try self.column(column)
        guard definition.limit == .date, !typed.isEmpty else {
            return try put(column, try read(typed, column: definition, name: name, in: db))
        }
        let direction: TypedDate.Direction = Self.columnsAhead.contains(column) ? .next : .last
        guard let date = try OfficeClock.read(in: db).typed(typed, toward: direction) else {
            throw .badValue(
                field: name, fact: "\(name) is \"\(typed)\", but should be \(TypedDate.forms)")
        }
        try put(column, .text(date.text))
        if date.isRelative { datesFromToday.insert(column) }
    }

    /// Whether a column will hold a date that follows from this machine's clock: it was counted
    /// from today, or left out and is today.
    func followsFromClock(_ column: String) -> Bool {
        datesFromToday.contains(column) || value(column) == nil
    }

    /// Inserts the row and gives its id.
    func insert(in db: Database) throws(OfficeError) -> String {
        let names = values.map { "\"\($0.column)\"" }.joined(separator: ", ")
        let marks = values.map { _ in "?" }.joined(separator: ", ")
        let rows = try db.all(
            "INSERT INTO \"\(table.name)\"(\(names)) VALUES (\(marks)) RETURNING id",
            values.map(\.value))
        return rows.first?["id"].text ?? ""
    }

    /// Changes the row with this id.
    func update(_ id: String, in db: Database) throws(OfficeError) {
        guard !values.isEmpty else { return }
        let assignments = values.map { "\"\($0.column)\" = ?" }.joined(separator: ", ")
        try db.change(
            "UPDATE \"\(table.name)\" SET \(assignments) WHERE id = ?",
            values.map(\.value) + [.text(id)])
    }

    private func column(_ name: String) throws(OfficeError) -> Schema.Column {
        guard let column = table.column(name) else { throw .brokenSchema }
        return column
    }

    private func read(
        _ typed: String, column: Schema.Column, name: String, in db: Database
    ) throws(OfficeError) -> SQLValue {
        if typed.isEmpty {
            guard column.isRequired else { return .null }
            throw .badValue(field: name, fact: "\(name) cannot be empty")
        }
        switch column.limit {
        case .codeList(let list):
            let codes = try CodeList.read(list, isItalian: isItalian, in: db)
            return .text(try codes.required(typed, name: name))
        case .codes(let words):
            return .text(try CodeList.words(words).required(typed, name: name))
        case .range(let low, let high):
            if let number = Int64(typed), number >= low, number <= high { return .integer(number) }
            throw .badValue(
                field: name,
                fact: "\(name) is \"\(typed)\", but should be a whole number from \(low) to"
                    + " \(high)")
        case .key(of: "operator"):
            let operators = try CodeList.operators(in: db)
            return .text(try operators.required(typed, name: name))
        case .none, .bytes, .moment, .letters, .key, .id, .sibling:
            guard column.type == .integer else { return .text(typed) }
            guard let number = Int64(typed) else {
                throw .badValue(field: name, fact: "\(name) should be a whole number")
            }
            return .integer(number)
        }
    }
}

extension SQLValue {
    /// The value as it travels. A fraction, which no replicated column holds, becomes its text.
    var protocolValue: Value {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .real(let number): .text("\(number)")
        case .text(let text): .text(text)
        case .blob(let bytes): .blob(bytes)
        }
    }
}
