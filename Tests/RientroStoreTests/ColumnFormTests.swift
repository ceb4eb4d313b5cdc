import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("Texts of one form")
struct ColumnFormTests {
    private static let moments = [
        "2026-11-30T10:00:00.000Z", "2024-02-29T23:59:59.999Z", "0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.001Z", "2026-01-01T01:01:01.001Z", "2026-01-01T00:00:01.290Z",
        "2023-02-29T10:00:00.000Z", "0000-01-01T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
        "2026-11-30T24:00:00.000Z", "2026-11-30T29:00:00.000Z", "2026-11-30T10:60:00.000Z",
        "2026-11-30T10:00:60.000Z", "2026-11-30 10:00:00.000Z", "2026-11-30T10:00:00Z",
        "2026-11-30T10:00:00.00Z", "2026-11-30T10:00:00.0000Z", "2026-11-30T10:00:00.000z",
        "2026-11-30T10:00:00.000+00:00", "2026-11-30T10:00:00.000", "30/11/2026 10:00",
        "1796032800000", "", " 2026-11-30T10:00:00.000Z", "2026-11-30T10:00:00.000Z ",
        "2026-11-30T10:00:00.000Z\0", "2026-11-30T1a:00:00.000Z", "2026-1é-30T10:00:00.000Z",
        "２026-11-30T10:00:00.000Z", "2026-11-30", "now", "2026-11-30T10:00:00,000Z",
        "2026-11-30T10.00:00.000Z", "2026-11-30T10:00.00.000Z", "2026/11/30T10:00:00.000Z",
    ]
    private static let letters = [
        "EUR", "EU", "E", "EURO", "eur", "EuR", "", "<b>", "E\u{1B}R", "E R", "ÉUR", "ÉU", "E\0R",
        "EU\0", "E1R", "@AZ", "AZ[", "[A-", "A-Z", "A*Z", "AÉ",
    ]
    private static let hashes = [
        "09af", "0000", "09AF", "09ag", "/9af", "09:f", "09`f", "9af", "009af",
    ]
    private static let tags = [
        "it", "i", "de-AT", "de_AT", "de-AT-x", "z0-", "", "i t", "it\0", "[z]", "@Az", "Z9",
    ]
    private static let keys = [
        "anna", "A-9_z", "", "anna.b", "anna b", "0123456789abcdef", "0123456789abcdef0", "à",
        "a\0", "`a{", "@Z[", "/0:",
    ]
    private static let ids = [
        BoxFile.id("71"), "01890000-0000-7000-8000-00000000ABCD",
        "01890000-0000-7000-8000-00000000abcd", "", "01890000-0000-7000-8000-00000000007",
        "01890000-0000-7000-8000-0000000000071", "01890000000070008000000000000071",
        "0189000-00000-7000-8000-000000000071", "01890000-0000-7000-8000-00000000007g",
        "01890000-0000-7000-8000-00000000007\0", " 1890000-0000-7000-8000-000000000071", "K1",
        "01890000-0000-7000-8000-000000000071\0",
    ]

    @Test(
        "SQL takes of a text exactly what the protocol takes",
        arguments: [
            ("fell_at", moments), ("metal", letters), ("proof", hashes), ("tongue", tags),
            ("by", keys),
        ])
    func agree(column: String, texts: [String]) throws {
        let file = try TillSchema.file()
        let definition = try #require(TillSchema.coin.column(column))
        let layout = try file.layout(TillSchema.coin)
        let position = try #require(layout.position(of: column))
        var taken = 0
        for text in texts {
            let insert = {
                _ = try file.db.run(
                    "INSERT INTO coin(till_id, amount, \(column)) VALUES (?, 1, ?)",
                    .text(TillSchema.till(1)), .text(text))
            }
            let refusal = definition.refusal(of: .text(text))
            var codes = KnownCodes()
            let atTheDoor = try file.store.refusal(
                of: .text(text), layout, at: position, codes: &codes)
            #expect(atTheDoor == refusal, "\(text)")
            if refusal == nil {
                try insert()
                taken += 1
            } else {
                let error = #expect(throws: SQLiteError.self, "\(text)") { try insert() }
                #expect(error?.message.contains(definition.demand) == true)
            }
        }
        // Both sorts are among the texts.
        #expect(taken > 1 && taken < texts.count)
        #expect(definition.refusal(of: .null) == nil)
    }

    @Test("ids are UUIDs in lower case, of rows and of what they name", arguments: ids)
    func identities(text: String) throws {
        let file = try TillSchema.file()
        let isID = RowID.isUUID(text)
        let taken = { (sql: String) in (try? file.db.run(sql, .text(text))) != nil }
        #expect(
            taken("INSERT INTO coin(id, till_id, amount) VALUES (?, '\(TillSchema.till(1))', 1)")
                == isID)
        #expect(taken("INSERT INTO coin(till_id, amount) VALUES (?, 1)") == isID)
        let named = try #require(TillSchema.coin.column("undoes_id"))
        #expect((named.refusal(of: .text(text)) == nil) == isID)
        let parent = try #require(TillSchema.coin.column("till_id"))
        #expect((parent.refusal(of: .text(text)) == nil) == isID)
        if !isID {
            let error = #expect(throws: SQLiteError.self) {
                try file.db.run(
                    "INSERT INTO coin(till_id, amount, undoes_id) VALUES (?, 1, ?)",
                    .text(TillSchema.till(1)), .text(text))
            }
            #expect(error?.message.contains(named.demand) == true)
        }
    }

    @Test("the centre takes reference rows by keys alone", arguments: keys)
    func referenceKeys(text: String) throws {
        let file = try BoxFile(schema: TillSchema.make())
        try file.db.execute("PRAGMA ignore_check_constraints = OFF")
        let insert = "INSERT INTO keeper(id, name, born_stamp) VALUES (?, 'n', 1)"
        let isTaken =
            (try? file.db.transaction {
                try file.store.quietly { try file.db.run(insert, .text(text)) }
            }) != nil
        #expect(isTaken == RowID.isReferenceKey(text))
    }

    @Test("an empty code is refused at the insert by the column's name, as at the centre")
    func emptyCode() throws {
        let file = try BoxFile()
        try file.db.execute("PRAGMA ignore_check_constraints = OFF")
        for (code, isTaken) in [
            ("", false), ("x", true), (String(repeating: "x", count: Limits.codeBytesMax), true),
            (String(repeating: "x", count: Limits.codeBytesMax + 1), false),
        ] {
            let insert = {
                _ = try file.db.run("INSERT INTO lid(box_id, shape) VALUES ('b', ?)", .text(code))
            }
            if isTaken {
                try insert()
            } else {
                let error = #expect(throws: SQLiteError.self) { try insert() }
                #expect(error?.message.contains("shape must be a code of the list shape") == true)
            }
        }
        let layout = try file.layout(BoxSchema.lid)
        let position = try #require(layout.position(of: "shape"))
        var codes = KnownCodes()
        #expect(
            try file.store.refusal(of: .text(""), layout, at: position, codes: &codes)
                == "shape must be a code of the list shape, or left out, not \"\"")
    }
}
