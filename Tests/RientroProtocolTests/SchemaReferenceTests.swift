import RientroProtocol
import Testing

@Suite("The checks of columns that name rows")
struct SchemaReferenceTests {
    /// The draft with two columns for references, and a second table beside the notes.
    private static func error(_ change: (inout Draft) -> Void) -> SchemaError? {
        Draft.error { draft in
            draft.note.columns.append(.init(number: 6, name: "other_id", type: .text))
            draft.note.columns[2].isRequired = true
            draft.extra = [
                .init(
                    number: 14, name: "mark", kind: .record,
                    routing: .parent(table: "matter", column: "matter_id"),
                    columns: [
                        .init(number: 1, name: "matter_id", type: .text, isRequired: true),
                        .init(
                            number: 2, name: "amount", type: .integer, isRequired: true),
                        .init(number: 3, name: "kind", type: .integer),
                        .init(number: 4, name: "other_id", type: .text),
                    ],
                    registers: [.init(number: 1, name: "kind")]),
                .init(
                    number: 15, name: "stain", kind: .ledger,
                    routing: .parent(table: "note", column: "note_id"),
                    columns: [.init(number: 1, name: "note_id", type: .text, isRequired: true)]),
            ]
            change(&draft)
        }
    }

    private static func note(_ limit: Schema.Limit) -> SchemaError? {
        error { $0.note.columns[5].limit = limit }
    }

    private let wrong = SchemaError.badReference(column: "note.other_id")

    @Test(
        "what names rows that can be there is accepted",
        arguments: [
            .key(of: "code_list"), .id(of: "person"), .id(of: "note"), .id(of: "conflict"),
            .sibling(.init(table: "note")), .sibling(.init(table: "mark")),
            .sibling(
                .init(
                    table: "note", alike: ["kind", "day"], opposes: "amount", endsThere: true)),
            .sibling(.init(table: "mark", opposes: "amount", endsThere: true)),
        ] as [Schema.Limit])
    func accepted(limit: Schema.Limit) {
        #expect(Self.note(limit) == nil)
    }

    @Test(
        "what names a table or columns that do not fit is refused",
        arguments: [
            .key(of: "person"), .key(of: "nobody"), .id(of: "code_list"), .id(of: "nobody"),
            .sibling(.init(table: "nobody")), .sibling(.init(table: "person")),
            .sibling(.init(table: "matter")), .sibling(.init(table: "stain")),
            .sibling(.init(table: "code_list")),
            .sibling(.init(table: "note", alike: ["nothing"])),
            // A register may change, and is of another type.
            .sibling(.init(table: "mark", alike: ["kind"])),
            .sibling(.init(table: "note", opposes: "kind")),
            .sibling(.init(table: "note", opposes: "nothing")),
        ] as [Schema.Limit])
    func refused(limit: Schema.Limit) {
        #expect(Self.note(limit) == wrong)
    }

    @Test("what is compared never changes, and is there in every row")
    func comparable() {
        #expect(
            Self.error {
                $0.note.columns[5].limit = .sibling(.init(table: "note", opposes: "amount"))
                $0.note.columns[2].isRequired = false
            } == wrong)
        #expect(
            Self.error {
                $0.note.columns[5].limit = .sibling(.init(table: "mark", alike: ["day"]))
            } == wrong)
        #expect(
            Self.error {
                $0.note.columns[5].limit = .sibling(.init(table: "mark", endsThere: true))
                $0.extra[0].columns[3].name = "another_id"
            } == wrong)
        let mark = SchemaError.badReference(column: "mark.kind")
        #expect(
            Self.error {
                $0.extra[0].columns[2].type = .text
                $0.extra[0].columns[2].limit = .sibling(.init(table: "note"))
            } == mark)
        #expect(
            Self.error {
                $0.extra[0].columns[3].limit = .sibling(
                    .init(table: "note", alike: ["amount"], opposes: "amount"))
            } == nil)
    }

    @Test("the column that leads to the parent names the parent's table")
    func parent() {
        #expect(Self.error { $0.note.columns[0].limit = .id(of: "matter") } == nil)
        #expect(
            Self.error { $0.note.columns[0].limit = .id(of: "person") }
                == .badReference(column: "note.matter_id"))
    }

    @Test("a bound of rows is above 0, and of a table under a parent")
    func bound() {
        #expect(Self.error { $0.note.perParentMax = 1 } == nil)
        for most in [0, -1] {
            #expect(
                Self.error { $0.note.perParentMax = most } == .badReference(column: "note"))
        }
        #expect(
            Self.error { $0.matter.perParentMax = 1 } == .badReference(column: "matter"))
        // It is counted by an index that begins with the parent.
        for indexes: [[String]] in [[], [["text", "matter_id"]]] {
            let error = Self.error {
                $0.note.perParentMax = 1
                $0.indexes = indexes.map { .init(table: "note", columns: $0) }
            }
            #expect(error == .unindexedBound(table: "note"))
        }
    }

    @Test("letters are of a text, and at least one")
    func letters() {
        #expect(Self.note(.letters(.capitals, 1, 1)) == nil)
        #expect(Self.note(.letters(.capitals, 1, Limits.textBytesMax)) == nil)
        let bad = SchemaError.badLimit(column: "note.other_id")
        for limit in [
            Schema.Limit.letters(.capitals, 0, 1), .letters(.tag, 2, 1),
            .letters(.tag, 1, Limits.textBytesMax + 1),
        ] {
            #expect(Self.note(limit) == bad)
        }
        for limit in [
            Schema.Limit.letters(.capitals, 1, 1), .moment, .key(of: "code_list"),
            .id(of: "note"), .sibling(.init(table: "note")),
        ] {
            #expect(
                Self.error { $0.note.columns[2].limit = limit }
                    == .badLimit(column: "note.amount"))
        }
    }

    @Test("a value that is refused is shown, cut and without controls, unless it is personal")
    func shown() {
        func column(_ limit: Schema.Limit, _ type: Schema.ColumnType = .text) -> Schema.Column {
            .init(number: 1, name: "c", type: type, limit: limit)
        }
        let currency = column(.letters(.capitals, 3, 3))
        #expect(currency.bytesMax == 3)
        #expect(
            currency.refusal(of: .text("\u{1B}[1m\u{9B}\u{7F}é~"))
                == "c must be 3 of the letters A-Z, not \"\u{FFFD}[1m\u{FFFD}\u{FFFD}é~\"")
        let forty = String(repeating: "é", count: 40)
        #expect(
            column(.moment).refusal(of: .text(forty))
                == "c must be a moment that exists, in UTC, written YYYY-MM-DDTHH:MM:SS.SSSZ,"
                + " not \"\(forty)\"")
        #expect(
            column(.letters(.tag, 2, 35)).refusal(of: .text(forty + "é"))
                == "c must be 2 to 35 of the letters A-Za-z0-9-, not \"\(forty)…\"")
        #expect(
            column(.key(of: "t")).refusal(of: .text(""))
                == "c must be the key of a row of t: 1 to 16 of A-Z a-z 0-9 - _, not \"\"")
        for limit in [Schema.Limit.id(of: "t"), .sibling(.init(table: "t"))] {
            #expect(
                column(limit).refusal(of: .text("x"))
                    == "c must be the id of a row of t: a UUID in lower case, not \"x\"")
            #expect(column(limit).bytesMax == 36)
        }
        #expect(column(.moment).bytesMax == 24)
        #expect(column(.key(of: "t")).bytesMax == Limits.referenceKeyBytesMax)
        var personal = currency
        personal.isPersonal = true
        #expect(personal.refusal(of: .text("x")) == "c must be 3 of the letters A-Z")
        let list = column(.codeList("l"))
        #expect(
            list.refusal(ofUnknownCode: "x") == "c must be a code of the list l, or left out,"
                + " not \"x\"")
        #expect(list.refusal(of: .text("")) == list.refusal(ofUnknownCode: ""))
    }

    @Test("what is asked of the row that is named is one sentence")
    func demand() {
        #expect(
            Schema.Sibling(table: "t").demand(of: "c", under: "p")
                == "c must name another t of the same p")
        #expect(
            Schema.Sibling(table: "t", alike: ["a", "b"], opposes: "n", endsThere: true)
                .demand(of: "c", under: "p")
                == "c must name another t of the same p and a and b, itself without c,"
                + " and take back no more than its n, with its sign turned")
    }
}
