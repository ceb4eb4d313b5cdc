/// Swift source in which comments and the contents of strings are blank, so that words can be
/// searched for without meeting prose. Lines stay where they are, and so do columns in bytes.
///
/// It is a simple scanner: it knows nested comments, strings of several lines, raw strings and
/// interpolation (which it blanks as well), and does not know regular expression literals.
enum SwiftCode {
    static func lines(_ text: String) -> [Substring] {
        var scanner = Scanner(Array(text.utf8))
        return scanner.scan().split(separator: "\n", omittingEmptySubsequences: false)
    }
}

/// Works on bytes, since the checks read the whole repository in a build without optimisation.
private struct Scanner {
    private let bytes: [UInt8]
    private var position = 0
    private var code: [UInt8] = []

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")
    private static let open = UInt8(ascii: "(")
    private static let close = UInt8(ascii: ")")

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code.reserveCapacity(bytes.count)
    }

    mutating func scan() -> String {
        while position < bytes.count {
            switch bytes[position] {
            case Self.slash where byte(1) == Self.slash:
                while position < bytes.count, bytes[position] != Self.newline { blank() }
            case Self.slash where byte(1) == Self.star: blankComment()
            case Self.quote: blankString(hashes: 0)
            case Self.hash:
                if let hashes = openingHashes() { blankString(hashes: hashes) } else { keep() }
            default: keep()
            }
        }
        return String(decoding: code, as: UTF8.self)
    }

    private func byte(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func keep() {
        code.append(bytes[position])
        position += 1
    }

    private mutating func blank(count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            code.append(bytes[position] == Self.newline ? Self.newline : UInt8(ascii: " "))
            position += 1
        }
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            if byte(0) == Self.slash && byte(1) == Self.star {
                depth += 1
                blank(count: 2)
            } else if byte(0) == Self.star && byte(1) == Self.slash {
                depth -= 1
                blank(count: 2)
            } else {
                blank()
            }
        } while depth > 0 && position < bytes.count
    }

    /// How many `#` stand before the quotation mark of a string that begins here.
    private func openingHashes() -> Int? {
        var hashes = 0
        while byte(hashes) == Self.hash { hashes += 1 }
        return byte(hashes) == Self.quote ? hashes : nil
    }

    private func stands(_ count: Int, of wanted: UInt8, at distance: Int) -> Bool {
        (0..<count).allSatisfy { byte(distance + $0) == wanted }
    }

    private mutating func blankString(hashes: Int) {
        blank(count: hashes)
        let quotes = stands(3, of: Self.quote, at: 0) ? 3 : 1
        // The quotation marks stay, so that a check can see that there is a string.
        for _ in 0..<quotes { keep() }
        while position < bytes.count {
            if bytes[position] == Self.quote && stands(quotes, of: Self.quote, at: 0)
                && stands(hashes, of: Self.hash, at: quotes)
            {
                break
            }
            if bytes[position] == Self.backslash && stands(hashes, of: Self.hash, at: 1) {
                let isInterpolation = byte(hashes + 1) == Self.open
                blank(count: hashes + 2)
                if isInterpolation { blankInterpolation() }
            } else {
                blank()
            }
        }
        for _ in 0..<quotes where position < bytes.count { keep() }
        blank(count: hashes)
    }

    private mutating func blankInterpolation() {
        var depth = 1
        while position < bytes.count && depth > 0 {
            if let hashes = openingHashes() {
                let before = code.count
                blankString(hashes: hashes)
                for index in before..<code.count where code[index] == Self.quote {
                    code[index] = UInt8(ascii: " ")
                }
                continue
            }
            if bytes[position] == Self.open { depth += 1 }
            if bytes[position] == Self.close { depth -= 1 }
            blank()
        }
    }
}
