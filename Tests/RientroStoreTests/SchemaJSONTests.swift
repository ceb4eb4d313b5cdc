import Portfolio
import RientroProtocol
import RientroStore
import Testing

@Suite("The schema as JSON")
struct SchemaJSONTests {
    @Test("a schema comes back as it was, and makes the same bytes again")
    func roundTrip() throws {
        for schema in [
            try BoxSchema.make(), try TillSchema.make(), try DebtorPortfolio.schema(),
        ] {
            let json = try schema.json()
            let back = try Schema(json: json)
            #expect(back == schema)
            #expect(try back.json() == json)
        }
    }

    @Test("defaults of every sort come back")
    func defaults() throws {
        let values: [Schema.Default] = [
            .none, .today, .now, .value(.text("it's\n\u{E9}")), .value(.text("")),
        ]
        for (type, value) in values.map({ (Schema.ColumnType.text, $0) })
            + [(.integer, .value(.integer(.min))), (.integer, .value(.integer(.max)))]
            + [(.blob, .value(.blob([]))), (.blob, .value(.blob([0, 255])))]
        {
            var mark = BoxSchema.stain
            mark.columns.append(.init(number: 2, name: "extra", type: type, default: value))
            let schema = try Schema(
                name: "s", version: 1,
                tables: [
                    BoxSchema.owner, BoxSchema.box, BoxSchema.lid, BoxSchema.mark, mark,
                    BoxSchema.word,
                ],
                codes: .init(table: "word", list: "list", code: "code"))
            #expect(try Schema(json: schema.json()) == schema)
        }
    }

    @Test("what may be left out has its default")
    func short() throws {
        let json = """
            {"name": "s", "version": 1, "tables": [
              {"number": 10, "name": "a", "kind": "record", "insertedBy": "centre",
               "routing": {"portfolio": "p"},
               "columns": [{"number": 1, "name": "p", "type": "text", "isRequired": true},
                           {"number": 2, "name": "v", "type": "integer"}],
               "registers": [{"number": 1, "name": "p", "writer": "centre"},
                             {"number": 2, "name": "v"}]}]}
            """
        let schema = try Schema(json: Array(json.utf8))
        #expect(schema.tables.first?.registers.last == .init(number: 2, name: "v"))
        #expect(schema.views == [])
        #expect(schema.codes == nil)
    }

    /// A schema whose one table has these parts.
    static func json(
        kind: String = "\"ledger\"", routing: String = "{\"portfolio\": \"p\"}",
        column: String = "\"type\": \"text\"", rest: String = ""
    ) -> String {
        """
        {"name": "s", "version": 1, "tables": [{"number": 10, "name": "a", "kind": \(kind),
          "routing": \(routing), "columns": [{"number": 1, "name": "p", \(column)}]\(rest)}]}
        """
    }

    @Test(
        "what is not readable is refused with its place",
        arguments: [
            ("", "the schema: The given data was not valid JSON."),
            ("{", "the schema: The given data was not valid JSON."),
            ("[]", "the schema: "),
            ("{\"version\": 1, \"tables\": []}", "the schema has no name"),
            ("{\"name\": \"s\", \"tables\": []}", "the schema has no version"),
            ("{\"name\": \"s\", \"version\": \"1\", \"tables\": []}", "version: "),
            ("{\"name\": \"s\", \"version\": 1.5, \"tables\": []}", "the schema: "),
            ("{\"name\": \"s\", \"version\": 1, \"tables\": {}}", "tables: "),
            ("{\"name\": \"s\", \"version\": 1, \"tables\": [{}]}", "tables.Index 0 has no number"),
            (json(kind: "\"list\""), "table a: kind cannot be list"),
            (json(rest: ", \"insertedBy\": \"x\""), "table a: insertedBy cannot be x"),
            (
                json(routing: "{}"),
                "table a: routing says one of everyone, portfolio, parent, children"
            ),
            (
                json(routing: "{\"everyone\": false}"),
                "table a: routing says one of everyone, portfolio, parent, children"
            ),
            (
                json(routing: "{\"everyone\": true, \"portfolio\": \"p\"}"),
                "table a: routing says one of everyone, portfolio, parent, children"
            ),
            (
                json(routing: "{\"parent\": {\"table\": \"b\"}}"),
                "tables.Index 0.routing.parent has no column"
            ),
            (json(column: "\"type\": \"real\""), "column a.p: type cannot be real"),
            (json(column: "\"kind\": \"text\""), "tables.Index 0.columns.Index 0 has no type"),
            (
                json(column: "\"type\": \"text\", \"default\": {}"),
                "column a.p: default says one of text, integer, hex, today, now"
            ),
            (
                json(column: "\"type\": \"text\", \"default\": {\"text\": \"a\", \"now\": true}"),
                "column a.p: default says one of text, integer, hex, today, now"
            ),
            (
                json(column: "\"type\": \"blob\", \"default\": {\"hex\": \"0\"}"),
                "column a.p: hex is pairs of the digits 0–9 a–f"
            ),
            (
                json(column: "\"type\": \"blob\", \"default\": {\"hex\": \"0G\"}"),
                "column a.p: hex is pairs of the digits 0–9 a–f"
            ),
            (
                json(column: "\"type\": \"text\", \"limit\": {}"),
                "column a.p: limit says one of bytes, range (two numbers), codes, codeList, date,"
                    + " moment, letters (of, and two counts), key, id, sibling"
            ),
            (
                json(
                    column: #""type": "text", "limit": {"letters": {"of": "a", "count": [1, 2]}}"#
                ),
                "column a.p: letters cannot be a"
            ),
            (
                json(
                    column: #""type": "text", "limit": {"letters": {"of": "A-Z", "count": [1]}}"#
                ),
                "column a.p: limit says one of"
            ),
            (
                json(column: "\"type\": \"integer\", \"limit\": {\"range\": [1]}"),
                "column a.p: limit says one of bytes, range (two numbers), codes, codeList, date,"
                    + " moment, letters (of, and two counts), key, id, sibling"
            ),
            (
                json(column: "\"type\": \"text\", \"limit\": {\"date\": true, \"bytes\": 4}"),
                "column a.p: limit says one of bytes, range (two numbers), codes, codeList, date,"
                    + " moment, letters (of, and two counts), key, id, sibling"
            ),
            (
                json(
                    rest: ", \"registers\": [{\"number\": 1, \"name\": \"p\", \"rule\": \"first\"}]"
                ),
                "table a: rule cannot be first"
            ),
            (
                json(
                    rest: #", "registers": [{"number": 1, "name": "p", "writer": "me"}]"#),
                "table a: writer cannot be me"
            ),
        ])
    func refusals(json: String, place: String) throws {
        let error = #expect(throws: StoreError.self) { try Schema(json: Array(json.utf8)) }
        guard case .badSchema(let fact)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(fact.hasPrefix(place), "\(fact)")
    }

    @Test("a schema that is readable and breaks a rule is refused with the rule")
    func rules() {
        #expect(throws: SchemaError.badRouting(table: "a")) {
            try Schema(json: Array(Self.json().utf8))
        }
        #expect(throws: SchemaError.badCount(of: "s")) {
            try Schema(json: Array("{\"name\": \"s\", \"version\": 1, \"tables\": []}".utf8))
        }
    }
}
