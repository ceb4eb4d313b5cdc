import Foundation
import Glibc
import Testing

/// Two offices in which the shell writes, clerks take payments and programs sync, a centre, and
/// the cuts.
struct BlackoutWorld {
    /// One program of the present round.
    private struct Program {
        let kind: BlackoutTally.Kind
        let child: Child
        let database: String
        /// The office, or nil for the server.
        let office: Int?
        /// Of a payment.
        var mark: String?
    }

    /// Transactions of one shell in one round, and call notes in each: as long as a sync takes.
    private static let transactions = 12
    private static let notes = 40

    private let firm: Firm
    private let offices: [Office]
    private let account: String
    private var chance: Seeded
    private var written: [WrittenRows]
    private var running: [Program] = []
    /// What was reported in an office before its present sync began.
    private var reportedBefore: [Set<String>] = []
    private(set) var tally = BlackoutTally()

    init(seed: UInt64) throws {
        firm = try Firm()
        offices = [try firm.office("matera"), try firm.office("milano")]
        account = "C-MATERA-0001"
        chance = Seeded(seed)
        written = offices.map { _ in WrittenRows() }
    }

    /// Starts whatever writes and syncs in this round.
    mutating func work(_ round: Int) throws {
        if try firm.running().child.hasEnded() { try firm.serve() }
        let server = try firm.running().child
        running = [Program(kind: .server, child: server, database: firm.database, office: nil)]
        reportedBefore = written.map(\.reported)
        for (index, office) in offices.enumerated() {
            try startShell(office, index, round)
            running.append(
                Program(
                    kind: .sync, child: try office.start("sync"), database: office.path,
                    office: index))
            let paid = transaction("r\(round)-o\(index)-pay", notes: 0)
            written[index].begin(paid)
            let amount = "\(paid.amount / 100).\(paid.amount % 100 / 10)\(paid.amount % 10)"
            let pay = try office.start(
                "pay", account, amount, "--reference", paid.mark, "--yes")
            running.append(
                Program(
                    kind: .pay, child: pay, database: office.path, office: index, mark: paid.mark))
        }
    }

    private mutating func startShell(_ office: Office, _ index: Int, _ round: Int) throws {
        var script = ".timeout 20000\n"
        for number in 0..<Self.transactions {
            let next = transaction("r\(round)-o\(index)-\(number)", notes: Self.notes)
            written[index].begin(next)
            script += next.sql + "\n"
        }
        // Line by line, so that what it said is known though it is killed.
        let shell = try firm.folder.start(
            "stdbuf", ["-oL", "sqlite3", "-batch", "-bail", office.path], input: script)
        running.append(
            Program(kind: .shell, child: shell, database: office.path, office: index))
    }

    private mutating func transaction(_ mark: String, notes: Int) -> WrittenRows.Transaction {
        WrittenRows.Transaction(
            mark: mark, notes: notes, amount: .random(in: 1...9_999_999, using: &chance))
    }

    /// Takes the power away at a random moment: at the centre, in one office, or everywhere.
    mutating func cut() throws {
        let place = Int.random(in: 0...3, using: &chance)
        usleep(.random(in: 0...450_000, using: &chance))
        let victims = running.filter { program in
            switch place {
            case 0: program.office == nil
            case 1, 2: program.office == place - 1
            default: true
            }
        }
        for victim in victims { victim.child.freeze() }
        let alive = victims.filter { !$0.child.hasEnded() }
        tally.add(
            alive.map { ($0.kind, LockTable.isWriting($0.child.pid, $0.database)) })
        for victim in alive { victim.child.kill(SIGKILL) }
        for victim in alive { try victim.child.wait(seconds: 10) }
    }

    /// Lets what still runs come to its end, and looks at every file.
    mutating func look(_ round: Int) throws {
        for program in running where program.kind != .server {
            let end = try program.child.wait(seconds: 60)
            let said = "round \(round), \(program.kind): \(end) \(program.child.errors)"
            switch (program.kind, end) {
            case (_, .signal(SIGKILL)), (.pay, .exit(0)), (.shell, .exit(0)): break
            case (.sync, .exit(0)), (.sync, .exit(4)), (.sync, .exit(1)): break
            default: Issue.record("\(said)")
            }
            if program.kind == .sync, end == .exit(1) {
                #expect(program.child.errors.contains("othing"), "\(said)")
            }
        }
        try hear()
        for file in [firm.database] + offices.map(\.path) {
            #expect(
                try Shell(firm.folder).rows(file, "PRAGMA integrity_check") == ["ok"],
                "round \(round): \(file)")
        }
        let centre = try payments(firm.rows)
        for program in running where program.kind == .sync && program.child.end == .exit(0) {
            guard let office = program.office else { continue }
            let lost = reportedBefore[office].filter { centre[$0] == nil }
            #expect(lost.isEmpty, "round \(round): a sync that ended well left \(lost)")
        }
        for office in offices {
            let known = try office.rows("SELECT acknowledged FROM office")
            let there = try firm.rows(
                "SELECT coalesce(max(n), 0) FROM change_set WHERE replica = \(office.number)")
            let numbers = (known + there).compactMap(Int.init)
            #expect(
                numbers.count == 2 && numbers[0] <= numbers[1],
                "round \(round): acknowledged up to \(known), and the centre has \(there)")
        }
    }

    /// Takes down what the writers reported.
    private mutating func hear() throws {
        for program in running {
            guard let office = program.office else { continue }
            if let mark = program.mark, program.child.end == .exit(0) {
                written[office].report(mark)
            }
            guard program.kind == .shell else { continue }
            for line in program.child.output.split(separator: "\n") where line.hasPrefix("ok ") {
                written[office].report(String(line.dropFirst(3)))
            }
        }
    }

    /// The line is good again: everyone syncs, and everything is compared.
    mutating func settle() throws {
        if try firm.running().child.hasEnded() { try firm.serve() }
        for _ in 0..<2 { for office in offices { try office.sync() } }
        var all = WrittenRows()
        for office in written {
            for transaction in office.begun.values { all.begin(transaction) }
            for mark in office.reported { all.report(mark) }
        }
        let atCentre = try payments(firm.rows)
        for rows in [firm.rows] + offices.map({ $0.rows }) {
            let faults = all.faults(payments: try payments(rows), notes: try notes(rows))
            #expect(faults.isEmpty, "\(faults.prefix(10))")
            #expect(try payments(rows) == atCentre)
        }
        // Every writer had a chance, and some were cut off.
        #expect(!all.reported.isEmpty && all.reported.count < all.begun.count)
        let total = atCentre.values.joined().reduce(0, +)
        #expect(try firm.rows("SELECT sum(amount) FROM payment") == ["\(total)"])
        for office in offices { try office.verify() }
        try firm.centre("verify").expect(0)
        print(
            "power cuts: \(all.reported.count) transactions were reported and \(atCentre.count)"
                + " of \(all.begun.count) are at the centre, \(total) cents")
    }

    private func payments(_ rows: (String) throws -> [String]) throws -> [String: [Int]] {
        var payments: [String: [Int]] = [:]
        for line in try rows("SELECT reference, amount FROM payment") {
            let words = line.split(separator: "|")
            payments[String(words[0]), default: []].append(Int(words[1]) ?? -1)
        }
        return payments
    }

    /// How many different call notes there are of each mark; a doubled one counts as none.
    private func notes(_ rows: (String) throws -> [String]) throws -> [String: Int] {
        let lines = try rows(
            """
            SELECT substr(note, 1, instr(note, ' ') - 1),
              CASE WHEN count(*) = count(DISTINCT note) THEN count(*) ELSE 0 END
            FROM contact_attempt GROUP BY 1
            """)
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let words = line.split(separator: "|")
                return (String(words[0]), Int(words[1]) ?? -1)
            })
    }
}
