/// Files, functions and lines stay short enough to be read at one go.
enum LengthChecks {
    /// Lines of a file: what a reader holds in mind as one idea.
    static let fileLinesMax = 400
    /// Lines of a function, its first and last included: a screen.
    static let functionLinesMax = 60
    /// Characters of a line, as the formatter is told.
    static let lineCharactersMax = 100

    static func files(_ file: TextFile) -> [Finding] {
        let count = file.lines.count - (file.text.hasSuffix("\n") ? 1 : 0)
        guard count > fileLinesMax else { return [] }
        return [
            Finding(path: file.path, line: count, fault: "a file of \(count) lines")
        ]
    }

    static func lines(_ file: TextFile) -> [Finding] {
        file.lines.enumerated().filter {
            $0.element.utf8.count > lineCharactersMax && $0.element.count > lineCharactersMax
        }.map {
            Finding(
                path: file.path, line: $0.offset + 1,
                fault: "a line of \($0.element.count) characters")
        }
    }

    /// Functions and initialisers, found by counting brackets. A function inside another counts
    /// for both; closures and computed properties are not measured by themselves.
    static func functions(_ file: TextFile) -> [Finding] {
        let code = file.code
        var findings: [Finding] = []
        for (index, line) in code.enumerated() where declares(line) {
            guard let last = lastLine(of: code, from: index) else { continue }
            let count = last - index + 1
            if count > functionLinesMax {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, fault: "a function of \(count) lines"))
            }
        }
        return findings
    }

    private static func declares(_ line: Substring) -> Bool {
        line.mentions("func", "init", "subscript") && line.contains(declaration)
    }

    private static var declaration: Regex<Substring> {
        #/
        ^\s* (?: @[A-Za-z]+ (?: \([^)]*\) )? \s+ | [a-z]+ (?: \([a-z]+\) )? \s+ )*
        (?: func\s | init[?(<] | deinit\b | subscript[(<] )
        /#
    }

    /// The line that closes the body which opens behind the declaration; nil if it has none, as
    /// in a protocol.
    private static func lastLine(of code: [Substring], from first: Int) -> Int? {
        var round = 0
        var curly = 0
        for index in first..<code.count {
            if index > first && curly == 0 && round == 0 && declares(code[index]) {
                return nil
            }
            for character in code[index] {
                switch character {
                case "(", "[": round += 1
                case ")", "]": round -= 1
                case "{" where curly > 0 || round == 0: curly += 1
                case "}" where curly > 0:
                    curly -= 1
                    if curly == 0 { return index }
                case "}" where round == 0: return nil
                default: break
                }
            }
        }
        return nil
    }
}
