import Foundation

/// One text file of the repository.
struct TextFile {
    /// Its path from the root of the repository.
    let path: String
    let text: String
    let lines: [Substring]
    /// The lines without comments and strings, if it is Swift.
    let code: [Substring]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        code = path.hasSuffix(".swift") ? SwiftCode.lines(text) : []
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The module a Swift source belongs to, by where it lies.
    var module: String {
        let parts = path.split(separator: "/").map(String.init)
        switch parts[0] {
        case "Sources", "Tests": return parts.count > 2 ? parts[1] : ""
        case "Protocol", "Client", "Server": return "Rientro" + parts[0]
        default: return ""
        }
    }

    var isTest: Bool { path.hasPrefix("Tests/") }
}

/// Something that a check found.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    /// Counted from 1.
    let line: Int
    let fault: String

    var description: String { "\(path):\(line): \(fault)" }
}

/// The files that belong to the repository this test was built from.
///
/// They are found by walking through the folders, so that the checks also hold in an unpacked
/// archive without its history; what the build and the demo leave behind is passed over.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let files: [TextFile] = walk()

    static var swiftSources: [TextFile] {
        files.filter { $0.path.hasSuffix(".swift") && $0.path != "Package.swift" }
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    private static func isPassedOver(_ name: String, in folder: String) -> Bool {
        name == ".git" || name == ".swiftpm" || name == "__pycache__"
            || (name == "demo" && folder.isEmpty)
            || name.hasPrefix(".build") || name.hasSuffix(".profraw")
            || name == "Package.resolved"
    }

    private static func walk() -> [TextFile] {
        var found: [TextFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let url = root.appendingPathComponent(folder)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
            for name in names.sorted() where !isPassedOver(name, in: folder) {
                let path = folder.isEmpty ? name : folder + "/" + name
                var isFolder: ObjCBool = false
                let place = root.appendingPathComponent(path).path
                guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
                else { continue }
                if isFolder.boolValue {
                    folders.append(path)
                } else if let bytes = FileManager.default.contents(atPath: place),
                    let text = String(validating: bytes, as: UTF8.self)
                {
                    found.append(TextFile(path: path, text: text))
                }
            }
        }
        return found
    }
}
