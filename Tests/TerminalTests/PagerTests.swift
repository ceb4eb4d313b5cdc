import Glibc
import Testing

@testable import Terminal

// One after the other: what a broken pipe does is said for the whole process.
@Suite(.timeLimit(.minutes(1)), .serialized) struct PagerTests {

    @Test("our variable decides, then everybody's, then less; empty or cat is none") func choice() {
        #expect(Pager([:])?.command == "less -FRX")
        #expect(Pager(["PAGER": "most"])?.command == "most")
        #expect(Pager(["PAGER": "most", "RIENTRO_PAGER": "less -S"])?.command == "less -S")
        #expect(Pager(["PAGER": "most", "RIENTRO_PAGER": ""]) == nil)
        #expect(Pager(["PAGER": ""]) == nil)
        #expect(Pager(["PAGER": "cat"]) == nil)
        #expect(Pager(["RIENTRO_PAGER": "less", "PAGER": "cat"])?.command == "less")
    }

    @Test("a pager gets the text whole, and the options of less that we would give it")
    func text() throws {
        let file = "/tmp/rientro-pager-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(file) }
        let text = String(repeating: "però\n", count: 100_000)
        let pager = try #require(
            Pager(["PATH": "/usr/bin:/bin", "PAGER": "{ echo $LESS; cat; } > \(file)"]))
        #expect(pager.show(text))
        #expect(contents(file) == "FRX\n" + text)
        let own = try #require(
            Pager(["PATH": "/usr/bin:/bin", "LESS": "S", "PAGER": "echo $LESS > \(file)"]))
        #expect(own.show("x"))
        #expect(contents(file) == "S\n")
    }

    @Test("a reader who leaves early does no harm, and one that cannot be run is told of")
    func early() throws {
        let text = String(repeating: "x\n", count: 500_000)
        #expect(try #require(Pager(["PAGER": "true", "PATH": "/usr/bin:/bin"])).show(text))
        #expect(
            try !#require(Pager(["PAGER": "/nowhere/pager", "PATH": "/usr/bin:/bin"])).show(text))
    }

    @Test("what is longer than the screen goes to the pager, what fits is written") func page() {
        let file = "/tmp/rientro-page-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(file) }
        let pager = Pager(["PATH": "/usr/bin:/bin", "PAGER": "cat > \(file)"])
        func say(_ lines: [String], rows: Int, isTerminal: Bool = true) -> String {
            let facts = Memory()
            let output = Output(
                program: "r", facts: facts.sink(isTerminal: isTerminal, columns: 10, rows: rows),
                pager: pager)
            output.beginPage()
            for line in lines { output.say(line) }
            output.endPage()
            return facts.text
        }
        #expect(say(["a", "b"], rows: 3) == "a\nb\n")
        #expect((contents(file)) == nil)
        #expect(say(["a", "b", "c"], rows: 3) == "")
        #expect((contents(file)) == "a\nb\nc\n")
        unlink(file)
        #expect(say(["a", "b", "c"], rows: 3, isTerminal: false) == "a\nb\nc\n")
        #expect((contents(file)) == nil)
        // A line that the terminal folds takes two rows.
        #expect(say(["unbreakable", "b"], rows: 3) == "")
        #expect((contents(file)) == "unbreakable\nb\n")
    }

    @Test("a page is written where the pager cannot be run, and a broken one is noticed")
    func fallback() {
        let facts = Memory()
        let output = Output(
            program: "r", facts: facts.sink(isTerminal: true, columns: 10, rows: 1),
            pager: Pager(["PAGER": "/nowhere/pager"]))
        output.beginPage()
        output.say("a")
        output.say("b")
        #expect(facts.text == "")
        output.endPage()
        #expect(facts.text == "a\nb\n")
        output.say("c")
        #expect(facts.text == "a\nb\nc\n")
    }

    /// What stands in a file; nil where there is none.
    private func contents(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 {
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
