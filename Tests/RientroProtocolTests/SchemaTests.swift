import RientroProtocol
import Testing

/// A schema that keeps every rule, in parts, for tests that break one.
struct Draft {
    var version = 1
    var list = Schema.Table(
        number: 10, name: "code_list", kind: .reference, insertedBy: .centre, routing: .everyone,
        columns: [
            .init(number: 1, name: "list", type: .text, isRequired: true),
            .init(number: 2, name: "code", type: .text, isRequired: true),
            .init(number: 3, name: "label", type: .text),
        ],
        registers: [.init(number: 1, name: "label", writer: .centre)])
    var person = Schema.Table(
        number: 11, name: "person", kind: .record, insertedBy: .centre,
        routing: .children(table: "matter", column: "person_id"),
        columns: [
            .init(number: 1, name: "surname", type: .text, limit: .bytes(100)),
            .init(number: 2, name: "street", type: .text),
            .init(number: 3, name: "city", type: .text),
        ],
        registers: [
            .init(number: 1, name: "surname", rule: .kept),
            .init(number: 2, name: "address", columns: ["street", "city"]),
        ])
    var matter = Schema.Table(
        number: 12, name: "matter", kind: .record, insertedBy: .centre,
        routing: .portfolio(column: "portfolio_id"),
        columns: [
            .init(number: 1, name: "person_id", type: .text, isRequired: true),
            .init(number: 2, name: "portfolio_id", type: .text, isRequired: true),
        ],
        registers: [.init(number: 1, name: "portfolio_id", writer: .centre)])
    var note = Schema.Table(
        number: 13, name: "note", kind: .ledger,
        routing: .parent(table: "matter", column: "matter_id"),
        columns: [
            .init(number: 1, name: "matter_id", type: .text, isRequired: true),
            .init(number: 2, name: "text", type: .text, limit: .bytes(100)),
            .init(number: 3, name: "amount", type: .integer, limit: .range(0, 9)),
            .init(number: 4, name: "kind", type: .text, limit: .codeList("kinds")),
            .init(number: 5, name: "day", type: .text, default: .today, limit: .date),
        ])
    var extra: [Schema.Table] = []
    var views = [Schema.View(name: "notes", select: "SELECT id FROM note")]
    var indexes = [Schema.Index(table: "note", columns: ["matter_id"])]
    var codes: Schema.CodeSource? = .init(table: "code_list", list: "list", code: "code")

    func schema() throws(SchemaError) -> Schema {
        try Schema(
            name: "test", version: version, tables: [list, person, matter, note] + extra,
            views: views, indexes: indexes, codes: codes)
    }

    /// What the check says once `change` was made.
    static func error(_ change: (inout Draft) -> Void) -> SchemaError? {
        var draft = Draft()
        change(&draft)
        do {
            _ = try draft.schema()
            return nil
        } catch {
            return error
        }
    }
}

@Suite("The checks of a schema")
struct SchemaTests {
    @Test("a schema that keeps the rules is accepted, with the engine's tables first")
    func accepted() throws {
        let schema = try Draft().schema()
        #expect(
            schema.allTables.map(\.name)
                == ["conflict", "resolution", "code_list", "person", "matter", "note"])
        #expect(schema.tables[1].register(ofColumn: "city")?.name == "address")
        #expect(schema.tables[2].isFixed(column: "person_id"))
        #expect(!schema.tables[2].isFixed(column: "portfolio_id"))
        #expect(!schema.tables[2].isFixed(column: "absent"))
    }

    @Test(
        "names that SQL or the store would mistake are refused",
        arguments: [
            "", "Note", "1note", "_note", "no te", "nòte", "sqlite_note", "rientro_note",
            "note_stamp", "id", "rowid", "pending", String(repeating: "n", count: 41),
        ])
    func names(name: String) {
        #expect(Draft.error { $0.note.name = name } == .badName(name))
        #expect(Draft.error { $0.note.columns[1].name = name } == .badName(name))
        #expect(Draft.error { $0.person.registers[1].name = name } == .badName(name))
        #expect(Draft.error { $0.views[0].name = name } == .badName(name))
    }

    @Test("a name stands once")
    func duplicates() {
        #expect(Draft.error { $0.note.name = "matter" } == .duplicateName("matter"))
        #expect(Draft.error { $0.note.name = "conflict" } == .duplicateName("conflict"))
        #expect(Draft.error { $0.views[0].name = "note" } == .duplicateName("note"))
        #expect(Draft.error { $0.views[0].name = "conflicts" } == .duplicateName("conflicts"))
        #expect(Draft.error { $0.note.columns[2].name = "text" } == .duplicateName("note.text"))
        let error = Draft.error {
            $0.person.registers = [
                .init(number: 1, name: "address", columns: ["street"]),
                .init(number: 2, name: "address", columns: ["city"]),
            ]
        }
        #expect(error == .duplicateName("person"))
    }

    @Test("numbers are in range and stand once")
    func numbers() {
        #expect(Draft.error { $0.version = 0 } == .badNumber(of: "test"))
        #expect(Draft.error { $0.version = 1 << 16 } == .badNumber(of: "test"))
        for number in [.min, 0, 9, 12, 1 << 16, .max] {
            #expect(Draft.error { $0.note.number = number } == .badNumber(of: "note"))
        }
        for number in [.min, 0, 1 << 16, .max] {
            #expect(
                Draft.error { $0.note.columns[4].number = number } == .badNumber(of: "note.day"))
        }
    }

    @Test("there are tables, and neither too many tables nor columns")
    func counts() {
        #expect(throws: SchemaError.badCount(of: "none")) {
            try Schema(name: "none", version: 1, tables: [])
        }
        func error(more count: Int) -> SchemaError? {
            Draft.error { draft in
                draft.extra = (0..<count).map { number in
                    var table = draft.note
                    table.number = 100 + number
                    table.name = "note\(number)"
                    return table
                }
            }
        }
        // With those of the draft: 200 tables, and one more.
        #expect(error(more: 196) == nil)
        #expect(error(more: 197) == .badCount(of: "test"))
        let wide = Draft.error { draft in
            draft.note.columns += (0..<196).map {
                .init(number: 10 + $0, name: "c\($0)", type: .text)
            }
        }
        #expect(wide == .badCount(of: "note"))
    }

    @Test("columns and registers stand in the order of their numbers")
    func order() {
        #expect(Draft.error { $0.note.columns.swapAt(1, 2) } == .notInOrder("note.text"))
        #expect(Draft.error { $0.note.columns[1].number = 1 } == .notInOrder("note.text"))
        #expect(Draft.error { $0.person.registers.swapAt(0, 1) } == .notInOrder("person.surname"))
        #expect(
            Draft.error { $0.person.registers[0].number = 0 } == .notInOrder("person.surname"))
    }

    @Test("a register has columns of its own, in order")
    func registers() {
        let wrong = SchemaError.badRegister(table: "person", register: "address")
        for columns in [[], ["street", "absent"], ["city", "street"], ["street", "surname"]] {
            #expect(Draft.error { $0.person.registers[1].columns = columns } == wrong)
        }
        #expect(Draft.error { $0.person.registers[1].columns = ["street", "street"] } == wrong)
        let misnamed = Draft.error { $0.person.registers[1].name = "surname" }
        #expect(misnamed == .badRegister(table: "person", register: "surname"))
    }

    @Test("a kept register is short enough for a conflict to list two of its values")
    func kept() {
        let tooLong = Draft.error {
            $0.person.registers[1].rule = .kept
            for index in $0.person.columns.indices { $0.person.columns[index].limit = .none }
        }
        #expect(tooLong == .keptTooLong(table: "person", register: "surname"))
    }

    @Test("ledger tables have no registers, and others have some")
    func kinds() {
        #expect(Draft.error { $0.note.kind = .record } == .registersDoNotFitKind(table: "note"))
        #expect(
            Draft.error { $0.note.registers = [.init(number: 1, name: "text")] }
                == .registersDoNotFitKind(table: "note"))
        #expect(Draft.error { $0.person.registers = [] } == .registersDoNotFitKind(table: "person"))
    }

    @Test("reference tables are the centre's and everyone's, and nothing else is everyone's")
    func references() {
        let wrong = SchemaError.badReferenceTable("code_list")
        #expect(Draft.error { $0.list.insertedBy = .offices } == wrong)
        #expect(Draft.error { $0.list.registers[0].writer = .offices } == wrong)
        #expect(Draft.error { $0.list.routing = .portfolio(column: "label") } == wrong)
        #expect(Draft.error { $0.note.routing = .everyone } == .badReferenceTable("note"))
    }

    @Test("a code source is a reference table with two texts")
    func codes() {
        #expect(Draft.error { $0.codes = nil } == .badCodeSource)
        #expect(Draft.error { $0.codes?.table = "absent" } == .badCodeSource)
        #expect(Draft.error { $0.codes?.table = "person" } == .badCodeSource)
        #expect(Draft.error { $0.codes?.list = "absent" } == .badCodeSource)
        #expect(Draft.error { $0.codes?.code = "absent" } == .badCodeSource)
        let unused = Draft.error {
            $0.codes = nil
            $0.note.columns[3].limit = .none
        }
        #expect(unused == nil)
    }

    @Test("no text that becomes SQL holds a NUL, where SQL ends")
    func nul() {
        let text = SchemaError.nulInText(of: "note.text")
        #expect(Draft.error { $0.note.columns[1].default = .value(.text("a\0b")) } == text)
        #expect(Draft.error { $0.note.columns[1].limit = .codes(["a", "\0"]) } == text)
        #expect(Draft.error { $0.note.instead = "ask\0" } == .nulInText(of: "note"))
        let view = SchemaError.nulInText(of: "notes")
        #expect(Draft.error { $0.views[0].select = "SELECT id FROM note\0" } == view)
    }

    @Test("views and indexes name what is there")
    func views() {
        #expect(Draft.error { $0.views[0].select = "" } == .badView("notes"))
        #expect(Draft.error { $0.indexes[0].table = "absent" } == .badView("absent"))
        #expect(Draft.error { $0.indexes[0].columns = ["absent"] } == .badView("note"))
        #expect(Draft.error { $0.indexes[0].columns = [] } == .badView("note"))
    }
}
