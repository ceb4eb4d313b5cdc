/// How a file writes its text: decided once for the whole of it.
package enum TextEncoding: String, Equatable, Sendable {
    case utf8 = "UTF-8"
    case windows1252 = "Windows-1252"

    /// The text of the bytes. In a file that was inspected it never fails; bytes that are not of
    /// the encoding become U+FFFD.
    package func text(_ bytes: ArraySlice<UInt8>) -> String {
        switch self {
        case .utf8:
            return String(decoding: bytes, as: UTF8.self)
        case .windows1252:
            if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
            var text = String.UnicodeScalarView()
            for byte in bytes {
                text.append(Self.scalar(byte) ?? "\u{FFFD}")
            }
            return String(text)
        }
    }

    /// The character of a Windows-1252 byte; nil for the five that have none.
    static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
        guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
        let code = upper[Int(byte - 0x80)]
        return code == 0 ? nil : Unicode.Scalar(code)
    }

    /// 0x80 to 0x9F (WHATWG Encoding, windows-1252); 0 where the code page has no character.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
        0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
        0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
    ]
}

/// Decides the encoding while a file goes by, in any pieces.
///
/// Text that is valid UTF-8 (RFC 3629) is taken for it: a Windows-1252 text with letters beyond
/// ASCII practically never is.
struct EncodingDecision {
    private(set) var line = 1
    private var isAfterReturn = false
    private var isUTF8 = true
    private var isWindows1252 = true
    private var firstFault: Int?
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Takes the next bytes.
    mutating func received(_ bytes: [UInt8]) {
        for byte in bytes {
            if isUTF8 { checkUTF8(byte) }
            // NUL is in neither: it means UTF-16, or no text at all.
            if byte == 0 || (byte >= 0x80 && TextEncoding.scalar(byte) == nil) {
                if firstFault == nil { firstFault = line }
                isWindows1252 = false
                if byte == 0 { isUTF8 = false }
            }
            if byte == 0x0D || byte == 0x0A && !isAfterReturn { line += 1 }
            isAfterReturn = byte == 0x0D
        }
    }

    /// The encoding; throws `.notText` with the line that shows that it is neither.
    func decided() throws(HandOverError) -> TextEncoding {
        if isUTF8, missing == 0 { return .utf8 }
        if isWindows1252 { return .windows1252 }
        throw .notText(line: firstFault ?? line)
    }

    private mutating func checkUTF8(_ byte: UInt8) {
        if missing > 0 {
            guard range.contains(byte) else {
                isUTF8 = false
                return
            }
            missing -= 1
            range = 0x80...0xBF
            return
        }
        switch byte {
        case 0x00...0x7F: break
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        case 0xF1...0xF3: missing = 3
        default: isUTF8 = false
        }
    }
}
