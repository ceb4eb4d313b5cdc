internal import RientroProtocol
internal import RientroSQLite

/// One column in the schema's JSON.
struct ColumnForm: Codable {
    struct DefaultForm: Codable {
        var text: String?
        var integer: Int64?
        /// A blob, in pairs of lower-case hexadecimal digits.
        var hex: String?
        var today: Bool?
        var now: Bool?
    }
    struct LimitForm: Codable {
        var bytes: Int?
        var range: [Int64]?
        var codes: [String]?
        var codeList: String?
        var date: Bool?
        var moment: Bool?
        var letters: LettersForm?
        var key: String?
        var id: String?
        var sibling: SiblingForm?
    }

    var number: Int
    var name, type: String
    var isRequired: Bool?
    var `default`: DefaultForm?
    var limit: LimitForm?
    var isPersonal: Bool?

    init(_ column: Schema.Column) {
        number = column.number
        name = column.name
        type = column.type.rawValue
        isRequired = column.isRequired ? true : nil
        isPersonal = column.isPersonal ? true : nil
        switch column.default {
        case .value(.text(let text)): `default` = DefaultForm(text: text)
        case .value(.integer(let number)): `default` = DefaultForm(integer: number)
        case .value(.blob(let bytes)):
            `default` = DefaultForm(hex: String(SQL.blob(bytes).dropFirst(2).dropLast()))
        case .today: `default` = DefaultForm(today: true)
        case .now: `default` = DefaultForm(now: true)
        case .none, .value(.null): `default` = nil
        }
        limit = LimitForm(column.limit)
    }

    func column(of table: String) throws -> Schema.Column {
        let path = "column \(table).\(name)"
        return Schema.Column(
            number: number, name: name, type: try word(type, path, "type"),
            isRequired: isRequired ?? false, default: try defaultValue(path),
            limit: try limitValue(path), isPersonal: isPersonal ?? false)
    }

    private func defaultValue(_ path: String) throws(StoreError) -> Schema.Default {
        guard let form = `default` else { return .none }
        var found: [Schema.Default] = []
        if let text = form.text { found.append(.value(.text(text))) }
        if let number = form.integer { found.append(.value(.integer(number))) }
        if let hex = form.hex { found.append(.value(.blob(try Self.bytes(hex, path)))) }
        if form.today == true { found.append(.today) }
        if form.now == true { found.append(.now) }
        guard found.count == 1 else {
            throw .badSchema("\(path): default says one of text, integer, hex, today, now")
        }
        return found[0]
    }

    private static func bytes(_ hex: String, _ path: String) throws(StoreError) -> [UInt8] {
        guard hex == hex.lowercased(), let bytes = Hexadecimal.bytes(hex) else {
            throw .badSchema("\(path): hex is pairs of the digits 0–9 a–f")
        }
        return bytes
    }

    private func limitValue(_ path: String) throws(StoreError) -> Schema.Limit {
        try limit.map { form throws(StoreError) in try form.limit(path) } ?? .none
    }
}
