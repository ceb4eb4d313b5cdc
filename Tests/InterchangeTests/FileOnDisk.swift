import Foundation

/// A file of its own for one test, gone with it.
final class FileOnDisk {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("hand-over-\(UUID().uuidString).csv").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

    deinit {
        for name in [path, path + ".rejected.csv"] {
            try? FileManager.default.removeItem(atPath: name)
        }
    }
}
