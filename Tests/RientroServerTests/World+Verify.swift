import RientroClient
import RientroProtocol
import RientroSQLite
import RientroServer

extension World {
    /// Follows the course of a comparison to its end; returns its steps and what it found.
    ///
    /// - Parameter mended: called after each step that mended rows.
    func follow(
        _ aim: VerifyCourse.Aim, of office: Office, told: (SyncProgress) -> Void = { _ in },
        answering: (DigestQuestion) throws -> [UInt8], mended: () throws -> Void = {}
    ) throws -> (steps: [VerifyCourse.Step], report: VerifyReport) {
        var course = VerifyCourse(aim)
        var steps: [VerifyCourse.Step] = []
        while true {
            let step = try course.next(office.engine)
            steps.append(step)
            if let progress = course.progress { told(progress) }
            switch step {
            case .sync: try sync(office)
            case .ask(let question):
                try course.answered(try answering(question), office.engine)
            case .mended: try mended()
            case .done(let report): return (steps, report)
            }
        }
    }

    func follow(
        _ aim: VerifyCourse.Aim, of office: Office, mended: () throws -> Void = {}
    ) throws -> (steps: [VerifyCourse.Step], report: VerifyReport) {
        try follow(
            aim, of: office, answering: { try answer($0, of: office) }, mended: mended)
    }

    /// The centre's answer to a question of the office.
    func answer(_ question: DigestQuestion, of office: Office) throws -> [UInt8] {
        let replica = try office.engine.replica()
        return try centre.db.transaction(.deferred) {
            try centre.answer(to: question, of: replica)
        }
    }
}

extension Office {
    /// Writes into the file behind its triggers.
    func forge(_ sql: String) throws {
        try self.sql.transaction {
            try self.sql.execute("UPDATE me SET quiet = 1")
            try self.sql.execute(sql)
            try self.sql.execute("UPDATE me SET quiet = 0")
        }
    }
}
