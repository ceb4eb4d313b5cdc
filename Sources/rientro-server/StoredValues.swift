import Foundation
import Terminal

/// The values of a register as a conflict stores them: a JSON array, one value for each column.
struct StoredValues {
    /// The values, for programs. A text that is no such array is kept whole, as the only value.
    let all: [JSONValue]

    /// Reads the text of the column `won` or `lost`.
    init(_ text: String) {
        let read = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        all = (read as? [Any])?.map(Self.value) ?? [.string(text)]
    }

    /// The values as people read them, without empty ones.
    var shown: String {
        let filled = all.compactMap { value -> String? in
            switch value {
            case .null, .string(""): nil
            case .string(let text): text
            default: value.line
            }
        }
        return filled.isEmpty ? "(empty)" : filled.joined(separator: ", ")
    }

    private static func value(_ read: Any) -> JSONValue {
        switch read {
        case let text as String: .string(text)
        case let number as NSNumber: .integer(number.int64Value)
        // Bytes stand as an object with their hexadecimal form.
        case let bytes as [String: String]: .optional(bytes["hex"])
        default: .null
        }
    }
}
