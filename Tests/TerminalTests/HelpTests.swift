import Terminal
import Testing

@Suite struct HelpTests {
    private func page(_ words: String..., columns: Int? = nil) throws -> String {
        guard case .help(let path) = try SampleProgram.program.parse(words) else { return "" }
        return HelpPage(path: path).text(columns: columns)
    }

    @Test("the page of a command tells all that is declared") func commandPage() throws {
        #expect(
            try page("pay", "--help") == """
                Record a payment.

                Usage: rientro pay [options] [REPLICA] ACCOUNT AMOUNT

                The amount is written as people write it: 150, 150,50 or 1.533,50. It is
                recorded here at once, with or without a line.

                  rientro pay milano.db 2024-001 150,50

                Arguments:
                  REPLICA              The office's file (or set RIENTRO_REPLICA)
                  ACCOUNT              An id, a case reference or the beginning of one
                  AMOUNT               What was paid

                Options:
                  -c, --currency CODE  ISO 4217 code
                      --operator CODE  Who writes (or set RIENTRO_OPERATOR)
                      --method METHOD  How it was paid (cash, bank)
                      --json           Write JSON for programs
                  -q, --quiet          Leave out remarks and progress
                  -h, --help           Tell this

                """)
    }

    @Test("the page of the program lists its commands") func programPage() throws {
        #expect(
            try page("-h") == """
                Works a debtor portfolio with or without a line.

                Usage: rientro COMMAND ...

                Commands:
                  status       Tell the truth
                  debtors      List debtors
                  pay          Record a payment
                  note         Write a call note
                  tag          Tag accounts
                  portfolio    Work on portfolios
                  quarantine   List what was refused
                  init         Create a replica

                Options:
                      --json   Write JSON for programs
                  -q, --quiet  Leave out remarks and progress
                  -h, --help   Tell this

                `rientro COMMAND --help` tells more about one of them.

                """)
    }

    @Test("required options stand in the usage line") func requiredOption() throws {
        let text = try page("portfolio", "add", "--help")
        #expect(text.contains("Usage: rientro portfolio add --name N [options] DIR ID\n"))
        #expect(text.contains("--name N    Its name (required)\n"))
        #expect(text.contains("--office O  An office (may be repeated)\n"))
    }

    @Test("a command with subcommands and arguments shows both forms") func bothForms() throws {
        let text = try page("quarantine", "-h")
        #expect(
            text.contains(
                "Usage: rientro quarantine [options] DIR\n       rientro quarantine COMMAND ...\n"))
    }

    @Test("help can be asked for in each way, and wins over what is missing")
    func ways() throws {
        let expected = try page("pay", "--help")
        #expect(!expected.isEmpty)
        #expect(try page("help", "pay") == expected)
        #expect(try page("pay", "-h") == expected)
        #expect(try page("pay", "x", "--currency", "EUR", "--help", "--nonsense") == expected)
        #expect(try page("help", "portfolio", "add") == page("portfolio", "add", "--help"))
        #expect(try page("help") == page("--help"))
        #expect(reason("help", "nothing") == .unknownCommand("nothing", nearest: nil))
    }

    @Test("after two dashes help is a word") func helpAsWord() throws {
        #expect(try run("note", "a", "b", "--", "--help").argument("TEXT") == "--help")
    }

    @Test("no line is wider than the terminal", arguments: [40, 52, 80, 100])
    func narrow(columns: Int) throws {
        for words in [["-h"], ["pay", "-h"], ["portfolio", "add", "-h"], ["note", "-h"]] {
            guard case .help(let path) = try SampleProgram.program.parse(words) else { continue }
            for line in HelpPage(path: path).text(columns: columns).split(separator: "\n") {
                let isExample = line.hasPrefix("  rientro") || line.hasPrefix("`")
                #expect(isExample || line.count <= columns, "\(line)")
            }
        }
    }
}
