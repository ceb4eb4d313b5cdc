internal import RientroProtocol

/// The letters of a short text, in the schema's JSON.
struct LettersForm: Codable {
    /// As SQL's GLOB writes the class: `A-Z`.
    var of: String
    var count: [Int]
}

/// A reference to a row under the same parent, in the schema's JSON.
struct SiblingForm: Codable {
    var table: String
    var alike: [String]?
    var opposes: String?
    var endsThere: Bool?
}

/// The limit of a column in the schema's JSON: exactly one of its forms.
extension ColumnForm.LimitForm {
    /// The form of a limit; nil for none.
    init?(_ limit: Schema.Limit) {
        self.init()
        switch limit {
        case .none: return nil
        case .bytes(let most): bytes = most
        case .range(let low, let high): range = [low, high]
        case .codes(let words): codes = words
        case .codeList(let list): codeList = list
        case .date: date = true
        case .moment: moment = true
        case .letters(let alphabet, let least, let most):
            letters = LettersForm(of: alphabet.rawValue, count: [least, most])
        case .key(let table): key = table
        case .id(let table): id = table
        case .sibling(let named):
            sibling = SiblingForm(
                table: named.table, alike: named.alike.isEmpty ? nil : named.alike,
                opposes: named.opposes, endsThere: named.endsThere ? true : nil)
        }
    }

    /// The limit. Throws `StoreError.badSchema` where it says none or several.
    func limit(_ path: String) throws(StoreError) -> Schema.Limit {
        var found: [Schema.Limit] = []
        if let bytes { found.append(.bytes(bytes)) }
        if let range, range.count == 2 { found.append(.range(range[0], range[1])) }
        if let codes { found.append(.codes(codes)) }
        if let codeList { found.append(.codeList(codeList)) }
        if date == true { found.append(.date) }
        if moment == true { found.append(.moment) }
        if let letters, letters.count.count == 2 {
            let alphabet: Schema.Alphabet = try word(letters.of, path, "letters")
            found.append(.letters(alphabet, letters.count[0], letters.count[1]))
        }
        if let key { found.append(.key(of: key)) }
        if let id { found.append(.id(of: id)) }
        if let sibling {
            found.append(
                .sibling(
                    .init(
                        table: sibling.table, alike: sibling.alike ?? [],
                        opposes: sibling.opposes, endsThere: sibling.endsThere ?? false)))
        }
        guard found.count == 1 else {
            throw .badSchema(
                "\(path): limit says one of bytes, range (two numbers), codes, codeList, date,"
                    + " moment, letters (of, and two counts), key, id, sibling")
        }
        return found[0]
    }
}
