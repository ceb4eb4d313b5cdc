/// What the documents say exists, and nothing says where it was written.
enum ProseChecks {
    /// Beginnings of paths that exist only where the programs were written. They are put together
    /// here so that this file does not contain them.
    static let machinePaths = [
        ["", "work", ""], ["", "farm", ""], ["", "opt", "swift"], ["", ".library"],
    ].map { $0.joined(separator: "/") }

    static func machinePaths(_ file: TextFile) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() {
            for path in machinePaths where line.mentions(path) && contains(line, path) {
                findings.append(
                    Finding(path: file.path, line: index + 1, fault: "a path of one machine"))
            }
        }
        return findings
    }

    /// Whether the path begins in the line, rather than going on there from something before it.
    private static func contains(_ line: Substring, _ path: String) -> Bool {
        line.ranges(of: path).contains { range in
            guard range.lowerBound > line.startIndex, path.hasSuffix("/") else { return true }
            let before = line[line.index(before: range.lowerBound)]
            return !(before.isLetter || before.isNumber || "._-}*".contains(before))
        }
    }

    /// Links between documents, and paths in backticks that begin with a folder of the
    /// repository, that lead nowhere. Blocks of code are passed over.
    static func deadPaths(
        _ file: TextFile, exists: (String) -> Bool, topFolders: [String]
    ) -> [Finding] {
        var findings: [Finding] = []
        var isCode = false
        for (index, line) in file.lines.enumerated() {
            if line.contains(/^\s*(?:```|~~~)/) { isCode.toggle() }
            guard !isCode else { continue }
            let named = links(in: line, of: file) + paths(in: line, topFolders: topFolders)
            for path in named where !exists(path) {
                findings.append(
                    Finding(path: file.path, line: index + 1, fault: "\(path) does not exist"))
            }
        }
        return findings
    }

    private static func links(in line: Substring, of file: TextFile) -> [String] {
        line.matches(of: /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/).compactMap { match in
            let target = match.output.1.prefix { $0 != "#" }
            guard !target.isEmpty, !target.contains(/^[a-z][a-z0-9+.\-]*:/) else { return nil }
            if target.hasPrefix("/") { return String(target.dropFirst()) }
            let folder = file.path.split(separator: "/").dropLast()
            return resolve(folder.map(String.init) + target.split(separator: "/").map(String.init))
        }
    }

    private static func resolve(_ parts: [String]) -> String {
        var resolved: [String] = []
        for part in parts where part != "." {
            if part == "..", !resolved.isEmpty, resolved.last != ".." {
                resolved.removeLast()
            } else {
                resolved.append(part)
            }
        }
        return resolved.joined(separator: "/")
    }

    private static func paths(in line: Substring, topFolders: [String]) -> [String] {
        line.matches(of: /`([A-Za-z.][A-Za-z0-9_.\-]*\/[A-Za-z0-9_.\-\/+]*)`/).compactMap { match in
            let path = String(match.output.1)
            let first = path.prefix { $0 != "/" }
            return topFolders.contains(String(first)) ? path : nil
        }
    }
}
