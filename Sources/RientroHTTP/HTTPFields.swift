/// The fields of a request or an answer (RFC 9110, section 5): an ordered list, names compared
/// without regard to case. Names and values in it are valid, so an answer cannot be split by what
/// it quotes.
package struct HTTPFields: Sendable, Equatable {
    /// One field line.
    struct Field: Sendable, Equatable {
        var name: String
        var value: String
    }

    /// In the order in which they came or were set.
    private(set) var list: [Field] = []

    /// No fields.
    package init() {}

    /// How many field lines there are.
    package var count: Int { list.count }

    /// The value of the first field of this name, whatever its case; nil if there is none.
    package subscript(name: String) -> String? {
        list.first { ByteClass.isSameText($0.name, name) }?.value
    }

    /// The values of all fields of this name, in order.
    package func values(_ name: String) -> [String] {
        list.filter { ByteClass.isSameText($0.name, name) }.map(\.value)
    }

    /// Puts one field in place of all of this name.
    ///
    /// Throws `invalidFieldName` if the name is not a token, `invalidFieldValue` if the value holds
    /// a control character (CR, LF and NUL among them) or begins or ends with a space or a tab.
    package mutating func set(_ name: String, _ value: String) throws(HTTPError) {
        try Self.check(name, value)
        if let index = list.firstIndex(where: { ByteClass.isSameText($0.name, name) }) {
            list[index] = Field(name: name, value: value)
            var seen = false
            list.removeAll {
                guard ByteClass.isSameText($0.name, name) else { return false }
                defer { seen = true }
                return seen
            }
        } else {
            list.append(Field(name: name, value: value))
        }
    }

    /// Adds a field line and keeps those of the same name, as `Set-Cookie` needs. Throws like
    /// `set`.
    package mutating func add(_ name: String, _ value: String) throws(HTTPError) {
        try Self.check(name, value)
        list.append(Field(name: name, value: value))
    }

    /// For the parser, which has looked at every byte already.
    mutating func append(parsedName name: String, value: String) {
        list.append(Field(name: name, value: value))
    }

    /// Whether a list-valued field such as `Connection` holds this member.
    func contains(_ name: String, member: String) -> Bool {
        for field in list where ByteClass.isSameText(field.name, name) {
            let members = field.value.utf8.split(separator: ByteClass.comma)
            for part in members {
                let trimmed = part.filter { $0 != ByteClass.space && $0 != ByteClass.tab }
                let wanted = member.utf8
                guard trimmed.count == wanted.count else { continue }
                if zip(trimmed, wanted).allSatisfy({
                    ByteClass.lowercased($0) == ByteClass.lowercased($1)
                }) {
                    return true
                }
            }
        }
        return false
    }

    private static func check(_ name: String, _ value: String) throws(HTTPError) {
        guard !name.isEmpty, name.utf8.allSatisfy(ByteClass.isToken) else {
            throw .invalidFieldName(name)
        }
        let bytes = value.utf8
        let ends = [bytes.first, bytes.last]
        guard bytes.allSatisfy(ByteClass.isFieldValue), !ends.contains(ByteClass.space),
            !ends.contains(ByteClass.tab)
        else { throw .invalidFieldValue(name: name) }
    }
}
