import Foundation
import Testing

/// Chromium, without a window: what a reader's browser makes of a page.
struct Browser {
    /// Where it is.
    let path: String

    /// The one that the system has; the tests fail without one (`.ci/prepare --for-tests`).
    init() throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
        let places = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        path = try #require(
            places.first { FileManager.default.isExecutableFile(atPath: $0) },
            "Chromium is missing: .ci/prepare --for-tests installs it")
    }

    /// What came of a page.
    struct Visit {
        /// The document as it is after loading.
        let document: String
        /// Every address that was asked for, the browser's own calls to its maker left out.
        let addresses: [String]
    }

    /// Opens a file, with no network to reach.
    ///
    /// Files may look into each other, so that a page of the tests can measure the pages that it
    /// shows, just as they are.
    func open(_ file: String, in folder: String, isDark: Bool = false) throws -> Visit {
        let log = "\(folder)/net-\(UUID().uuidString).json"
        let output = "\(folder)/dom-\(UUID().uuidString).html"
        try Data().write(to: URL(fileURLWithPath: output))
        let process = Process()
        // A browser that hangs must not hang the tests.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["timeout", "-k", "5", "120", path] + Self.options + [
                "--user-data-dir=\(folder)/profile", "--log-net-log=\(log)",
                "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)", "--dump-dom",
                "file://\(folder)/\(file)",
            ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "Chromium ended with an error")
        let document = try String(contentsOfFile: output, encoding: .utf8)
        return Visit(document: document, addresses: try Self.addresses(log))
    }

    private static let options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-extensions", "--disable-default-apps", "--no-first-run", "--mute-audio",
        "--allow-file-access-from-files", "--hide-scrollbars", "--window-size=1400,1000",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--net-log-capture-mode=Everything",
    ]

    private static func addresses(_ log: String) throws -> [String] {
        let text = try String(contentsOfFile: log, encoding: .utf8)
        let found = Set(
            text.matches(of: /"(?:url|original_url)":"((?:https?|wss?|ftp)[^"]*)"/).map {
                String($0.output.1)
            })
        return found.filter { address in
            guard let host = URL(string: address)?.host else { return true }
            return !["google.com", "googleapis.com", "gvt1.com", "gstatic.com"].contains {
                host == $0 || host.hasSuffix("." + $0)
            }
        }.sorted()
    }
}
