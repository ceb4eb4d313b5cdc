import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@Suite("References to rows under the same parent")
struct ReferenceTests {
    /// A coin that names another, and what is said against it where it is written, and where it
    /// arrives.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var till = 1
        var amount: Int64 = -10
        var metal: String? = "AU"
        var undoes = TillSchema.coin(1)
        var isRight = false
        /// Whether it may become right: what it names is not here.
        var mayCome = false
    }

    private static let demand =
        "undoes_id must name another coin of the same till_id and metal, itself without undoes_id,"
        + " and take back no more than its amount, with its sign turned"

    /// The coins there are: 1 of 10 AU, 2 that takes 3 of it back, 3 of −7, 4 in the other till.
    private static func file() throws -> BoxFile {
        let file = try TillSchema.file()
        try file.put(
            """
            INSERT INTO coin(id, till_id, amount, metal, undoes_id) VALUES
              ('\(TillSchema.coin(1))', '\(TillSchema.till(1))', 10, 'AU', NULL),
              ('\(TillSchema.coin(2))', '\(TillSchema.till(1))', -3, 'AU', '\(TillSchema.coin(1))'),
              ('\(TillSchema.coin(3))', '\(TillSchema.till(1))', -7, 'AU', NULL),
              ('\(TillSchema.coin(4))', '\(TillSchema.till(2))', 10, 'AU', NULL)
            """)
        return file
    }

    static let cases: [Case] = [
        Case(testDescription: "all of it", isRight: true),
        Case(testDescription: "a part of it", amount: -1, isRight: true),
        Case(
            testDescription: "of a negative one", amount: 7, undoes: TillSchema.coin(3),
            isRight: true),
        Case(testDescription: "more than there was", amount: -11),
        Case(testDescription: "more than a negative one", amount: 8, undoes: TillSchema.coin(3)),
        Case(testDescription: "the same sign", amount: 10),
        Case(testDescription: "both negative", amount: -7, undoes: TillSchema.coin(3)),
        Case(testDescription: "nothing", amount: 0),
        Case(testDescription: "another metal", metal: "AG"),
        Case(testDescription: "no metal", metal: nil),
        Case(testDescription: "one of another till", till: 2),
        Case(testDescription: "one that takes back itself", amount: 3, undoes: TillSchema.coin(2)),
        Case(testDescription: "itself", undoes: TillSchema.coin(9)),
        Case(testDescription: "no coin", undoes: TillSchema.coin(8), mayCome: true),
    ]

    @Test("a reference that can count is taken, and no other", arguments: cases)
    func judged(_ item: Case) throws {
        let file = try Self.file()
        let change = TillSchema.change(
            9, till: item.till, amount: item.amount, metal: item.metal, undoes: item.undoes)
        let fact = try file.store.strayReference(of: change)
        #expect(
            fact == (item.isRight || item.mayCome ? nil : Self.demand + ", not \(item.undoes)"))
    }

    @Test("what can be told here is refused at the insert, and nothing is noted", arguments: cases)
    func guarded(_ item: Case) throws {
        let file = try Self.file()
        let insert = {
            _ = try file.db.run(
                "INSERT INTO coin(id, till_id, amount, metal, undoes_id) VALUES (?, ?, ?, ?, ?)",
                .text(TillSchema.coin(9)), .text(TillSchema.till(item.till)),
                .integer(item.amount), SQLiteValue(item.metal), .text(item.undoes))
        }
        if item.isRight {
            try insert()
            #expect(try file.db.integer("SELECT count(*) FROM pending") == 1)
        } else {
            let error = #expect(throws: SQLiteError.self) { try insert() }
            #expect(error?.message.contains(Self.demand) == true)
            #expect(try file.db.integer("SELECT count(*) FROM pending") == 0)
            #expect(try file.db.integer("SELECT count(*) FROM coin") == 4)
        }
    }

    @Test("a merge brings a reference before what it names")
    func mergedBefore() throws {
        let file = try TillSchema.file()
        #expect(
            try file.merge([
                TillSchema.change(1, undoes: TillSchema.coin(2)),
                TillSchema.change(2, amount: 10),
            ]) == [.inserted, .inserted])
    }

    @Test("a record names another where it is born, and one of another table has its own id")
    func records() throws {
        let file = try TillSchema.file()
        let stamp = try #require(Stamp(rawValue: 9))
        func born(before: String) -> RowChange {
            RowChange(
                table: 21, id: BoxFile.id("79"),
                content: .record(
                    birth: Birth(
                        stamp: stamp,
                        fixed: [.text(BoxFile.id("5")), .text(before)]),
                    writes: []))
        }
        #expect(try file.store.strayReference(of: born(before: TillSchema.till(1))) == nil)
        #expect(try file.store.strayReference(of: born(before: BoxFile.id("79"))) != nil)
        let insert = "INSERT INTO till(shop_id, before_id) VALUES ('\(BoxFile.id("5"))', "
        try file.db.execute("\(insert)'\(TillSchema.till(2))')")
        #expect(throws: SQLiteError.self) {
            try file.db.execute("\(insert)'\(TillSchema.coin(1))')")
        }
        // A slip's reference is to a coin: that both have one id makes it no reference to itself.
        let slip = RowChange(
            table: 31, id: TillSchema.coin(1),
            content: .ledger([.text(TillSchema.till(1)), .text(TillSchema.coin(1))]))
        #expect(try file.store.strayReference(of: slip) == nil)
    }

    @Test("a table that names no rows has nothing to judge")
    func nothingToJudge() throws {
        let file = try BoxFile()
        let mark = RowChange(table: 30, id: BoxFile.id("1"), content: .ledger([.text("l")]))
        #expect(try file.store.strayReference(of: mark) == nil)
        #expect(try file.store.crowding(of: mark) == nil)
    }

    @Test("a parent takes so many rows of a table and no more")
    func crowding() throws {
        let file = try TillSchema.file()
        for number in 1...TillSchema.coinsMax {
            let change = TillSchema.change(number)
            #expect(try file.store.crowding(of: change) == nil)
            _ = try file.merge([change])
        }
        #expect(
            try file.store.crowding(of: TillSchema.change(4))
                == "this till has 3 rows of coin, and takes no more")
        #expect(try file.store.crowding(of: TillSchema.change(4, till: 2)) == nil)
    }
}
