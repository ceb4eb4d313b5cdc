import Foundation

/// The programs as they were built, beside the bundle of the tests.
enum Programs {
    static let folder: String = {
        let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return bundle.resolvingSymlinksInPath().deletingLastPathComponent().path
    }()

    static let office = "\(folder)/rientro"
    static let centre = "\(folder)/rientro-server"
    static let bench = "\(folder)/rientro-bench"

    /// The root of the repository.
    static let repository: String = {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
    }()

    /// Python with cbor2, as `.ci/prepare --for-tests` makes it; the plain one for all else.
    static let pythonWithCBOR = "\(repository)/.build/venv/bin/python3"

    /// All that a program is told about its surroundings: nothing of the machine's proxies, of its
    /// language, or of a replica that someone works with.
    static func environment(home: String) -> [String: String] {
        [
            "PATH": "\(folder):/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": home, "LC_ALL": "C.UTF-8", "TZ": "Europe/Rome", "NO_PROXY": "127.0.0.1",
        ]
    }

    /// Rounds of a test that may run for long: few as a rule, many where
    /// `RIENTRO_SOAK` says how many times as many.
    static func rounds(_ ordinary: Int) -> Int {
        let factor = ProcessInfo.processInfo.environment["RIENTRO_SOAK"].flatMap(Int.init) ?? 1
        return ordinary * max(1, factor)
    }

    /// The seed of a test that draws by chance: `RIENTRO_SEED`, or the one it always has.
    static func seed(_ ordinary: UInt64) -> UInt64 {
        ProcessInfo.processInfo.environment["RIENTRO_SEED"].flatMap(UInt64.init) ?? ordinary
    }
}
