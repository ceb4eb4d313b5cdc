internal import Foundation
internal import RientroSQLite
internal import RientroStore

/// The values of a register, as a conflict stores them and as a row has them.
struct StoredRegister: Equatable {
    /// The values, one for each column.
    let values: [SQLiteValue]

    init(values: [SQLiteValue]) { self.values = values }

    /// Reads the text of a conflict's `won` or `lost`: a JSON array, bytes as `{"hex":"…"}`. A text
    /// that is no such array is kept whole, as the only value.
    init(_ text: String) {
        let read = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        values = (read as? [Any])?.map(Self.value) ?? [.text(text)]
    }

    private static func value(_ read: Any) -> SQLiteValue {
        switch read {
        case let text as String: .text(text)
        case let number as NSNumber: .integer(number.int64Value)
        case let bytes as [String: String]: .blob(bytes["hex"].map(Self.bytes) ?? [])
        default: .null
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        return stride(from: 0, to: digits.count - 1, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }

    /// For people: one value as it is, several with their columns' names and without empty ones.
    func shown(_ columns: [String]) -> String {
        let filled = values.enumerated().compactMap { index, value in
            Self.shown(value).map { shown in
                guard values.count > 1 else { return shown }
                return (columns.indices.contains(index) ? columns[index] : "\(index + 1)")
                    + "=\(shown)"
            }
        }
        return filled.isEmpty ? "(empty)" : filled.joined(separator: ", ")
    }

    /// One value; nil for NULL and an empty text.
    static func shown(_ value: SQLiteValue) -> String? {
        switch value {
        case .null: nil
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .text(let text): text.isEmpty ? nil : text
        case .blob(let bytes), .malformedText(let bytes): SQL.blob(bytes)
        }
    }
}
