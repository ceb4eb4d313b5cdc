/// Swift source in which comments and the contents of strings are blank, so that words can be
/// searched for without meeting prose. Lines and columns stay where they are.
///
/// It is a simple scanner: it knows nested comments, strings of several lines, raw strings and
/// interpolation (which it blanks as well), and does not know regular expression literals.
struct SwiftCode {
    let lines: [Substring]

    init(_ text: String) {
        var scanner = Scanner(Array(text.unicodeScalars))
        let code = scanner.scan()
        lines = code.split(separator: "\n", omittingEmptySubsequences: false)
    }
}

private struct Scanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var code = String.UnicodeScalarView()

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    mutating func scan() -> String {
        while position < scalars.count {
            if starts(with: "//") {
                blank(until: { $0.starts(with: "\n") })
            } else if starts(with: "/*") {
                blankComment()
            } else if let hashes = openingHashes() {
                blankString(hashes: hashes)
            } else {
                keep()
            }
        }
        return String(code)
    }

    private func starts(with text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard position + wanted.count <= scalars.count else { return false }
        return zip(wanted, scalars[position...]).allSatisfy { $0 == $1 }
    }

    private mutating func keep() {
        code.append(scalars[position])
        position += 1
    }

    private mutating func blank(count: Int = 1) {
        for _ in 0..<count where position < scalars.count {
            code.append(scalars[position] == "\n" ? "\n" : " ")
            position += 1
        }
    }

    private mutating func blank(until isEnd: (Scanner) -> Bool) {
        while position < scalars.count && !isEnd(self) { blank() }
    }

    private mutating func blankComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(count: 2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(count: 2)
            } else {
                blank()
            }
        } while depth > 0 && position < scalars.count
    }

    /// How many `#` stand before the quotation mark of a string that begins here.
    private func openingHashes() -> Int? {
        let hashes = scalars[position...].prefix { $0 == "#" }.count
        let quote = position + hashes
        return quote < scalars.count && scalars[quote] == "\"" ? hashes : nil
    }

    private mutating func blankString(hashes: Int) {
        blank(count: hashes)
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        let fence = String(repeating: "#", count: hashes)
        // The quotation marks stay, so that a check can see that there is a string.
        for _ in quote.unicodeScalars { keep() }
        while position < scalars.count && !starts(with: quote + fence) {
            if starts(with: "\\" + fence + "(") {
                blank(count: hashes + 2)
                blankInterpolation()
            } else if starts(with: "\\" + fence) {
                blank(count: hashes + 2)
            } else {
                blank()
            }
        }
        for _ in quote.unicodeScalars where position < scalars.count { keep() }
        blank(count: hashes)
    }

    private mutating func blankInterpolation() {
        var depth = 1
        while position < scalars.count && depth > 0 {
            if let hashes = openingHashes() {
                let before = code.count
                blankString(hashes: hashes)
                let inner = code.dropFirst(before).map { $0 == "\n" ? $0 : " " }
                code.removeLast(code.count - before)
                code.append(contentsOf: inner)
                continue
            }
            if scalars[position] == "(" { depth += 1 }
            if scalars[position] == ")" { depth -= 1 }
            blank()
        }
    }
}
