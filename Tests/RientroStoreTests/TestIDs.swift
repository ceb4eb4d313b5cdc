/// The rows that stand in every replica file of these tests, by the names that the tests use.
enum TestIDs {
    static let debtor = id("d1")
    static let account = id("a1")
    static let otherAccount = id("a2")
    static let item = id("b1")
    static let point = id("c1")
    static let otherPoint = id("c2")
    static let task = id("e1")
    static let attempt = id("f1")
    static let payment = id("91")
    static let conflict = id("71")
    /// Ids that no row has yet.
    static let fresh = id("01")
    static let fresh2 = id("02")
    static let fresh3 = id("03")

    /// The name of an id in an expectation: that of a known row, else `new`.
    static func alias(_ id: String) -> String { names[id] ?? "new" }

    private static func id(_ end: String) -> String { "01890000-0000-7000-8000-0000000000\(end)" }

    private static let names = [
        debtor: "debtor", account: "account", otherAccount: "account2", item: "item",
        point: "point", otherPoint: "point2", task: "task", attempt: "attempt",
        payment: "payment", conflict: "conflict", fresh: "fresh", fresh2: "fresh2",
        fresh3: "fresh3", "PH": "PH",
    ]
}
