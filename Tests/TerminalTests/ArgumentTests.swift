import Terminal
import Testing

@Suite struct ArgumentTests {
    @Test("a declaration of every kind has no problems") func sampleIsSound() {
        #expect(SampleProgram.program.problems == [])
    }

    @Test("arguments, options and flags are found wherever they stand") func mixed() throws {
        let parsed = try run(
            "pay", "--json", "a.db", "--currency", "CHF", "C-1", "--method=cash", "150,50")
        #expect(parsed.command == ["pay"])
        #expect(parsed.argument("REPLICA") == "a.db")
        #expect(parsed.argument("ACCOUNT") == "C-1")
        #expect(parsed.argument("AMOUNT") == "150,50")
        #expect(parsed.value("currency") == "CHF")
        #expect(parsed.value("method") == "cash")
        #expect(parsed.flag("json"))
        #expect(!parsed.flag("quiet"))
        #expect(parsed.value("operator") == nil)
    }

    @Test("an option of the program counts before and after the command's name")
    func inherited() throws {
        #expect(try run("--json", "status", "a.db").flag("json"))
        #expect(try run("status", "a.db", "--json").flag("json"))
        #expect(try run("-q", "status", "a.db").flag("quiet"))
    }

    @Test("a repeated option keeps all its values in order") func repeated() throws {
        let parsed = try run(
            "portfolio", "add", "centre", "MT", "--name", "Matera", "--office", "B",
            "--office=A")
        #expect(parsed.command == ["portfolio", "add"])
        #expect(parsed.values("office") == ["B", "A"])
        #expect(parsed.value("name") == "Matera")
        #expect(parsed.values("nothing") == [])
    }

    @Test("a value behind an equals sign may be empty, have equals signs, or begin with a dash")
    func attached() throws {
        #expect(try run("pay", "a", "b", "1", "--currency=").value("currency") == "")
        #expect(try run("pay", "a", "b", "1", "--currency=a=b").value("currency") == "a=b")
        #expect(try run("pay", "a", "b", "1", "--currency=--x").value("currency") == "--x")
    }

    @Test("after two dashes everything is an argument") func dashes() throws {
        let parsed = try run("note", "a.db", "--", "C-1", "--json")
        #expect(parsed.argument("ACCOUNT") == "C-1")
        #expect(parsed.argument("TEXT") == "--json")
        #expect(!parsed.flag("json"))
        #expect(try run("note", "a.db", "C-1", "--", "--").argument("TEXT") == "--")
    }

    @Test(
        "a negative number, a dash alone and a note that begins with a dash are no options",
        arguments: ["-150", "-", "- called back", "-- said no", "-€5", ""])
    func dashedWords(word: String) throws {
        #expect(try run("note", "a.db", "C-1", word).argument("TEXT") == word)
        let parsed = try run("pay", "a.db", "C-1", "1", "--currency", word)
        #expect(parsed.value("currency") == word)
    }

    @Test("a command that also has subcommands takes the first word for one if it is its name")
    func both() throws {
        #expect(try run("quarantine", "centre").argument("DIR") == "centre")
        let send = try run("quarantine", "send", "centre", "1", "2")
        #expect(send.command == ["quarantine", "send"])
        #expect(send.arguments("ROW") == ["1", "2"])
        #expect(try run("quarantine", "--", "send").argument("DIR") == "send")
    }

    @Test("whole numbers are kept within their range") func integers() throws {
        #expect(try run("debtors", "a", "--limit", "12").integer("limit", in: 1...20) == 12)
        #expect(try run("debtors", "a").integer("limit", in: 1...20) == nil)
        for text in ["21", "0", "x", "1.5", "99999999999999999999", ""] {
            let parsed = try run("debtors", "a", "--limit=\(text)")
            let expected = UsageError.Reason.invalidValue(
                of: "--limit", value: text, expected: "a whole number from 1 to 20")
            #expect(throws: parsed.usageError(expected)) {
                _ = try parsed.integer("limit", in: 1...20)
            }
        }
    }

    @Test("a value from the environment stands in for an option, unless it is empty")
    func optionEnvironment() throws {
        let words = ["pay", "a", "b", "1"]
        func value(_ words: [String], _ environment: [String: String]) throws -> String? {
            let surroundings = Surroundings(environment: environment)
            guard case .run(let parsed) = try SampleProgram.program.parse(words, in: surroundings)
            else { return nil }
            return parsed.value("operator")
        }
        #expect(try value(words, ["RIENTRO_OPERATOR": "anna"]) == "anna")
        #expect(try value(words, ["RIENTRO_OPERATOR": ""]) == nil)
        #expect(try value(words + ["--operator", "b"], ["RIENTRO_OPERATOR": "anna"]) == "b")
    }
}

@Suite struct ReplicaFromEnvironmentTests {
    let set = ["RIENTRO_REPLICA": "home.db"]

    @Test("with just enough words for the others, the variable names the replica")
    func justEnough() throws {
        let parsed = try run("pay", "C-1", "150", with: set, files: ["C-1"])
        #expect(parsed.argument("REPLICA") == "home.db")
        #expect(parsed.argument("ACCOUNT") == "C-1")
        #expect(parsed.argument("AMOUNT") == "150")
        #expect(try run("status", with: set).argument("REPLICA") == "home.db")
    }

    @Test("with more words than the others can take, the first names the replica")
    func tooMany() throws {
        let parsed = try run("pay", "b.db", "C-1", "150", with: set)
        #expect(parsed.argument("REPLICA") == "b.db")
        #expect(parsed.argument("ACCOUNT") == "C-1")
        #expect(try run("status", "b.db", with: set).argument("REPLICA") == "b.db")
        let note = try run("note", "b.db", "C-1", "text", with: set)
        #expect(note.argument("REPLICA") == "b.db")
        #expect(note.argument("TEXT") == "text")
    }

    @Test("in between, the first word names the replica only if there is such a file")
    func between() throws {
        let search = try run("debtors", "rossi", with: set)
        #expect(search.argument("REPLICA") == "home.db")
        #expect(search.argument("SEARCH") == "rossi")
        let other = try run("debtors", "b.db", with: set, files: ["b.db"])
        #expect(other.argument("REPLICA") == "b.db")
        #expect(other.argument("SEARCH") == nil)
        let note = try run("note", "C-1", "text", with: set)
        #expect(note.argument("REPLICA") == "home.db")
        #expect(note.argument("ACCOUNT") == "C-1")
        #expect(note.argument("TEXT") == "text")
    }

    @Test("a variadic argument takes all words unless the first is a file") func variadic() throws {
        let all = try run("tag", "a", "b", "c", with: set)
        #expect(all.argument("REPLICA") == "home.db")
        #expect(all.arguments("ACCOUNT") == ["a", "b", "c"])
        let named = try run("tag", "a", "b", "c", with: set, files: ["a"])
        #expect(named.argument("REPLICA") == "a")
        #expect(named.arguments("ACCOUNT") == ["b", "c"])
        #expect(try run("tag", with: set).arguments("ACCOUNT") == [])
    }

    @Test("a file that the command will make is not looked for") func newFile() throws {
        let parsed = try run("init", "b.db", with: set, files: ["b.db"])
        #expect(parsed.argument("REPLICA") == "home.db")
        #expect(parsed.argument("LABEL") == "b.db")
    }

    @Test("without the variable, or with an empty one, the replica is an ordinary argument")
    func unset() throws {
        #expect(try run("debtors", "rossi").argument("REPLICA") == "rossi")
        let empty = try run("debtors", "rossi", with: ["RIENTRO_REPLICA": ""])
        #expect(empty.argument("REPLICA") == "rossi")
        #expect(reason("status") == .missingArgument("REPLICA", environment: "RIENTRO_REPLICA"))
    }

    @Test("a missing word is explained by the variable that is not set") func explained() {
        let missing = reason("pay", "C-1", "150")
        #expect(missing == .missingArgument("AMOUNT", environment: "RIENTRO_REPLICA"))
        let withVariable = reason("pay", "C-1", with: set)
        #expect(withVariable == .missingArgument("AMOUNT", environment: nil))
    }
}
