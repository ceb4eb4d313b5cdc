/// The International Bank Account Number (ISO 13616), with Italy's own check letter.
package enum IBAN {
    /// The characters without spaces, in upper case.
    package static func normalized(_ text: String) -> String { text.compacted }

    /// What is wrong with the number, nil if nothing.
    ///
    /// The length is that of the country, the whole is 1 modulo 97 (ISO 7064), and in Italy and San
    /// Marino the check letter (CIN) agrees with bank, branch and account.
    package static func fault(in text: String) -> IdentifierFault? {
        let bytes = Array(text.compacted.utf8)
        guard (15...34).contains(bytes.count), bytes[..<2].allSatisfy({ (65...90).contains($0) }),
            bytes[2..<4].allSatisfy({ (48...57).contains($0) })
        else { return .shape }
        let country = String(decoding: bytes[..<2], as: UTF8.self)
        if let length = lengths[country], length != bytes.count { return .shape }
        var remainder = 0
        for byte in bytes[4...] + bytes[..<4] {
            switch byte {
            case 48...57: remainder = (remainder * 10 + Int(byte - 48)) % 97
            case 65...90: remainder = (remainder * 100 + Int(byte - 55)) % 97
            default: return .shape
            }
        }
        guard remainder == 1 else { return .check }
        guard country == "IT" || country == "SM" else { return nil }
        // Country and check number take four characters; the CIN is the fifth.
        guard (65...90).contains(bytes[4]), bytes[5..<15].allSatisfy({ (48...57).contains($0) })
        else { return .shape }
        return CheckLetter.of(bytes[5...]) == bytes[4] ? nil : .check
    }

    /// Of the countries whose accounts debtors here have; others are checked by modulo 97 alone.
    private static let lengths = [
        "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
        "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22,
        "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18,
        "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
    ]
}
