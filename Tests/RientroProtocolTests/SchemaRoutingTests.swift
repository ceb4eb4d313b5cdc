import RientroProtocol
import Testing

@Suite("The checks of routing, limits and defaults")
struct SchemaRoutingTests {
    @Test("a portfolio stands in a required text register of its own that the centre writes")
    func portfolio() {
        let wrong = SchemaError.badRouting(table: "matter")
        #expect(Draft.error { $0.matter.routing = .portfolio(column: "absent") } == wrong)
        #expect(Draft.error { $0.matter.routing = .portfolio(column: "person_id") } == wrong)
        #expect(Draft.error { $0.matter.registers[0].writer = .offices } == wrong)
        #expect(Draft.error { $0.matter.insertedBy = .offices } == wrong)
        #expect(Draft.error { $0.matter.columns[1].type = .integer } == wrong)
        #expect(Draft.error { $0.matter.columns[1].isRequired = false } == wrong)
    }

    @Test("a parent stands in a required fixed text column, and parents end at a root")
    func parent() {
        let wrong = SchemaError.badRouting(table: "note")
        for routing: Schema.Routing in [
            .parent(table: "absent", column: "matter_id"),
            .parent(table: "matter", column: "absent"),
            .parent(table: "matter", column: "text"),
            .parent(table: "code_list", column: "matter_id"),
            .parent(table: "note", column: "matter_id"),
            .unit(table: "matter_id", id: "text"),
        ] {
            #expect(Draft.error { $0.note.routing = routing } == wrong)
        }
        let circle = Draft.error { draft in
            var reply = draft.note
            reply.number = 14
            reply.name = "reply"
            reply.routing = .parent(table: "note", column: "matter_id")
            draft.note.routing = .parent(table: "reply", column: "matter_id")
            draft.extra = [reply]
        }
        #expect(circle == wrong)
    }

    @Test("a chain of parents that ends at a root is accepted")
    func grandchild() {
        let error = Draft.error { draft in
            var reply = draft.note
            reply.number = 14
            reply.name = "reply"
            reply.routing = .parent(table: "note", column: "matter_id")
            draft.extra = [reply]
        }
        #expect(error == nil)
    }

    @Test("children are a table routed by portfolio that names the row in a fixed column")
    func children() {
        let wrong = SchemaError.badRouting(table: "person")
        for routing: Schema.Routing in [
            .children(table: "absent", column: "person_id"),
            .children(table: "matter", column: "absent"),
            .children(table: "matter", column: "portfolio_id"),
            .children(table: "note", column: "matter_id"),
        ] {
            #expect(Draft.error { $0.person.routing = routing } == wrong)
        }
        #expect(Draft.error { $0.person.insertedBy = .offices } == wrong)
        #expect(Draft.error { $0.matter.columns[0].isRequired = false } == wrong)
    }

    @Test("a limit fits its type")
    func limits() {
        let text = SchemaError.badLimit(column: "note.text")
        for limit: Schema.Limit in [
            .bytes(0), .bytes(-1), .bytes(Limits.textBytesMax + 1), .range(0, 1), .codes([]),
            .codes(["a", "a"]), .codeList(""),
        ] {
            #expect(Draft.error { $0.note.columns[1].limit = limit } == text)
        }
        let amount = SchemaError.badLimit(column: "note.amount")
        for limit: Schema.Limit in [
            .bytes(5), .range(1, 0), .codes(["a"]), .codeList("kinds"), .date,
        ] {
            #expect(Draft.error { $0.note.columns[2].limit = limit } == amount)
        }
    }

    @Test("a default fits its column")
    func defaults() {
        let text = SchemaError.badDefault(column: "note.text")
        for value: Value in [
            .null, .integer(1), .blob([]), .text(String(repeating: "x", count: 101)),
        ] {
            #expect(Draft.error { $0.note.columns[1].default = .value(value) } == text)
        }
        let amount = SchemaError.badDefault(column: "note.amount")
        for value: Schema.Default in [.today, .now, .value(.integer(10)), .value(.integer(-1))] {
            #expect(Draft.error { $0.note.columns[2].default = value } == amount)
        }
        #expect(
            Draft.error { $0.note.columns[4].default = .value(.text("2023-02-29")) }
                == .badDefault(column: "note.day"))
        #expect(Draft.error { $0.note.columns[2].default = .value(.integer(9)) } == nil)
    }

    @Test("a column says in words why it cannot hold a value")
    func refusals() {
        let column = Schema.Column(
            number: 1, name: "kind", type: .text, isRequired: true, limit: .codes(["a", "b"]))
        #expect(column.refusal(of: .text("a")) == nil)
        #expect(column.refusal(of: .null) == "kind is required")
        #expect(column.refusal(of: .text("c")) == "kind must be one of a, b, not \"c\"")
        #expect(column.refusal(of: .integer(1)) == "kind is not of type text")
        let day = Schema.Column(number: 1, name: "day", type: .text, limit: .date)
        #expect(day.refusal(of: .null) == nil)
        #expect(
            day.refusal(of: .text("2023-02-29"))
                == "day must be a date that exists, written YYYY-MM-DD, not \"2023-02-29\"")
        let scan = Schema.Column(number: 1, name: "scan", type: .blob, limit: .bytes(2))
        #expect(scan.refusal(of: .blob([1, 2])) == nil)
        #expect(
            scan.refusal(of: .blob([1, 2, 3])) == "scan must be at most 2 bytes long, not 3 bytes")
        let count = Schema.Column(number: 1, name: "count", type: .integer, limit: .range(-2, 3))
        #expect(count.refusal(of: .integer(-2)) == nil)
        #expect(count.refusal(of: .integer(4)) == "count must be between -2 and 3, not 4")
    }
}
