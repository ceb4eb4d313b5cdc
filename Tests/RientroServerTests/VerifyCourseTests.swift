import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer
import RientroStore
import Testing

@Suite("The course of a comparison")
struct VerifyCourseTests {
    private static let matter = "0190a000-0000-7000-8000-000000000002"
    /// The number of the table `paid`.
    private static let paid = 14

    let world: World
    let office: Office

    init() throws {
        world = try World()
        try world.act { act in
            let person = try act.insert("person", ["name": .text("Rosa Pace")])
            try act.insert(
                "matter", id: Self.matter,
                ["person_id": .text(person), "portfolio_id": .text("MT")])
        }
        office = try world.office("A", ["MT"])
        try world.sync(office)
    }

    @Test("asks one question where both sides are equal, and records the proof")
    func equal() throws {
        let (steps, report) = try follow(.proof(repair: false))
        #expect(steps == [.ask(.tables), .done(report)])
        #expect(report.isProven && report.rowsCompared > 0)
        #expect(try office.engine.request().provenCommit == report.commit)
    }

    @Test("asks the same again where an answer was lost")
    func lostAnswer() throws {
        try pay(1)
        try forge("UPDATE paid SET amount = 900")
        var course = VerifyCourse(.proof(repair: true))
        for kind in ["tables", "range", "rows"] {
            guard case .ask(let question) = try course.next(office.engine) else {
                Issue.record("nothing is asked")
                return
            }
            #expect("\(question)".hasPrefix(kind))
            #expect(try course.next(office.engine) == .ask(question))
            try course.answered(try answer(question), office.engine)
        }
        #expect(try course.next(office.engine) == .mended(tables: [Self.paid]))
    }

    @Test("begins anew after a sync where the centre moves on between two answers")
    func centreMoves() throws {
        try pay(1, 2, 3)
        try forge("UPDATE paid SET amount = 900 WHERE amount = 2")
        var moves = 0
        let (steps, report) = try follow(.proof(repair: false)) { question in
            if case .range = question, moves == 0 {
                moves += 1
                try world.act { try $0.insert("label", id: "B", ["text": .text("second")]) }
            }
            return try answer(question)
        }
        let range = Self.whole(Self.paid)
        #expect(
            steps == [
                .ask(.tables), .ask(range), .sync, .ask(.tables), .ask(range), .done(report),
            ])
        #expect(report.differences.map(\.kind) == [.different] && !report.hasMoved)
        #expect(report.commit == (try world.centre.cursor().commit))
    }

    @Test("ends after five attempts in which the centre moved on, and says so")
    func centreMovesAlways() throws {
        var moves = 0
        let (steps, report) = try follow(.proof(repair: true)) { question in
            moves += 1
            try world.act { try $0.insert("label", id: "L\(moves)", ["text": .text("more")]) }
            return try answer(question)
        }
        #expect(steps.count { $0 == .ask(.tables) } == 5 && moves == 5)
        #expect(report.hasMoved && !report.isProven && report.differences.isEmpty)
        // What was said last is true of the last attempt only.
        #expect(try follow(.proof(repair: false)).report.isProven)
    }

    @Test("takes no write that is made between two answers for a difference")
    func officeWrites() throws {
        try pay(1, 2, 3)
        try forge("UPDATE paid SET amount = 900 WHERE amount = 2")
        var writes = 0
        let (steps, report) = try follow(.proof(repair: false)) { question in
            if case .range = question, writes == 0 {
                writes += 1
                try insert(4)
            }
            return try answer(question)
        }
        #expect(steps.count { $0 == .sync } == 1)
        #expect(report.differences.count == 1 && report.onTheWay == 0)
        #expect(try world.centre.db.integer("SELECT count(*) FROM paid") == 4)
    }

    @Test("asks again for the rows that did not fit into an answer")
    func fewerRows() throws {
        try pay(1, 2, 3)
        try forge("DELETE FROM paid")
        var asked: [Int] = []
        let (_, report) = try follow(.proof(repair: true)) { question in
            let body = try answer(question)
            guard case .rows(_, _, let ids) = question else { return body }
            asked.append(ids.count)
            var units = Array(try UnitChanges.decode(body).prefix(1))
            units[0].rows = Array(units[0].rows.prefix(1))
            return UnitChanges.encode(units)
        }
        #expect(asked == [3, 2, 1])
        #expect(report.isProven && report.rowsRepaired == 3)
    }

    @Test("ends where the centre gives none of the rows that it says it has")
    func noRows() throws {
        try pay(1, 2, 3)
        try forge("DELETE FROM paid")
        let (steps, report) = try follow(.proof(repair: true)) { question in
            guard case .rows = question else { return try answer(question) }
            return UnitChanges.encode([])
        }
        #expect(steps.count { if case .ask(.rows) = $0 { true } else { false } } == 5)
        #expect(report.differences.count == 3 && report.rowsRepaired == 0 && !report.isProven)
    }

    @Test("mends as many rows at once as may be asked for, and tells how far it has come")
    func batches() throws {
        let count = Limits.rowsAskedMax + 10
        for amount in 1...count { try insert(amount) }
        try world.sync(office)
        try forge("DELETE FROM paid")
        var told: [SyncProgress] = []
        let (steps, report) = try follow(.proof(repair: true), told: { told.append($0) })
        #expect(steps.count { $0 == .mended(tables: [Self.paid]) } == 2)
        #expect(report.isProven && report.rowsRepaired == count)
        #expect(told.map(\.stage) == [.comparing, .repairing, .repairing])
        #expect(told.map(\.done) == [1, 40, 50])
        #expect(told.map(\.total) == [1, 50, 50])
    }

    @Test("of suspect tables asks about no others, and they are suspects no more once equal")
    func suspects() throws {
        #expect(try follow(.suspects).steps.count == 1, "nothing is asked without a suspect")
        try pay(1, 2)
        try forge("UPDATE paid SET amount = 900 WHERE amount = 2")
        try forge("UPDATE person SET name = 'Rosa Greco'")
        try office.sql.execute("UPDATE office SET suspects = '\(Self.paid)'")
        let (steps, report) = try follow(.suspects)
        #expect(steps.contains(.ask(Self.whole(Self.paid))))
        #expect(!steps.contains(.ask(Self.whole(11))))
        #expect(report.rowsRepaired == 1)
        #expect(try office.engine.suspects().isEmpty)
        #expect(try office.engine.request().provenCommit == nil, "other tables may differ")
        let all = try follow(.proof(repair: false)).report
        #expect(all.differences.map(\.table) == ["person"])
    }
}

extension VerifyCourseTests {
    private static func whole(_ table: Int) -> DigestQuestion {
        .range(table: table, portfolio: "MT", from: "", to: "")
    }

    private func follow(
        _ aim: VerifyCourse.Aim, told: (SyncProgress) -> Void = { _ in }
    ) throws -> (steps: [VerifyCourse.Step], report: VerifyReport) {
        try follow(aim, told: told, answering: answer)
    }

    private func follow(
        _ aim: VerifyCourse.Aim, told: (SyncProgress) -> Void = { _ in },
        answering: (DigestQuestion) throws -> [UInt8]
    ) throws -> (steps: [VerifyCourse.Step], report: VerifyReport) {
        try world.follow(aim, of: office, told: told, answering: answering)
    }

    private func answer(_ question: DigestQuestion) throws -> [UInt8] {
        try world.answer(question, of: office)
    }

    private func insert(_ amount: Int) throws {
        try office.sql.execute(
            "INSERT INTO paid(matter_id, amount) VALUES ('\(Self.matter)', \(amount))")
    }

    /// Rows that both sides have.
    private func pay(_ amounts: Int...) throws {
        for amount in amounts { try insert(amount) }
        try world.sync(office)
    }

    private func forge(_ sql: String) throws { try office.forge(sql) }
}
