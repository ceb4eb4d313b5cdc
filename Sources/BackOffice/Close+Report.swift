internal import Foundation

extension Close {
    func writeReport() throws -> [CloseCount] {
        try FileManager.default.createDirectory(
            atPath: reportFolder, withIntermediateDirectories: true)
        firstFile = "firm.html"
        for page in pages {
            let e = JSONEncoder(); e.outputFormatting = [.sortedKeys]
            let n =
                page.scope.kind == .firm ? "firm" : "\(page.scope.kind.rawValue)-\(page.scope.key)"
            try e.encode(page).write(to: URL(fileURLWithPath: "\(reportFolder)/\(n).html"))
        }
        return [CloseCount("files", pages.count)]
    }
}
