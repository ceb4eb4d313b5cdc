/// The Italian VAT number: 11 digits, of which three name the tax office and the last checks all.
package enum PartitaIVA {
    /// The digits without spaces and the prefix `IT`.
    package static func normalized(_ text: String) -> String {
        let compact = text.compacted
        return compact.hasPrefix("IT") ? String(compact.dropFirst(2)) : compact
    }

    /// What is wrong with the number, nil if nothing.
    package static func fault(in text: String) -> IdentifierFault? {
        let bytes = Array(normalized(text).utf8)
        guard bytes.count == 11, bytes.allSatisfy({ (48...57).contains($0) }),
            bytes.contains(where: { $0 != 48 })
        else { return .shape }
        let digits = bytes.map { Int($0 - 48) }
        // Luhn (ISO/IEC 7812-1): every second digit doubled, 9 off where that has two digits.
        var sum = 0
        for (index, digit) in digits.enumerated() {
            let weighed = index % 2 == 1 ? digit * 2 : digit
            sum += weighed > 9 ? weighed - 9 : weighed
        }
        guard sum % 10 == 0 else { return .check }
        let office = digits[7] * 100 + digits[8] * 10 + digits[9]
        guard (1...100).contains(office) || [120, 121, 888, 999].contains(office) else {
            return .office
        }
        return nil
    }
}
