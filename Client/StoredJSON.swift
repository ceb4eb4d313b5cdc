internal import Foundation
internal import RientroProtocol

/// A list of values as it is kept for people: a JSON array, bytes as `{"hex": "…"}`.
enum StoredJSON: Decodable {
    case value(SQLValue)

    private enum Keys: String, CodingKey { case hex }

    init(from decoder: any Decoder) throws {
        if let bytes = try? decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .hex)
        {
            self = .value(.blob(Hexadecimal.bytes(bytes) ?? []))
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .value(.null)
        } else if let number = try? single.decode(Int64.self) {
            self = .value(.integer(number))
        } else if let number = try? single.decode(Double.self) {
            self = .value(.real(number))
        } else {
            self = .value(.text(try single.decode(String.self)))
        }
    }

    /// The values of the array; the text as the only value where it is none.
    static func values(_ text: String) -> [SQLValue] {
        guard let items = try? JSONDecoder().decode([StoredJSON].self, from: Data(text.utf8))
        else { return [.text(text)] }
        return items.map { item in
            switch item {
            case .value(let value): value
            }
        }
    }
}
