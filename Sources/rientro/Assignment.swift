/// `FIELD=VALUE`, as it is typed.
struct Assignment: Equatable, Sendable {
    /// What is left of the first equals sign.
    let field: String
    /// What is right of it; empty to clear the field.
    let value: String

    /// The two parts; nil where there is no equals sign, or nothing before it.
    init?(_ word: String) {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
        field = word[..<equals].lowercased().replacing("-", with: "_")
        value = String(word[word.index(after: equals)...])
    }
}

extension Assignment {
    private init(field: String, value: String) {
        self.field = field
        self.value = value
    }

    /// The same value for another field.
    func named(_ field: String) -> Assignment { Assignment(field: field, value: value) }

    /// Another value for the same field.
    func valued(_ value: String) -> Assignment { Assignment(field: field, value: value) }
}
