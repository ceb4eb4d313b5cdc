// swift-tools-version: 6.2
import PackageDescription

/// Every target is built with these: the language as strict as the compiler offers it.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "rientro",
    products: [
        .library(name: "RientroClient", targets: ["RientroClient"]),
        .executable(name: "rientro", targets: ["rientro"]),
        .executable(name: "rientro-server", targets: ["rientro-server"]),
        .executable(name: "rientro-bench", targets: ["rientro-bench"]),
    ],
    traits: [
        .trait(
            name: "Mutations",
            description: "Errors that are chosen by name, to see whether the checkers bite.")
    ],
    dependencies: [],
    targets: [
        // Three islands: none knows another.
        .systemLibrary(
            name: "CRientroSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CRientroLinux"),
        .target(name: "RientroSQLite", dependencies: ["CRientroSQLite"], swiftSettings: strict),
        .target(
            name: "RientroProtocol", path: "Protocol",
            exclude: ["README.md", "Model", "Specification", "Vectors", "openapi.yaml"],
            swiftSettings: strict),
        .target(name: "RientroHTTP", dependencies: ["CRientroLinux"], swiftSettings: strict),

        // The engine. Client and server are peers: neither knows the other.
        .target(
            name: "RientroStore", dependencies: ["RientroSQLite", "RientroProtocol"],
            swiftSettings: strict),
        .target(
            name: "RientroClient",
            dependencies: ["RientroStore", "RientroSQLite", "RientroProtocol"],
            path: "Client", exclude: ["README.md"], swiftSettings: strict),
        .target(
            name: "RientroServer",
            dependencies: ["RientroStore", "RientroSQLite", "RientroProtocol", "RientroHTTP"],
            path: "Server",
            exclude: [
                "README.md", "nginx.conf", "rientro.service", "rientro-nightly.service",
                "rientro-nightly.timer",
            ],
            swiftSettings: strict),

        // The trade.
        .target(name: "Portfolio", dependencies: ["RientroProtocol"], swiftSettings: strict),
        .target(
            name: "Interchange",
            dependencies: [
                "Portfolio", "RientroServer", "RientroStore", "RientroSQLite", "RientroProtocol",
            ],
            exclude: ["README.md"], swiftSettings: strict),

        .target(
            name: "BackOffice",
            dependencies: [
                "CRientroLinux", "Portfolio", "RientroServer", "RientroStore", "RientroSQLite",
                "RientroProtocol", "Terminal",
            ],
            exclude: [
                "README.md", "Figures/README.md", "Report/README.md", "Review/README.md",
            ],
            swiftSettings: strict),

        // A world that breaks on purpose.
        .target(
            name: "Simulation",
            dependencies: [
                "CRientroSQLite", "RientroSQLite", "RientroProtocol", "RientroStore",
                "RientroClient", "RientroServer", "Portfolio",
            ],
            exclude: ["README.md"], swiftSettings: strict),

        // The programs.
        .target(name: "Terminal", swiftSettings: strict),
        .executableTarget(
            name: "rientro",
            dependencies: [
                "RientroClient", "RientroSQLite", "RientroProtocol", "Portfolio", "Terminal",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "rientro-server",
            dependencies: [
                "RientroServer", "RientroStore", "RientroSQLite", "RientroProtocol", "RientroHTTP",
                "Portfolio", "Interchange", "BackOffice", "Terminal",
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "rientro-bench",
            dependencies: [
                "RientroClient", "RientroServer", "RientroStore", "RientroSQLite",
                "RientroProtocol", "RientroHTTP", "Portfolio", "Simulation", "Terminal",
            ],
            exclude: ["README.md", "record.json"], swiftSettings: strict),

        // What must hold of any bytes, for `make fuzz` and for the tests.
        .target(
            name: "Fuzzing",
            dependencies: [
                "RientroProtocol", "RientroHTTP", "RientroStore", "RientroSQLite",
                "RientroServer", "Interchange", "Portfolio",
            ],
            swiftSettings: strict),

        .testTarget(
            name: "RientroProtocolTests", dependencies: ["RientroProtocol"], swiftSettings: strict),
        .testTarget(
            name: "RientroSQLiteTests", dependencies: ["RientroSQLite"], swiftSettings: strict),
        .testTarget(
            name: "RientroStoreTests",
            dependencies: ["RientroStore", "RientroSQLite", "RientroProtocol", "Portfolio"],
            swiftSettings: strict),
        .testTarget(name: "RientroHTTPTests", dependencies: ["RientroHTTP"], swiftSettings: strict),
        .testTarget(
            name: "RientroClientTests",
            dependencies: [
                "RientroClient", "RientroStore", "RientroSQLite", "RientroProtocol", "Portfolio",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RientroServerTests",
            dependencies: [
                "RientroServer", "RientroClient", "RientroStore", "RientroSQLite",
                "RientroProtocol", "Portfolio",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "PortfolioTests",
            dependencies: ["Portfolio", "RientroProtocol", "RientroStore", "RientroSQLite"],
            swiftSettings: strict),
        .testTarget(
            name: "InterchangeTests",
            dependencies: [
                "Interchange", "Portfolio", "RientroServer", "RientroSQLite", "RientroProtocol",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BackOfficeTests",
            dependencies: [
                "BackOffice", "Portfolio", "RientroServer", "RientroStore", "RientroSQLite",
                "RientroProtocol", "Terminal",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "Simulation", "RientroClient", "RientroServer", "RientroStore", "RientroSQLite",
                "RientroProtocol",
            ],
            swiftSettings: strict),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: strict),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["Fuzzing", "RientroHTTP", "RientroProtocol", "RientroStore"],
            swiftSettings: strict),
        .testTarget(name: "EndToEndTests", swiftSettings: strict),
        .testTarget(name: "ModelTests", swiftSettings: strict),
        .testTarget(name: "StyleTests", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)

// libFuzzer's runtime is linked only where all modules are built for it: by `.ci/fuzz`, which sets
// this and builds apart. No other build has the target.
if Context.environment["RIENTRO_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CRientroFuzzer"),
        .executableTarget(
            name: "rientro-fuzz", dependencies: ["CRientroFuzzer", "Fuzzing"],
            exclude: ["README.md"], swiftSettings: strict),
    ]
}
