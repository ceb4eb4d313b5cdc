import Testing

@Suite("the style of this repository") struct RepositoryTests {
    private func expectNone(
        _ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for finding in findings { Issue.record("\(finding)", sourceLocation: sourceLocation) }
    }

    @Test("the walk through the repository finds it") func walk() {
        let paths = Set(Repository.files.map(\.path))
        #expect(paths.contains("Package.swift"))
        #expect(paths.contains("Tests/StyleTests/RepositoryTests.swift"))
        #expect(paths.contains("Makefile"))
        #expect(
            Set(Repository.swiftSources.map(\.module)).isSuperset(of: [
                "RientroProtocol", "Terminal",
            ]))
        #expect(!paths.contains { $0.hasPrefix(".build") || $0.hasPrefix(".git/") })
    }

    @Test("no file is longer than 400 lines") func files() {
        expectNone(Repository.swiftSources.flatMap(LengthChecks.files))
    }

    @Test("no function is longer than 60 lines") func functions() {
        expectNone(Repository.swiftSources.flatMap(LengthChecks.functions))
    }

    @Test("no line is longer than 100 characters") func lines() {
        expectNone(Repository.swiftSources.flatMap(LengthChecks.lines))
    }

    @Test("no name says nothing") func names() {
        expectNone(Repository.files.flatMap(NameChecks.names))
    }

    @Test("nothing is left undone, and nothing outside the tests ends the program by force")
    func leftovers() {
        expectNone(Repository.swiftSources.flatMap(WordChecks.leftovers))
    }

    @Test("only the programs print") func printing() {
        expectNone(Repository.swiftSources.flatMap(WordChecks.printing))
    }

    @Test("every test is named as a claim") func claims() {
        expectNone(Repository.swiftSources.flatMap(WordChecks.claims))
    }

    @Test("what other modules use is documented") func documentation() {
        expectNone(Repository.swiftSources.flatMap(DocumentationChecks.undocumented))
    }

    @Test("the protocol imports nothing, and three modules and the terminal no Foundation")
    func imports() {
        expectNone(Repository.swiftSources.flatMap(BoundaryChecks.imports))
    }

    @Test("the manifest names no package") func packages() throws {
        let manifest = try #require(Repository.files.first { $0.path == "Package.swift" })
        expectNone(BoundaryChecks.packages(manifest))
    }

    @Test("no file names a path of the machine it was written on") func machinePaths() {
        expectNone(Repository.files.flatMap(ProseChecks.machinePaths))
    }

    @Test("what the documents link to or name exists") func documents() {
        let folders = Set(
            Repository.files.compactMap { file in
                file.path.contains("/")
                    ? file.path.split(separator: "/").first.map(String.init) : nil
            })
        for file in Repository.files where file.path.hasSuffix(".md") {
            expectNone(
                ProseChecks.deadPaths(
                    file, exists: Repository.exists, topFolders: folders.sorted()))
        }
    }
}
