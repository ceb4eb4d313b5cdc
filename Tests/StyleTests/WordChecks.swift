/// Words of the language, and of unfinished work, that do not belong into the programs.
enum WordChecks {
    static func leftovers(_ file: TextFile) -> [Finding] {
        guard !file.isTest else { return [] }
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated()
        where line.mentions("TODO", "FIXME", "XXX")
            && line.contains(/\b(?:TODO|FIXME|XXX)\b/)
        {
            findings.append(
                Finding(path: file.path, line: index + 1, fault: "work that was left undone"))
        }
        for (index, line) in file.code.enumerated()
        where line.mentions("try!", "as!", "fatalError") {
            for match in line.matches(of: /\btry!|\bas!|\bfatalError\b/) {
                findings.append(
                    Finding(path: file.path, line: index + 1, fault: String(match.output)))
            }
        }
        return findings
    }

    /// Modules whose business is to write to standard output.
    static let modulesThatPrint: Set<String> = ["rientro", "rientro-server", "Terminal"]

    static func printing(_ file: TextFile) -> [Finding] {
        guard !file.isTest, !modulesThatPrint.contains(file.module) else { return [] }
        return file.code.enumerated().filter {
            $0.element.mentions("rint(", "dump(")
                && $0.element.contains(/(?:^|[^.\w])(?:debugPrint|print|dump)\(/)
        }.map {
            Finding(path: file.path, line: $0.offset + 1, fault: "print outside the programs")
        }
    }

    /// Every test is named as a claim: a sentence that can be false.
    static func claims(_ file: TextFile) -> [Finding] {
        guard file.isTest else { return [] }
        let code = file.code.joined(separator: "\n")
        var findings: [Finding] = []
        for match in code.matches(of: /[@]Test\b(\s*\(\s*")?/) where match.output.1 == nil {
            let line = code[..<match.range.lowerBound].count { $0 == "\n" } + 1
            findings.append(Finding(path: file.path, line: line, fault: "a test without a claim"))
        }
        return findings
    }
}
