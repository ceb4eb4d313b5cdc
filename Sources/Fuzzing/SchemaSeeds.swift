/// Schemas as JSON, right and wrong in one thing each, and the words that they are made of.
enum SchemaSeeds {
    private static func schema(_ tables: [String], _ more: String = "") -> String {
        #"{"name":"n","version":1,"tables":["# + tables.joined(separator: ",") + "]" + more + "}"
    }

    private static func table(
        _ number: Int, _ name: String, _ kind: String, _ routing: String, _ columns: String,
        _ registers: String = "", _ more: String = ""
    ) -> String {
        #"{"number":\#(number),"name":"\#(name)","kind":"\#(kind)","routing":{\#(routing)},"#
            + #""columns":[\#(columns)],"registers":[\#(registers)]\#(more)}"#
    }

    private static func column(
        _ number: Int, _ name: String, _ type: String, _ more: String = ""
    ) -> String {
        #"{"number":\#(number),"name":"\#(name)","type":"\#(type)"\#(more)}"#
    }

    private static func register(_ number: Int, _ name: String, _ more: String = "") -> String {
        #"{"number":\#(number),"name":"\#(name)"\#(more)}"#
    }

    private static let required = #","isRequired":true"#
    private static let centre = #","writer":"centre""#
    private static let byCentre = #","insertedBy":"centre""#

    private static let word = table(
        10, "w", "reference", #""everyone":true"#,
        column(1, "l", "text", required) + "," + column(2, "c", "text", required),
        register(1, "l", centre) + "," + register(2, "c", centre), byCentre)
    private static let owner = table(
        11, "o", "record", #""children":{"table":"a","column":"o_id"}"#,
        column(1, "m", "text", #","limit":{"bytes":9},"isPersonal":true"#),
        register(1, "m", #","rule":"kept""#), byCentre)
    private static let account = table(
        12, "a", "record", #""portfolio":"p_id""#,
        column(1, "o_id", "text", required) + "," + column(2, "p_id", "text", required)
            + "," + column(3, "s", "text", #","default":{"text":"a"},"limit":{"codes":["a","b"]}"#),
        register(1, "p_id", centre) + "," + register(2, "t", #","columns":["s"]"#), byCentre)
    private static let fact = table(
        13, "f", "ledger", #""parent":{"table":"a","column":"a_id"}"#,
        column(1, "a_id", "text", required)
            + ","
            + column(2, "n", "integer", #","default":{"integer":-1},"limit":{"range":[-5,5]}"#)
            + "," + column(3, "d", "text", #","default":{"today":true},"limit":{"date":true}"#)
            + "," + column(4, "t", "text", #","default":{"now":true}"#)
            + "," + column(5, "b", "blob", #","default":{"hex":"00ff"}"#),
        "", #","instead":"insert another""#)

    /// Texts that SQL must quote.
    private static let odd = table(
        15, "order", "ledger", #""parent":{"table":"a","column":"select"}"#,
        column(1, "select", "text", required)
            + "," + column(2, "x", "text", #","default":{"text":"it's \"\n"}"#)
            + "," + column(3, "y", "text", #","limit":{"codes":["'","--","\u00e9"]}"#),
        "", #","instead":"don't; \"do\"""#)
    private static let nul = table(
        16, "z", "ledger", #""parent":{"table":"a","column":"a_id"}"#,
        column(1, "a_id", "text", required)
            + "," + column(2, "x", "text", #","default":{"text":"a\u0000b"}"#))

    /// Indexes whose names would be the same: of `a` and `b_c`, and of `a_b` and `c`.
    private static let twins = table(
        17, "t", "ledger", #""parent":{"table":"a","column":"a_b_c"}"#,
        column(1, "a_b_c", "text", required)
            + "," + column(2, "a_b", "text") + "," + column(3, "c", "text"))

    static let schemas = [
        schema([word]), schema([word, owner, account, fact]), schema([owner, account]),
        schema([account, fact], #","indexes":[{"table":"f","columns":["n","d"]}]"#),
        schema([account], #","views":[{"name":"v","select":"SELECT id FROM a"}]"#),
        schema(
            [
                word,
                table(
                    14, "k", "record", #""portfolio":"p""#,
                    column(1, "p", "text", required)
                        + "," + column(2, "c", "text", #","limit":{"codeList":"x"}"#),
                    register(1, "p", centre) + "," + register(2, "c"), byCentre),
            ], #","codes":{"table":"w","list":"l","code":"c"}"#),
        schema([account, odd]), schema([account, nul]),
        schema([account, twins], #","indexes":[{"table":"t","columns":["a_b","c"]}]"#),
        schema([fact]), schema([]),
        schema([word, word]), "{}", "[]", "null", #"{"name":"n"}"#,
    ].map { Array($0.utf8) }

    static let words = [
        #""name":"#, #""version":"#, #""tables":["#, #""number":"#, #""kind":"#, #""ledger""#,
        #""record""#, #""reference""#, #""routing":{"#, #""everyone":true"#, #""portfolio":"#,
        #""parent":{"table":"#, #""children":{"table":"#, #""column":"#, #""columns":["#,
        #""registers":["#, #""rule":"kept""#, #""writer":"centre""#, #""insertedBy":"centre""#,
        #""type":"text""#, #""type":"integer""#, #""type":"blob""#, #""isRequired":true"#,
        #""isPersonal":true"#, #""default":{"text":"#, #""default":{"integer":"#,
        #""default":{"hex":"#, #""default":{"today":true}"#, #""default":{"now":true}"#,
        #""limit":{"bytes":"#, #""limit":{"range":["#, #""limit":{"codes":["#,
        #""limit":{"codeList":"#, #""limit":{"date":true}"#, #""views":["#, #""select":"#,
        #""indexes":["#, #""codes":{"table":"#, #""list":"#, #""code":"#, #""instead":"#, "\\u0000",
        "\\ud83d", "\\\"", "null", "-9223372036854775808", "9223372036854775807", "1e3", "65536",
        word, account, fact,
    ].map { Array($0.utf8) }
}
