internal import Foundation

/// The one form in which texts are compared when somebody searches: without capitals, accents and
/// apostrophes, composed and decomposed letters alike.
///
/// `NICOLÒ`, `Nicolò` and the typewriter's `NICOLO'` are one; `d'angelo` is `D’Angelo` and
/// `DANGELO`. It is for finding alone: nothing is stored in this form, and nothing is equal by it.
package enum Folding {
    /// The text as it is compared.
    package static func key(_ text: String) -> String {
        String(decoding: bytes(text), as: UTF8.self)
    }

    /// The same as UTF-8. Two texts that differ in capitals, accents, apostrophes, the sort of
    /// their dashes and the number of their blanks have the same.
    package static func bytes(_ text: String) -> [UInt8] {
        // Nearly every text of a file is ASCII.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return ascii(text.utf8) }
        var folded = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            append(scalar, to: &folded)
        }
        return ascii(folded.utf8)
    }

    /// Whether a text has a word in it. Both are as `bytes` makes them; every text has the empty
    /// word.
    package static func contains(_ text: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first else { return true }
        guard text.count >= word.count else { return false }
        for start in 0...(text.count - word.count) where text[start] == first {
            if text[start..<(start + word.count)].elementsEqual(word) { return true }
        }
        return false
    }

    /// Lower case, no apostrophes, one blank for several and none at the ends.
    private static func ascii(_ text: String.UTF8View) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        for byte in text {
            switch byte {
            case 65...90: bytes.append(byte + 32)
            case UInt8(ascii: "'"), UInt8(ascii: "`"): continue
            case 0...0x20:
                if let last = bytes.last, last != 0x20 { bytes.append(0x20) }
            default: bytes.append(byte)
            }
        }
        if bytes.last == 0x20 { bytes.removeLast() }
        return bytes
    }

    private static func append(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return
        case .spaceSeparator: text += " "
        case .dashPunctuation: text += "-"
        default:
            switch scalar {
            case "’", "‘", "‛", "ʼ", "ʻ", "´", "′", "＇": return
            case "ß", "ẞ": text += "ss"
            case "æ", "Æ": text += "ae"
            case "œ", "Œ": text += "oe"
            case "ø", "Ø": text += "o"
            case "ł", "Ł": text += "l"
            case "đ", "Đ", "ð", "Ð": text += "d"
            case "ı": text += "i"
            default: text += scalar.properties.lowercaseMapping
            }
        }
    }
}
