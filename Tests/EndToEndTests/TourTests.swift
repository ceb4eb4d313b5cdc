import Foundation
import Testing

/// What the documents show is what the programs do.
///
/// With `RIENTRO_WRITE_TOUR=1` the outputs on the pages are written again from the real run.
@Suite("the tour", .ownThreads, .timeLimit(.minutes(10)))
struct TourTests {
    /// The pages with a tour.
    static let pages = ["README.md"].filter {
        (try? text($0))?.contains("\n```console\n") ?? false
    }

    private static func text(_ page: String) throws -> String {
        try String(contentsOfFile: "\(Programs.repository)/\(page)", encoding: .utf8)
    }

    @Test("every command of the tour prints what the page says", arguments: pages)
    func tour(page: String) throws {
        let text = try Self.text(page)
        let tour = TourPage(text)
        let isWriting = ProcessInfo.processInfo.environment["RIENTRO_WRITE_TOUR"] == "1"
        let run = try TourRun()
        var real: [TourPage.Step] = []
        for step in tour.steps {
            let done = try run.run(step)
            let isSame = TourWords.agree(step.output, done.output)
            // Names that the page has already stay, so that its commands go on naming them.
            real.append(isSame ? step : run.onThePage(step, done))
            guard !isWriting else { continue }
            #expect(
                isSame,
                """
                \(page):\(step.line + 1): $ \(step.text)
                --- the page says
                \(step.output.joined(separator: "\n"))
                --- the program says
                \(done.output.joined(separator: "\n"))
                """)
            if !isSame { return }
        }
        #expect(tour.steps.count >= 5)
        if isWriting {
            try Data(tour.text(with: real).utf8).write(
                to: URL(fileURLWithPath: "\(Programs.repository)/\(page)"))
        }
    }

    @Test("there is a tour") func exists() { #expect(!Self.pages.isEmpty) }

    private static let fixture = """
        # A page

        ```console
        $ name=Maria
        $ echo "ciao $name" \\
          e benvenuta
        ciao Maria e benvenuta
        $ echo 0b7f8f0e-1111-7222-8333-444455556666 on 2026-03-09 at 10:15
        0b7f8f0e-aaaa-7bbb-8ccc-ddddeeeeffff on 2001-01-01 at 9:00
        $ echo again 0b7f8f0e-aaaa-7bbb-8ccc-ddddeeeeffff; false
        again 0b7f8f0e-aaaa-7bbb-8ccc-ddddeeeeffff
        $ echo $?
        1
        $ seq 9
        1
        …
        9
        ```

        ```swift
        $ not a command
        ```
        """

    @Test("a page's commands, outputs, variables, exit codes and gaps are understood")
    func understands() throws {
        let page = TourPage(Self.fixture)
        #expect(page.steps.map(\.text).first == "name=Maria")
        #expect(page.steps.count == 6)
        #expect(page.text(with: page.steps) == Self.fixture)
        let run = try TourRun()
        for step in page.steps {
            let real = try run.run(step)
            #expect(TourWords.agree(step.output, real.output), "\(step) \(real)")
        }
    }

    @Test("another output than the page's is noticed")
    func notices() {
        #expect(!TourWords.agree(["a"], ["b"]))
        #expect(!TourWords.agree(["a"], ["a", "b"]))
        #expect(!TourWords.agree(["a", "…", "c"], ["a", "b"]))
        #expect(!TourWords.agree([], ["x"]))
        #expect(!TourWords.agree(["2 rows"], ["3 rows"]))
        #expect(TourWords.agree(["a", "…"], ["a"]))
        #expect(TourWords.agree(["at 2026-01-01 10:00:01"], ["at  2026-12-31 23:59:59"]))
    }
}
