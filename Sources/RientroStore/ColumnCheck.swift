internal import RientroProtocol

/// What a column takes, made ready for the many values that are as they should be. What does not
/// pass is judged by `Schema.Column.refusal(of:)`, which also says why.
struct ColumnCheck: Sendable {
    private enum Kind: Sendable {
        case integer(Int64, Int64)
        case text(bytesMax: Int)
        case words([String])
        case date
        case moment
        case letters(Schema.Alphabet, ClosedRange<Int>)
        case key
        case uuid
        case code(bytesMax: Int)
        case other
    }

    private let kind: Kind
    private let isRequired: Bool

    init(_ column: Schema.Column) {
        isRequired = column.isRequired
        kind =
            switch (column.type, column.limit) {
            case (.integer, .range(let low, let high)): .integer(low, high)
            case (.integer, .none): .integer(.min, .max)
            case (.text, .bytes), (.text, .none): .text(bytesMax: column.bytesMax)
            case (.text, .codes(let words)): .words(words)
            case (.text, .date): .date
            case (.text, .moment): .moment
            case (.text, .letters(let alphabet, let least, let most)):
                .letters(alphabet, least...most)
            case (.text, .key): .key
            case (.text, .id), (.text, .sibling): .uuid
            case (.text, .codeList): .code(bytesMax: column.bytesMax)
            default: .other
            }
    }

    /// What is known of a value without a closer look.
    enum Verdict {
        case fits
        /// It fits if it stands in its code list.
        case isCode(String)
        case unknown
    }

    func judge(_ value: Value) -> Verdict {
        switch (kind, value) {
        case (_, .null): isRequired ? .unknown : .fits
        case (.integer(let low, let high), .integer(let number)):
            number >= low && number <= high ? .fits : .unknown
        case (.text(let most), .text(let text)): text.utf8.count <= most ? .fits : .unknown
        case (.words(let words), .text(let text)):
            words.contains { $0.utf8.elementsEqual(text.utf8) } ? .fits : .unknown
        case (.date, .text(let text)): LocalDate.isValid(text) ? .fits : .unknown
        case (.moment, .text(let text)): UTCTime.isValid(text) ? .fits : .unknown
        case (.letters(let alphabet, let count), .text(let text)):
            count.contains(text.utf8.count) && text.utf8.allSatisfy(alphabet.contains)
                ? .fits : .unknown
        case (.key, .text(let text)): RowID.isReferenceKey(text) ? .fits : .unknown
        case (.uuid, .text(let text)): RowID.isUUID(text) ? .fits : .unknown
        case (.code(let most), .text(let text)):
            !text.isEmpty && text.utf8.count <= most ? .isCode(text) : .unknown
        default: .unknown
        }
    }
}

/// Codes that were found in their lists, for as long as nobody changes the lists: a transaction.
package struct KnownCodes: Sendable {
    /// By table and column; a column has few codes.
    private var columns: [Int: [String]] = [:]

    /// Nothing looked up yet.
    package init() {}

    /// Byte for byte, as SQL compares: `String` would take é in one code point for é in two.
    func contains(_ code: String, of column: Int, in table: Int) -> Bool {
        columns[Self.key(column, table)]?.contains { $0.utf8.elementsEqual(code.utf8) } == true
    }

    mutating func insert(_ code: String, of column: Int, in table: Int) {
        columns[Self.key(column, table), default: []].append(code)
    }

    private static func key(_ column: Int, _ table: Int) -> Int {
        table * (Limits.columnsMax + 1) + column
    }
}
