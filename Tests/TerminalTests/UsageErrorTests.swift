import Testing

@testable import Terminal

@Suite struct UsageErrorTests {
    @Test("every way to be wrong has a reason of its own") func reasons() {
        #expect(reason("stauts") == .unknownCommand("stauts", nearest: "status"))
        #expect(reason("xyzzy") == .unknownCommand("xyzzy", nearest: nil))
        #expect(reason("port") == .unknownCommand("port", nearest: "portfolio"))
        #expect(reason("portfolio") == .missingCommand(choices: ["add", "list"]))
        #expect(reason("portfolio", "ad") == .unknownCommand("ad", nearest: "add"))
        #expect(reason("status", "--jsn") == .unknownOption("--jsn", nearest: "--json"))
        #expect(reason("status", "-x") == .unknownOption("-x", nearest: nil))
        #expect(reason("status", "-qq") == .unknownOption("-qq", nearest: nil))
        #expect(reason("status", "--json=1") == .unexpectedValue(option: "json"))
        #expect(reason("status", "--help=1") == .unexpectedValue(option: "help"))
        #expect(reason("status", "a", "b") == .extraArgument("b"))
        #expect(reason("quarantine", "send", "a") == .missingArgument("ROW", environment: nil))
        let value = UsageError.Reason.missingValue(option: "currency", valueName: "CODE")
        #expect(reason("pay", "--currency") == value)
        #expect(reason("pay", "--currency", "--json") == value)
        #expect(reason("pay", "--currency", "--") == value)
        #expect(reason("pay", "-c") == value)
        #expect(
            reason("pay", "--currency", "EUR", "-c", "CHF") == .repeatedOption("currency"))
        #expect(
            reason("pay", "--method", "gold")
                == .invalidValue(of: "--method", value: "gold", expected: "one of cash, bank"))
        #expect(
            reason("portfolio", "add", "d", "i")
                == .missingOption("name", valueName: "N", environment: nil))
    }

    @Test("no command at all names those there are") func nothing() {
        guard case .missingCommand(let choices) = reason() else {
            Issue.record("an empty line was taken for a command")
            return
        }
        #expect(choices.contains("status") && choices.contains("pay"))
    }

    @Test("an error is one sentence that says where to read on") func sentences() {
        func sentence(_ reason: UsageError.Reason) -> String {
            UsageError(reason: reason, path: ["rientro", "pay"]).sentence
        }
        let end = "; see `rientro pay --help`"
        #expect(
            sentence(.unknownCommand("stauts", nearest: "status"))
                == "there is no command \"stauts\", did you mean status?" + end)
        #expect(sentence(.unknownOption("--x", nearest: nil)) == "there is no option --x" + end)
        #expect(
            sentence(.missingArgument("REPLICA", environment: "RIENTRO_REPLICA"))
                == "REPLICA is missing, and RIENTRO_REPLICA is not set" + end)
        #expect(
            sentence(.missingValue(option: "note", valueName: "TEXT"))
                == "--note needs a value: --note TEXT, or --note=TEXT if it begins with a dash"
                + end)
        #expect(
            sentence(.invalidValue(of: "AMOUNT", value: "x", expected: "an amount"))
                == "AMOUNT is \"x\", but should be an amount" + end)
    }

    @Test("a word that holds an escape sequence is shown, not obeyed") func hostile() {
        let reasons: [UsageError.Reason] = [
            .unknownCommand("\u{1B}[2J", nearest: nil), .unknownOption("--\u{1B}[2J", nearest: nil),
            .extraArgument("\u{1B}[2J\n"), .invalidValue(of: "A", value: "\u{9B}2J", expected: "b"),
        ]
        for reason in reasons {
            let sentence = UsageError(reason: reason, path: ["rientro"]).sentence
            #expect(!sentence.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test(
        "slips are counted as left out, added, changed or swapped letters",
        arguments: [
            ("status", "status", 0), ("stauts", "status", 1), ("statu", "status", 1),
            ("sttatus", "status", 1), ("stazus", "status", 1), ("", "abc", 3), ("abc", "", 3),
            ("kitten", "sitting", 3), ("ca", "abc", 3),
        ])
    func slips(one: String, other: String, count: Int) {
        #expect(Nearest.slips(between: Array(one), and: Array(other)) == count)
    }

    @Test("a word that resembles nothing, or is very long, gets no suggestion") func noSuggestion()
    {
        #expect(Nearest.name(to: "zzz", among: ["pay", "note"]) == nil)
        #expect(Nearest.name(to: "", among: ["pay"]) == nil)
        let long = String(repeating: "a", count: 65)
        #expect(Nearest.name(to: long, among: [long + "a"]) == nil)
        #expect(Nearest.name(to: "nite", among: ["pay", "note"]) == "note")
    }

    @Test("a declaration that contradicts itself is told to its author") func problems() {
        let twice = Command("a", "s", options: [.flag("json", "x"), .flag("json", "y")])
        #expect(twice.problems == ["a: two options are named --json"])
        let inherited = Command(
            "a", "s", options: [.flag("json", "x")],
            subcommands: [Command("b", "s", options: [.flag("json", "y")])])
        #expect(inherited.problems == ["a b: two options are named --json"])
        let order = Command("a", "s", arguments: [.optional("X", ""), .required("Y", "")])
        #expect(order.problems == ["a: a required argument follows an optional one"])
        let variadic = Command("a", "s", arguments: [.variadic("X", ""), .optional("Y", "")])
        #expect(variadic.problems == ["a: only the last argument may be variadic"])
        #expect(Command("a", "s", options: [.flag("help", "x")]).problems.count == 1)
        #expect(Command("a", "s", options: [.flag("x", short: "h", "x")]).problems.count == 1)
        #expect(Command("a", "s", options: [.flag("--x", "x")]).problems.count == 1)
        #expect(Command("a", "s", subcommands: [Command("help", "s")]).problems.count == 1)
    }
}
