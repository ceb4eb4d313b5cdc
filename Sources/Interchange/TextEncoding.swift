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
    private var offset: UInt64 = 0
    private var beginning: [UInt8] = []
    private var isUTF8 = true
    private var isWindows1252 = true
    /// Whether a letter beyond ASCII was read as UTF-8: then that is what the file is, or was.
    private var hasUTF8Letters = false
    private var firstNotUTF8: UInt64 = 0
    private var firstNotWindows1252: UInt64 = 0
    /// Where the letter begins that is being read.
    private var letter: UInt64 = 0
    private var missing = 0
    private var range: ClosedRange<UInt8> = 0x80...0xBF

    /// Takes the next bytes.
    mutating func received(_ bytes: [UInt8]) {
        let room = Self.markBytes - beginning.count
        if room > 0 { beginning += bytes.prefix(room) }
        for byte in bytes {
            if isUTF8 { checkUTF8(byte) }
            // NUL is in neither: it means UTF-16, or no text at all.
            if isWindows1252, byte == 0 || (byte >= 0x80 && TextEncoding.scalar(byte) == nil) {
                isWindows1252 = false
                firstNotWindows1252 = offset
            }
            if byte == 0 { refuseUTF8(from: offset) }
            offset += 1
        }
    }

    /// The encoding; nil where it is neither.
    var encoding: TextEncoding? {
        if isUTF8, missing == 0 { return .utf8 }
        return isWindows1252 ? .windows1252 : nil
    }

    /// What the file is by its first bytes, where it is no text of ours.
    var otherKind: OtherFileKind? {
        OtherFileKind.allCases.first { kind in
            kind.marks.contains { beginning.starts(with: $0) }
        }
    }

    /// The byte that shows that it is neither, and whether what is before it is UTF-8.
    var fault: (offset: UInt64, isUTF8: Bool) {
        // A file that ends inside a letter was cut there.
        if hasUTF8Letters { return (isUTF8 ? letter : firstNotUTF8, true) }
        return (firstNotWindows1252, false)
    }

    /// The longest of the marks.
    private static let markBytes = 4

    private mutating func refuseUTF8(from place: UInt64) {
        guard isUTF8 else { return }
        isUTF8 = false
        firstNotUTF8 = place
    }

    private mutating func checkUTF8(_ byte: UInt8) {
        if missing > 0 {
            guard range.contains(byte) else { return refuseUTF8(from: letter) }
            missing -= 1
            range = 0x80...0xBF
            if missing == 0 { hasUTF8Letters = true }
            return
        }
        letter = offset
        switch byte {
        case 0x00...0x7F: break
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, range) = (2, 0xA0...0xBF)
        case 0xED: (missing, range) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, range) = (3, 0x90...0xBF)
        case 0xF4: (missing, range) = (3, 0x80...0x8F)
        case 0xF1...0xF3: missing = 3
        default: refuseUTF8(from: offset)
        }
    }
}

/// What a file is that holds no text of ours, as far as its first bytes tell.
package enum OtherFileKind: String, CaseIterable, Equatable, Sendable {
    /// Text of two or four bytes a character, such as "Unicode text" of a spreadsheet program.
    case utf16 = "UTF-16"
    /// A spreadsheet (xlsx, ods) or another packed file.
    case zip = "ZIP"
    /// A spreadsheet of before 2007.
    case compound = "XLS"
    /// A page to be printed.
    case pdf = "PDF"

    fileprivate var marks: [[UInt8]] {
        switch self {
        case .utf16: [[0xFF, 0xFE], [0xFE, 0xFF]]
        case .zip: [[0x50, 0x4B, 0x03, 0x04]]
        case .compound: [[0xD0, 0xCF, 0x11, 0xE0]]
        case .pdf: [[0x25, 0x50, 0x44, 0x46]]
        }
    }
}
