/// The Italian tax code of a person: 16 characters, of which the last checks the others.
///
/// Six letters of the name, two digits of the year, a letter for the month, two digits for the day
/// (40 more for a woman), four characters for the place, and the check letter. Where two people
/// would have the same code, digits are replaced by letters (*omocodia*), from the right; any of
/// the seven may be. The century is not in it, so no age follows from it.
package enum CodiceFiscale {
    /// What is wrong with the code, nil if nothing. Case and spaces do not matter.
    package static func fault(in text: String) -> IdentifierFault? {
        let bytes = Array(text.compacted.utf8)
        guard bytes.count == 16, bytes[..<6].allSatisfy(isLetter), isLetter(bytes[8]),
            isLetter(bytes[11]), isLetter(bytes[15])
        else { return .shape }
        var digits = bytes
        for place in [6, 7, 9, 10, 12, 13, 14] {
            guard let digit = digit(bytes[place]) else { return .shape }
            digits[place] = digit
        }
        guard let month = months.firstIndex(of: bytes[8]) else { return .date }
        let day = Int(digits[9] - 48) * 10 + Int(digits[10] - 48)
        // February may have 29 days: the year's century is unknown.
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month]).contains(day > 40 ? day - 40 : day) else { return .date }
        // The letters that stand for digits are checked as they stand.
        return CheckLetter.of(bytes[..<15]) == bytes[15] ? nil : .check
    }

    private static let months = Array("ABCDEHLMPRST".utf8)
    private static let omocodia = Array("LMNPQRSTUV".utf8)

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }

    /// The digit that stands here, or the one that a letter of omocodia stands for.
    private static func digit(_ byte: UInt8) -> UInt8? {
        if (48...57).contains(byte) { return byte }
        return omocodia.firstIndex(of: byte).map { 48 + UInt8($0) }
    }
}
