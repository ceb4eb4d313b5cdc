import Foundation
import RientroProtocol
import Testing

/// What a branch writes in a long day without a line: notes of calls, corrections of debtors,
/// payments and promises, over ten thousand accounts.
private struct BranchDay {
    static let changeCount = 8_000
    private static let start: Int64 = 1_790_000_000_000
    private static let words = """
        il debitore dice che pagherà entro fine mese richiamare dopo le ore diciotto non risponde \
        al telefono la moglie ha chiesto di mandare una lettera con estratto conto contesta \
        importo della fattura promette bonifico venerdì numero errato lasciato messaggio in \
        segreteria vuole rateizzare in sei rate il datore di lavoro ha confermato stipendio \
        prossima settimana difficoltà familiari perdita lavoro pensione invio documenti via email
        """.split(separator: " ")
    private var random = SplitMix(state: 7)
    private var accounts: [String] = []
    private var debtors: [String] = []

    init() {
        // As an import makes them: from what they are the ids of.
        for _ in 0..<10_000 {
            accounts.append(RowID.derived(from: bytes(16)))
            debtors.append(RowID.derived(from: bytes(16)))
        }
    }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private mutating func one(of texts: String...) -> Value {
        .text(texts.randomElement(using: &random) ?? "")
    }

    private mutating func note() -> Value {
        var text = ""
        while text.utf8.count < 112 {
            text += (text.isEmpty ? "" : " ") + (Self.words.randomElement(using: &random) ?? "")
        }
        return .text(text)
    }

    /// The changes with their units, in the order in which they were written.
    mutating func changes() -> [(RowChange, RientroProtocol.Unit)] {
        (0..<Self.changeCount).map { index in
            let time = Self.start + Int64(index) * 288
            let number = Int.random(in: 0..<10_000, using: &random)
            let (account, debtor) = (accounts[number], debtors[number])
            let kind = Int.random(in: 0..<100, using: &random)
            guard kind < 60 || kind >= 80 else {
                let stamp = Stamp(milliseconds: time, replica: 7)
                let writes = [(11, "it"), (13, "nota \(index)")].map {
                    RegisterWrite(register: $0, stamp: stamp, base: nil, values: [.text($1)])
                }
                let change = RowChange(
                    table: 20, id: debtor, content: .record(birth: nil, writes: writes))
                return (change, .init(table: 20, id: debtor))
            }
            let id = UUIDv7.make(milliseconds: time, random: bytes(10))
            let written = Value.text(UTCTime.text(milliseconds: time + Int64(number % 2)))
            let table = kind < 60 ? 31 : kind < 95 ? 32 : 33
            let change = RowChange(
                table: table, id: id, content: .ledger(values(table, account, written)))
            return (change, .init(table: 22, id: account))
        }
    }

    private mutating func values(_ table: Int, _ account: String, _ written: Value) -> [Value] {
        let amount = Value.integer(Int64.random(in: 1_000...50_000, using: &random))
        let by = one(of: "anna", "bruno", "carla", "dario")
        let today = Value.text("2026-11-21")
        let none = Value.null
        return switch table {
        case 31:
            [
                .text(account), one(of: "voice", "sms", "visit"),
                one(of: "no_answer", "promise", "refused", "callback"), none, none, note(),
                .text("out"), none, none, written, none, none, by, written,
            ]
        case 32:
            [
                .text(account), amount, .text("EUR"), .text("transfer"), none, today, none,
                .text("received"), none, none, none, none, none, none, none, by, written,
            ]
        default:
            [
                .text(account), amount, .text("EUR"),
                .text("2026-12-\(Int.random(in: 10...28, using: &random))"), .integer(3), today,
                .text("transfer"), none, none, none, none, none, by, written,
            ]
        }
    }
}

@Suite("A branch's day")
struct BranchDayTests {
    @Test("takes at most 120 bytes a change, and 52 after gzip -6")
    func size() throws {
        var day = BranchDay()
        var units: [UnitChanges] = []
        var index: [RientroProtocol.Unit: Int] = [:]
        var weight = PartWeight()
        for (change, unit) in day.changes() {
            weight.add(change, in: unit)
            let at = index[unit] ?? units.count
            if at == units.count {
                index[unit] = at
                units.append(UnitChanges(unit: unit, rows: []))
            }
            units[at].rows.append(change)
        }
        let content = UnitChanges.encode(units)
        let packed = try Self.packed(content)
        let count = BranchDay.changeCount
        #expect(content.count <= 120 * count, "\(Double(content.count) / Double(count))")
        #expect(packed <= 52 * count, "\(Double(packed) / Double(count))")
        // What the seal cuts by is not far above what the content then takes.
        #expect(weight.bytesMost < content.count * 5 / 4)
    }

    private static func packed(_ bytes: [UInt8]) throws -> Int {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("rientro-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-6", "-c", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let count = pipe.fileHandleForReading.readDataToEndOfFile().count
        process.waitUntilExit()
        return process.terminationStatus == 0 ? count : .max
    }
}
