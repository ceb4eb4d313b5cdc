/// A value as JSON (RFC 8259), for `--json`: only written, never read.
///
/// The members of an object are written in the order given, so the same facts always make the
/// same bytes.
package enum JSONValue: Equatable, Sendable {
    /// Nothing, or not known.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number. Amounts are whole numbers of minor units.
    case integer(Int64)
    /// A number with a fraction; one that is not finite is written as null.
    case number(Double)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Named values in their order.
    case object([Member])

    /// One named value of an object.
    package struct Member: Equatable, Sendable {
        /// Its name, which no other member of the object should have.
        package let name: String
        /// Its value.
        package let value: JSONValue

        /// A named value.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A text, or null where there is none.
    package static func optional(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }

    /// A whole number, or null where there is none.
    package static func optional(_ number: Int64?) -> JSONValue {
        number.map(JSONValue.integer) ?? .null
    }

    /// A whole number.
    package static func count(_ number: Int) -> JSONValue { .integer(Int64(number)) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A text.
    package init(stringLiteral value: String) { self = .string(value) }

    /// True or false.
    package init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    package init(integerLiteral value: Int64) { self = .integer(value) }

    /// A list.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// An object whose members keep their order.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
