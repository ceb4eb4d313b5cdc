import Foundation

extension HandOver {
    /// Where the rejected rows of this file are written: `FILE.rejected.csv`.
    package var rejectedPath: String { path + ".rejected.csv" }

    /// Writes every bad row to `rejectedPath`: its line, the columns that are wrong, the reasons in
    /// the words of `describe`, and the row as it was.
    ///
    /// Corrected there, the file can be loaded as it is: each row stands in it once, and what it
    /// has more is left out. UTF-8 with a byte order mark and `;`, as spreadsheets here expect,
    /// with cells that would be formulas made text (`SpreadsheetCell`); readable by its owner
    /// alone, since it holds personal data. A file of an earlier run is replaced. Returns how many
    /// rows were written; throws `.unwritable`, and what reading throws.
    ///
    /// - Parameter further: problems that no file shows by itself, by the line of the row.
    @discardableResult
    package func writeRejected(
        also further: [Int: FieldProblem] = [:], describe: (FieldProblem.Reason) -> String
    ) throws(HandOverError) -> Int {
        let output = try RejectedOutput(path: rejectedPath)
        let format = summary.format
        try output.write(["line", "column", "reason"] + format.header.names)
        var cursor = try RowCursor(
            path: path, format.delimiter, format.encoding, format.header)
        var count = 0
        while let row = try cursor.next() {
            guard row.kind == .item else { continue }
            var problems: [FieldProblem] = []
            if case .bad(let found) = format.reader.read(row.record) { problems = found }
            if let first = index.repeats[row.record.line] {
                problems.append(RowIndex.problem(line: row.record.line, first: first))
            }
            if let problem = further[row.record.line] { problems.append(problem) }
            guard !problems.isEmpty else { continue }
            count += 1
            try output.write(
                [
                    String(row.record.line),
                    problems.map(\.column).joined(separator: ", "),
                    problems.map { describe($0.reason) }.joined(separator: "; "),
                ] + row.record.fields)
        }
        try output.finish()
        return count
    }
}

/// A CSV file being written beside its final name, which it gets when it is whole.
private struct RejectedOutput {
    private let path: String
    private let handle: FileHandle

    init(path: String) throws(HandOverError) {
        self.path = path
        guard
            FileManager.default.createFile(
                atPath: path + ".part", contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path + ".part")
        else { throw .unwritable(path: path) }
        self.handle = handle
        try write(bytes: [0xEF, 0xBB, 0xBF])
    }

    func write(_ fields: [String]) throws(HandOverError) {
        try write(bytes: Array((fields.map(Self.quoted).joined(separator: ";") + "\r\n").utf8))
    }

    func finish() throws(HandOverError) {
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw .unwritable(path: path) }
        guard rename(path + ".part", path) == 0 else { throw .unwritable(path: path) }
    }

    private func write(bytes: [UInt8]) throws(HandOverError) {
        do { try handle.write(contentsOf: Data(bytes)) } catch { throw .unwritable(path: path) }
    }

    private static func quoted(_ field: String) -> String {
        let field = SpreadsheetCell.neutralized(field)
        guard field.utf8.contains(where: { [0x22, 0x3B, 0x0A, 0x0D].contains($0) }) else {
            return field
        }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
