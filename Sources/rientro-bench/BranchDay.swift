import RientroProtocol

/// The workload: a portfolio, and what a branch does to it in a day. The same for every run.
struct BranchDay {
    /// One row of the portfolio, as it is handed over.
    struct Row {
        let table: String
        let id: String
        let values: [(column: String, value: Value)]
    }

    /// One thing that somebody in the branch does, as one row change.
    enum Change {
        case note(account: String, channel: String, outcome: String, text: String)
        case correction(debtor: String, street: String, note: String)
        case payment(account: String, amount: Int64, method: String, reference: String)
        case promise(account: String, amount: Int64, dueOn: String)
    }

    /// The portfolio that all accounts are in.
    static let portfolio = "MT"
    /// The creditor that all accounts are of.
    static let creditor = "ENERGIA"
    /// Open items of each account.
    static let itemsPerDebtor = 3
    /// 2026-11-02: the ids of the portfolio are of that day.
    private static let placedAt: Int64 = 1_793_577_600_000

    let debtorCount: Int
    private let portfolio: String
    private let seed: UInt64
    private(set) var debtors: [String] = []
    private(set) var accounts: [String] = []

    /// A portfolio of `debtors`, with one account and three open items for each. Of two portfolios
    /// in one centre the seeds differ, and none but the first has more than 1,000 debtors.
    init(debtors count: Int, portfolio: String = BranchDay.portfolio, seed: UInt64 = 1) {
        debtorCount = count
        self.portfolio = portfolio
        self.seed = seed
        var chance = Chance(seed: seed)
        debtors = (0..<count).map { _ in Self.id(&chance) }
        accounts = (0..<count).map { _ in Self.id(&chance) }
    }

    /// As an import makes ids: all of one moment, since it is one act of the centre.
    private static func id(_ chance: inout Chance) -> String {
        UUIDv7.make(milliseconds: placedAt, random: chance.bytes(10))
    }

    /// The rows of debtor `index`: the debtor, the account, the items.
    func rows(of index: Int) -> [Row] {
        var chance = Chance(seed: 1_000 * seed + UInt64(index))
        var rows = [debtor(index, &chance), account(index, &chance)]
        for item in 0..<Self.itemsPerDebtor { rows.append(self.item(index, item, &chance)) }
        return rows
    }

    private func debtor(_ index: Int, _ chance: inout Chance) -> Row {
        let given = chance.pick(Self.givenNames)
        let surname = chance.pick(Self.surnames)
        return Row(
            table: "debtor", id: debtors[index],
            values: [
                ("kind", .text("natural")), ("surname", .text(surname)),
                ("given_name", .text(given)),
                (
                    "codice_fiscale",
                    .text("RSSMRA\(70 + chance.below(30))A01H\(500 + index % 500)S")
                ),
                ("street", .text("Via \(surname) \(1 + chance.below(200))")),
                ("postcode", .text("\(75_100 + chance.below(90))")), ("city", .text("Matera")),
                ("province", .text("MT")), ("country", .text("IT")), ("language", .text("it")),
            ])
    }

    private func account(_ index: Int, _ chance: inout Chance) -> Row {
        Row(
            table: "account", id: accounts[index],
            values: [
                ("debtor_id", .text(debtors[index])), ("portfolio_id", .text(portfolio)),
                ("creditor_id", .text(Self.creditor)),
                ("case_ref", .text("PR-2026-\(100_000 + index)")),
                ("customer_ref", .text("C\(5_000_000 + 7 * index)")), ("currency", .text("EUR")),
                ("placed_on", .text("2026-11-02")), ("status", .text("placed")),
                ("priority", .integer(5)),
            ])
    }

    private func item(_ index: Int, _ item: Int, _ chance: inout Chance) -> Row {
        let month = 1 + (index + item) % 9
        let amount = Int64(2_000 + chance.below(30_000))
        return Row(
            table: "debt_item", id: Self.id(&chance),
            values: [
                ("account_id", .text(accounts[index])),
                ("item_ref", .text("F\(100_000 + index)-\(item)")), ("kind", .text("invoice")),
                ("doc_number", .text("2026/\(10_000 + 3 * index + item)")),
                ("doc_date", .text("2026-0\(month)-15")), ("due_on", .text("2026-0\(month)-28")),
                ("currency", .text("EUR")), ("original_amount", .integer(amount)),
                ("open_amount", .integer(amount)),
                ("recorded_at", .text("2026-11-02T00:00:00.000Z")),
            ])
    }

    /// The first `count` changes of the day: of each 20 there are 12 notes, 4 corrections of a
    /// debtor, 3 payments and 1 promise, in an order drawn by lot, each for an account drawn from
    /// all.
    func changes(_ count: Int, seed: UInt64 = 2) -> [Change] {
        var chance = Chance(seed: seed)
        let kinds = Array(repeating: 0, count: 12) + [1, 1, 1, 1, 2, 2, 2, 3]
        var changes: [Change] = []
        changes.reserveCapacity(count)
        while changes.count < count {
            for kind in kinds.shuffled(using: &chance) where changes.count < count {
                changes.append(change(kind, &chance))
            }
        }
        return changes
    }

    private func change(_ kind: Int, _ chance: inout Chance) -> Change {
        let index = chance.below(debtorCount)
        switch kind {
        case 0:
            return .note(
                account: accounts[index], channel: chance.pick(Self.channels),
                outcome: chance.pick(Self.outcomes), text: CallNote.text(&chance))
        case 1:
            return .correction(
                debtor: debtors[index],
                street: "Via \(chance.pick(Self.surnames)) \(1 + chance.below(200))",
                note: "Meglio dopo le \(9 + chance.below(10)), chiedere di lei")
        case 2:
            return .payment(
                account: accounts[index], amount: Int64(1_000 + chance.below(20_000)),
                method: chance.pick(Self.methods),
                reference: "CRO\(1_000_000 + chance.below(9_000_000))")
        default:
            return .promise(
                account: accounts[index], amount: Int64(1_000 + 500 * chance.below(40)),
                dueOn: "2026-12-\(10 + chance.below(20))")
        }
    }

    private static let channels = ["phone", "phone", "phone", "sms", "email", "letter"]
    private static let outcomes = ["NA", "NA", "NA", "RPC", "VM", "CB"]
    private static let methods = ["bank_transfer", "cash", "postal_slip", "card"]
    private static let givenNames = [
        "Anna", "Maria", "Giuseppe", "Rocco", "Antonio", "Lucia", "Donato", "Teresa", "Nicola",
        "Angela", "Vito", "Carmela", "Domenico", "Rosa", "Michele", "Filomena",
    ]
    private static let surnames = [
        "Rossi", "Lacava", "Montemurro", "Paolicelli", "Andrisani", "Festa", "Di Lecce",
        "Scalcione",
        "Ruggieri", "Cifarelli", "Lionetti", "Tosto", "Nicoletti", "Fontana", "Grieco", "Olivieri",
    ]
}
