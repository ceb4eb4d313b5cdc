import Testing

/// Each check finds the fault in a small bad example and nothing in a good one: so it can fail.
@Suite("the checks of the style") struct CheckTests {
    private func source(_ text: String, at path: String = "Sources/RientroStore/A.swift")
        -> TextFile
    {
        TextFile(path: path, text: text)
    }

    private func repeated(_ line: String, _ count: Int) -> String {
        String(repeating: line + "\n", count: count)
    }

    @Test("a file of 401 lines is too long, one of 400 is not") func files() {
        #expect(LengthChecks.files(source(repeated("x", 401))).map(\.line) == [401])
        #expect(LengthChecks.files(source(repeated("x", 400))) == [])
    }

    @Test("a line of 101 characters is too long, accents counted once") func lines() {
        let long = String(repeating: "è", count: 101)
        #expect(LengthChecks.lines(source("a\n" + long)).map(\.line) == [2])
        #expect(LengthChecks.lines(source("a\n" + long.dropLast())) == [])
    }

    @Test("a function of 61 lines is too long, one of 60 is not") func functions() {
        let body = repeated("    a(\"}\") // }", 59)
        let heads = [
            "func a() {", "    package static func a<T>(b: () -> Void = {}) {", "init?(a: Int) {",
            "@discardableResult private func a() {", "subscript(a: Int) -> Int {",
        ]
        for head in heads {
            let long = source("struct A {\n" + head + "\n" + body + "}\n}\n")
            #expect(LengthChecks.functions(long).map(\.line) == [2], "\(head)")
            let short = source(head + "\n" + body.dropFirst(15 + 1) + "}\n")
            #expect(LengthChecks.functions(short) == [], "\(head)")
        }
        let requirement = "protocol A {\n    func a()\n    func b()\n}\nstruct B {\n" + body + "}\n"
        #expect(LengthChecks.functions(source(requirement)) == [])
    }

    @Test("strings and comments of every kind are blanked, and lines stay in their places")
    func blanking() {
        let text = ##"""
            a "x \" { \(f("{")) {" b // {
            c /* { /* } */ { */ d
            #"\" {"# + """
            { " "" \(g({ 1 }))
            """ e
            """##
        let code = SwiftCode.lines(text)
        #expect(code.count == 5)
        #expect(!code.joined().contains { "{}".contains($0) })
        #expect(code[0].contains("b") && code[1].contains("d") && code[4].contains("e"))
        #expect(SwiftCode.lines("\"unfinished").count == 1)
        #expect(SwiftCode.lines("/* unfinished\n").count == 2)
    }

    @Test(
        "a name that says nothing is found in files and types",
        arguments: [
            ("Sources/A/StringUtils.swift", ""), ("Sources/Support/A.swift", ""),
            ("Sources/A/B.swift", "struct RowHelpers {"), ("Sources/A/B.swift", "enum Common {"),
            ("Sources/A/B.swift", "final class SyncManager {"),
            ("Sources/A/B.swift", "typealias StoreImpl = Int"),
            ("Sources/A/B.swift", "protocol BaseStore {"), ("docs/utils.md", ""),
        ])
    func names(path: String, text: String) {
        #expect(NameChecks.names(source(text, at: path)).count == 1)
    }

    @Test("a name that only sounds like one is left alone") func goodNames() {
        let text =
            "struct Database {}\nclass ManagerialFee {}\n// struct Base\nlet a = \"enum Base\""
        #expect(NameChecks.names(source(text)) == [])
    }

    @Test("what is left undone or ends the program by force is found outside the tests")
    func leftovers() {
        for text in ["// TO" + "DO: x", "let a = try! b()", "a as! B", "fatalError()"] {
            #expect(WordChecks.leftovers(source(text)).count == 1, "\(text)")
            #expect(WordChecks.leftovers(source(text, at: "Tests/A/B.swift")) == [])
        }
        #expect(WordChecks.leftovers(source("\"try!\"; try? a(); b as? C")) == [])
    }

    @Test("printing is found outside the programs") func printing() {
        #expect(WordChecks.printing(source("    print(1)")).count == 1)
        #expect(WordChecks.printing(source("debugPrint(1)")).count == 1)
        #expect(WordChecks.printing(source("print(1)", at: "Sources/rientro/main.swift")) == [])
        #expect(WordChecks.printing(source("a.print(1); fingerprint(2) // print(3)")) == [])
    }

    @Test("a test without a claim is found") func claims() {
        let path = "Tests/A/B.swift"
        for text in ["@Test func a() {}", "@Test(.timeLimit(.minutes(1))) func a() {}"] {
            #expect(WordChecks.claims(source("\n" + text, at: path)).map(\.line) == [2])
        }
        let good =
            "@Test(\"a\") func a() {}\n@Test(\n  \"b\", arguments: [1]) func b() {}\n// @Test"
        #expect(WordChecks.claims(source(good, at: path)) == [])
    }

    @Test(
        "a declaration for others without a comment is found",
        arguments: [
            "package func a() {}", "public struct A {", "    package static let a = 1",
            "package private(set) var a = 1", "@discardableResult⏎package func a() {}",
            "// not this kind⏎package init() {}", "/// far away⏎⏎package enum A {}",
            "public final class A {", "@frozen public enum A {", "nonisolated package var a: Int {",
            "///⏎package let a = 1",
        ])
    func undocumented(example: String) {
        // A claim with its example is printed on one line.
        let text = String(example.map { $0 == "⏎" ? "\n" : $0 })
        #expect(DocumentationChecks.undocumented(source("let x = 1\n" + text)).count == 1)
    }

    @Test("a comment above a declaration or its attributes is enough") func documented() {
        let text = """
            package import A
            /// What it is.
            package func a() {}
            /// What it is.
            @discardableResult
            package func b() {}
            func c() {}
            package extension A {}
            let d = "package func e() {}"
            """
        #expect(DocumentationChecks.undocumented(source(text)) == [])
    }

    @Test("an import that a module may not have is found") func imports() {
        let inProtocol = "Protocol/A.swift"
        #expect(BoundaryChecks.imports(source("import Glibc", at: inProtocol)).count == 1)
        #expect(BoundaryChecks.imports(source("public import A", at: inProtocol)).count == 1)
        let inHTTP = "Sources/RientroHTTP/A.swift"
        #expect(BoundaryChecks.imports(source("import Foundation", at: inHTTP)).count == 1)
        #expect(
            BoundaryChecks.imports(source("import struct Foundation.URL", at: inHTTP)).count == 1)
        #expect(
            BoundaryChecks.imports(
                source("@preconcurrency import FoundationEssentials", at: inHTTP)
            )
            .count == 1)
        #expect(
            BoundaryChecks.imports(source("import Glibc\n// import Foundation", at: inHTTP)) == [])
        #expect(BoundaryChecks.imports(source("import Foundation", at: "Client/A.swift")) == [])
    }

    @Test("a package dependency is found") func packages() {
        let text = "dependencies: [.package(url: \"x\", from: \"1.0.0\")]"
        #expect(BoundaryChecks.packages(source(text, at: "Package.swift")).count == 1)
        #expect(
            BoundaryChecks.packages(source("let package = Package(", at: "Package.swift")) == [])
    }

    @Test("a path of one machine is found, a path that only resembles it is not")
    func machinePaths() {
        for path in ProseChecks.machinePaths {
            #expect(ProseChecks.machinePaths(source("see " + path + "x")).count == 1, "\(path)")
            #expect(ProseChecks.machinePaths(source(path)).count == 1, "\(path)")
        }
        let harmless = "https://example.com/home" + ProseChecks.machinePaths[0] + "x"
        #expect(ProseChecks.machinePaths(source(harmless)) == [])
        #expect(ProseChecks.machinePaths(source(".library(name: \"A\")")) == [])
    }

    @Test("a link or a path that leads nowhere is found") func deadPaths() {
        func dead(_ text: String) -> [String] {
            ProseChecks.deadPaths(
                source(text, at: "Protocol/README.md"),
                exists: { ["Protocol/words.md", "LICENSE", "Sources/A"].contains($0) },
                topFolders: ["Sources", "Protocol"]
            ).map(\.fault)
        }
        #expect(dead("[a](nothing.md)") == ["Protocol/nothing.md does not exist"])
        #expect(dead("[a](../nothing.md#part)") == ["nothing.md does not exist"])
        #expect(dead("`Sources/B`") == ["Sources/B does not exist"])
        #expect(dead("[a](words.md) [b](./words.md#x) [c](../LICENSE) [d](/LICENSE)") == [])
        #expect(dead("[a](https://x.org/y) [b](mailto:a@b.c) [c](#part)") == [])
        #expect(dead("`Sources/A` `other/B` `Sources/*.swift` `Sources/<name>`") == [])
        #expect(dead("```\n[a](nothing.md) `Sources/B`\n```\n") == [])
    }
}
