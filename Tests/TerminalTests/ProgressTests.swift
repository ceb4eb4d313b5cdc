import Synchronization
import Terminal
import Testing

/// A clock that a test moves.
private final class HandClock: Sendable {
    private let now = Mutex<Int64>(0)

    var read: @Sendable () -> Int64 {
        { self.now.withLock { $0 } }
    }

    func move(to milliseconds: Int64) { now.withLock { $0 = milliseconds } }
}

@Suite struct ProgressTests {
    let remarks = Memory()
    private let clock = HandClock()

    private func progress(isTerminal: Bool, columns: Int? = 80, total: Int? = 200) -> Progress {
        Output(
            program: "rientro", language: .italian, facts: Memory().sink(),
            remarks: remarks.sink(isTerminal: isTerminal, columns: columns)
        ).progress("Loading", total: total, clock: clock.read)
    }

    @Test("work that ends within a second shows nothing") func short() {
        let progress = progress(isTerminal: true)
        clock.move(to: 999)
        progress.advance(to: 199)
        progress.finish()
        #expect(remarks.text == "")
    }

    @Test("a terminal is redrawn ten times a second at most, and wiped at the end") func redraw() {
        let progress = progress(isTerminal: true)
        for time in stride(from: Int64(0), through: 2_000, by: 1) {
            clock.move(to: time)
            progress.advance(to: Int(time / 20))
        }
        #expect(remarks.text.count { $0 == "\r" } == 11)
        #expect(remarks.text.hasPrefix("\rLoading: 25 %, 50 of 200\u{1B}[K"))
        progress.finish()
        #expect(remarks.text.hasSuffix("\rLoading: 50 %, 100 of 200\u{1B}[K\r\u{1B}[K"))
    }

    @Test("a file gets one line every five seconds, without a single control character")
    func file() {
        let progress = progress(isTerminal: false, total: 100_000)
        for second in 0...12 {
            clock.move(to: Int64(second) * 1000)
            progress.advance(to: second * 5_000)
        }
        progress.finish()
        #expect(
            remarks.text == """
                Loading: 25 %, 25.000 of 100.000, about 15 s left
                Loading: 50 %, 50.000 of 100.000, about 10 s left

                """)
    }

    @Test("without a total the count alone is shown") func noTotal() {
        let progress = progress(isTerminal: false, total: nil)
        clock.move(to: 5_000)
        progress.advance(to: 1_234)
        #expect(remarks.text == "Loading: 1.234\n")
    }

    @Test("a line never reaches the terminal's edge, where it would fold") func narrow() {
        let progress = progress(isTerminal: true, columns: 12)
        clock.move(to: 2_000)
        progress.advance(to: 100)
        #expect(remarks.text == "\rLoading: 5…\u{1B}[K")
    }

    @Test("absurd numbers and clocks do no harm", arguments: [-1, 0, 5, Int.max, Int.min])
    func absurd(number: Int) {
        for total in [nil, 0, -5, 1, Int.max, Int.min] {
            let progress = progress(isTerminal: false, total: total)
            for time in [Int64.min, -1, 0, 5_000, .max, 0, .min] {
                clock.move(to: time)
                progress.advance(to: number)
            }
            progress.finish()
        }
        #expect(remarks.text.allSatisfy { $0 == "\n" || !$0.isNewline })
        #expect(!remarks.text.contains("\u{1B}"))
        #expect(remarks.text.contains("Loading"))
    }

    @Test("a quiet output shows no progress") func quiet() {
        let progress = Output(
            program: "r", isQuiet: true, facts: Memory().sink(), remarks: remarks.sink()
        ).progress("Loading", total: 5, clock: clock.read)
        clock.move(to: 60_000)
        progress.advance(to: 3)
        #expect(remarks.text == "")
    }

    @Test("the clock of the machine goes forward") func monotonic() {
        let first = Progress.monotonicMilliseconds()
        #expect(first > 0)
        #expect(Progress.monotonicMilliseconds() >= first)
    }
}
