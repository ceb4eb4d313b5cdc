/// A thing without a good name has not been thought through.
enum NameChecks {
    static let banned: Set<Substring> = [
        "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Impl", "Support", "Common",
        "Base",
    ]

    /// Words of a name that say nothing, in a path or in the name of a type.
    static func names(_ file: TextFile) -> [Finding] {
        var findings: [Finding] = []
        for part in file.path.split(separator: "/") {
            for word in words(String(part)) where banned.contains(word) {
                findings.append(
                    Finding(path: file.path, line: 1, fault: "\(word) in the name of a file"))
            }
        }
        for (index, line) in file.code.enumerated()
        where line.mentions("struct", "enum", "class", "actor", "protocol", "typealias") {
            for match in line.matches(of: type) {
                for word in words(String(match.output.1)) where banned.contains(word) {
                    findings.append(
                        Finding(
                            path: file.path, line: index + 1,
                            fault: "\(word) in the name of a type"))
                }
            }
        }
        return findings
    }

    private static var type: Regex<(Substring, Substring)> {
        /\b(?:struct|enum|class|actor|protocol|typealias)\s+([A-Z][A-Za-z0-9_]*)/
    }

    private static func words(_ name: String) -> [Substring] {
        name.matches(of: /[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[a-z0-9]+/).map {
            $0.output.prefix(1).uppercased() + $0.output.dropFirst()
        }.map { Substring($0) }
    }
}
