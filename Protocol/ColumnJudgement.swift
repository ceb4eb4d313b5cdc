/// What a column holds and what it does not, in the words in which people are told.
extension Schema.Column {
    /// Why this column cannot hold `value`, in a few words that name the column and, unless it is
    /// personal, the value; nil if it can. Code lists, and the rows that references name, are not
    /// looked up here.
    package func refusal(of value: Value) -> String? {
        switch (type, value) {
        case (_, .null):
            return isRequired ? "\(name) is required" : nil
        case (.integer, .integer(let number)):
            guard case .range(let low, let high) = limit, number < low || number > high else {
                return nil
            }
        case (.text, .text(let text)):
            if takes(text) { return nil }
        case (.blob, .blob(let bytes)):
            if bytes.count <= bytesMax { return nil }
        default:
            return "\(name) is not of type \(type.rawValue)"
        }
        return demand + (isPersonal ? "" : ", not \(Self.shown(value))")
    }

    /// The same of a code that is not in its list.
    package func refusal(ofUnknownCode code: String) -> String {
        demand + (isPersonal ? "" : ", not \(Self.shown(.text(code)))")
    }

    /// What the limit asks for, as a sentence: `currency must be 3 of the letters A-Z`.
    package var demand: String { "\(name) must be \(demanded)" }

    private var demanded: String {
        switch limit {
        case .none, .bytes: "at most \(bytesMax) bytes long"
        case .range(let low, let high): "between \(low) and \(high)"
        case .codes(let codes): "one of \(codes.joined(separator: ", "))"
        case .codeList(let list): "a code of the list \(list), or left out"
        case .date: "a date that exists, written YYYY-MM-DD"
        case .moment: "a moment that exists, in UTC, written YYYY-MM-DDTHH:MM:SS.SSSZ"
        case .letters(let alphabet, let least, let most):
            (least == most ? "\(most)" : "\(least) to \(most)")
                + " of the letters \(alphabet.rawValue)"
        case .key(let table):
            "the key of a row of \(table): 1 to \(Limits.referenceKeyBytesMax) of A-Z a-z 0-9 - _"
        case .id(let table): "the id of a row of \(table): a UUID in lower case"
        case .sibling(let sibling): "the id of a row of \(sibling.table): a UUID in lower case"
        }
    }

    /// The longest text or blob that fits.
    package var bytesMax: Int {
        switch limit {
        case .bytes(let most), .letters(_, _, let most): most
        case .date: 10
        case .moment: 24
        case .key: Limits.referenceKeyBytesMax
        case .id, .sibling: 36
        case .codes(let codes): codes.map(\.utf8.count).max() ?? 0
        case .codeList: Limits.codeBytesMax
        case .none, .range: type == .integer ? 8 : Limits.textBytesMax
        }
    }

    private func takes(_ text: String) -> Bool {
        switch limit {
        // As SQL compares: `String` would take é in one code point for é in two.
        case .codes(let codes): codes.contains { $0.utf8.elementsEqual(text.utf8) }
        case .date: LocalDate.isValid(text)
        case .moment: UTCTime.isValid(text)
        case .letters(let alphabet, let least, let most):
            text.utf8.count >= least && text.utf8.count <= most
                && text.utf8.allSatisfy(alphabet.contains)
        case .key: RowID.isReferenceKey(text)
        case .id, .sibling: RowID.isUUID(text)
        case .codeList: !text.isEmpty && text.utf8.count <= bytesMax
        case .none, .bytes, .range: text.utf8.count <= bytesMax
        }
    }

    /// So many letters of a value are shown: what is wrong with it is seen by then.
    private static let shownMax = 40

    /// A value in a line of its own: quoted, without what would move a terminal's cursor, and cut.
    private static func shown(_ value: Value) -> String {
        switch value {
        case .null: return "NULL"
        case .integer(let number): return "\(number)"
        case .blob(let bytes): return "\(bytes.count) bytes"
        case .text(let text):
            let scalars = text.unicodeScalars.prefix(shownMax).map { scalar in
                scalar.value < 32 || (127...159).contains(scalar.value) ? "\u{FFFD}" : scalar
            }
            var line = String(String.UnicodeScalarView(scalars))
            if text.unicodeScalars.count > shownMax { line += "…" }
            return "\"\(line)\""
        }
    }
}
