/// Which module may lean on what, beyond what the build itself refuses.
enum BoundaryChecks {
    /// Modules that keep to the bare language and the C library, so that they stay small, build
    /// everywhere and hold no surprise.
    static let modulesWithoutFoundation: Set<String> = [
        "RientroProtocol", "RientroSQLite", "RientroHTTP", "Terminal",
    ]

    static func imports(_ file: TextFile) -> [Finding] {
        guard !file.isTest else { return [] }
        var findings: [Finding] = []
        for (index, line) in file.code.enumerated() where line.mentions("import") {
            guard let match = line.firstMatch(of: importLine) else { continue }
            let name = String(match.output.1)
            if file.module == "RientroProtocol" {
                findings.append(
                    Finding(path: file.path, line: index + 1, fault: "the protocol imports \(name)")
                )
            } else if name.hasPrefix("Foundation"), modulesWithoutFoundation.contains(file.module) {
                findings.append(
                    Finding(
                        path: file.path, line: index + 1, fault: "\(file.module) imports \(name)"))
            }
        }
        return findings
    }

    private static var importLine: Regex<(Substring, Substring)> {
        #/
        ^\s* (?: @[A-Za-z_]+ (?: \([^)]*\) )? \s+ )* (?: [a-z]+ \s+ )? import \s+
        (?: (?: struct | enum | class | func | var | let | protocol | typealias ) \s+ )?
        ([A-Za-z_][A-Za-z0-9_]*)
        /#
    }

    /// The owner wants no Swift packages.
    static func packages(_ manifest: TextFile) -> [Finding] {
        manifest.code.enumerated().filter {
            $0.element.contains(/\.package\s*\(/)
        }.map {
            Finding(path: manifest.path, line: $0.offset + 1, fault: "a package dependency")
        }
    }
}
