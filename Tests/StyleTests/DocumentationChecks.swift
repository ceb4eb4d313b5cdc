/// Whoever uses a module from outside reads its comments, not its code.
enum DocumentationChecks {
    /// Declarations for other modules without a comment directly above them or their attributes.
    ///
    /// Cases of enumerations and requirements of protocols carry no access level of their own and
    /// are left to the reader; so are overrides and the operators `==` and `<`, whose meaning is
    /// laid down elsewhere.
    static func undocumented(_ file: TextFile) -> [Finding] {
        guard !file.isTest else { return [] }
        let code = file.code
        let lines = file.lines
        var findings: [Finding] = []
        for (index, line) in code.enumerated()
        where line.mentions("package", "public", "open") && line.contains(declaration) {
            guard !line.contains(/\boverride\b|\bfunc (?:==|<) ?\(/) else { continue }
            var above = index - 1
            while above >= 0, code[above].contains(/^\s*@[A-Za-z]/) { above -= 1 }
            let isDocumented = above >= 0 && lines[above].contains(/^\s*\/\/\/\s*\S/)
            if !isDocumented {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, fault: "a declaration without a comment")
                )
            }
        }
        return findings
    }

    private static var declaration: Regex<Substring> {
        #/
        ^\s* (?: @[A-Za-z]+ (?: \([^)]*\) )? \s+ | [a-z]+ (?: \([a-z]+\) )? \s+ )*
        \b (?: package | public | open ) \s+ (?: [a-z]+ (?: \([a-z]+\) )? \s+ )*
        (?: func | struct | enum | class | actor | var | let | init | protocol | typealias
        | subscript ) \b
        /#
    }
}
