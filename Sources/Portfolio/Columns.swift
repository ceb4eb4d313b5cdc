import RientroProtocol

/// The sorts of columns that the trade's tables are made of, so that a table reads as a list.
extension Schema.Column {
    /// A text of at most `bytes`.
    static func text(
        _ number: Int, _ name: String, _ bytes: Int, required: Bool = false,
        default text: String? = nil, personal: Bool = false
    ) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: required,
            default: text.map { .value(.text($0)) } ?? .none, limit: .bytes(bytes),
            isPersonal: personal)
    }

    /// The key of a row of a reference table.
    static func key(
        _ number: Int, _ name: String, of table: String, required: Bool = false
    ) -> Self {
        .init(number: number, name: name, type: .text, isRequired: required, limit: .key(of: table))
    }

    /// The id of a row of another table, wherever it stands.
    static func id(
        _ number: Int, _ name: String, of table: String, required: Bool = false
    ) -> Self {
        .init(number: number, name: name, type: .text, isRequired: required, limit: .id(of: table))
    }

    /// The id of another row of the same account.
    static func sibling(
        _ number: Int, _ name: String, of table: String, alike: [String] = [],
        opposes: String? = nil, endsThere: Bool = false
    ) -> Self {
        .init(
            number: number, name: name, type: .text,
            limit: .sibling(
                .init(table: table, alike: alike, opposes: opposes, endsThere: endsThere)))
    }

    /// A text of so many letters of an alphabet.
    static func letters(
        _ number: Int, _ name: String, _ count: ClosedRange<Int>, of alphabet: Schema.Alphabet,
        required: Bool = false, default text: String? = nil
    ) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: required,
            default: text.map { .value(.text($0)) } ?? .none,
            limit: .letters(alphabet, count.lowerBound, count.upperBound))
    }

    /// A code of a list in the table `code`.
    static func code(
        _ number: Int, _ name: String, list: String, required: Bool = false,
        default code: String? = nil
    ) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: required,
            default: code.map { .value(.text($0)) } ?? .none, limit: .codeList(list))
    }

    /// One of the words that the views depend on, and that therefore come with the schema.
    static func word(
        _ number: Int, _ name: String, of words: [String], required: Bool = false,
        default word: String? = nil
    ) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: required,
            default: word.map { .value(.text($0)) } ?? .none, limit: .codes(words))
    }

    /// A calendar date without a zone.
    static func date(
        _ number: Int, _ name: String, required: Bool = false,
        default: Schema.Default = .none, personal: Bool = false
    ) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: required,
            default: `default`, limit: .date, isPersonal: personal)
    }

    /// An instant in UTC that defaults to the time of writing.
    static func instant(_ number: Int, _ name: String) -> Self {
        .init(
            number: number, name: name, type: .text, isRequired: true, default: .now,
            limit: .moment)
    }

    /// An amount in minor units of the currency that stands in another column.
    static func amount(
        _ number: Int, _ name: String, required: Bool = true, signed: Bool = true
    ) -> Self {
        .init(
            number: number, name: name, type: .integer, isRequired: required,
            limit: .range(signed ? -ColumnLimits.amountMax : 0, ColumnLimits.amountMax))
    }

    /// An ISO 4217 code; the euro unless something else is said.
    static func currency(_ number: Int) -> Self {
        .letters(
            number, "currency", 3...3, of: .capitals, required: true,
            default: "EUR")
    }

    /// A number from `range`.
    static func number(
        _ number: Int, _ name: String, in range: ClosedRange<Int64>,
        default value: Int64? = nil
    ) -> Self {
        .init(
            number: number, name: name, type: .integer, isRequired: value != nil,
            default: value.map { .value(.integer($0)) } ?? .none,
            limit: .range(range.lowerBound, range.upperBound))
    }

    /// Who wrote the row: the key of an `operator` row.
    static func `operator`(_ number: Int) -> Self {
        .key(number, "operator", of: "operator")
    }
}

extension Schema.Table {
    /// A table that the centre writes and everyone gets: each column is a register of its own.
    static func reference(_ number: Int, _ name: String, columns: [Schema.Column]) -> Self {
        .init(
            number: number, name: name, kind: .reference, insertedBy: .centre, routing: .everyone,
            columns: columns,
            registers: columns.map {
                .init(number: $0.number, name: $0.name, writer: .centre)
            },
            instead: "ask the centre, which alone writes it")
    }
}
