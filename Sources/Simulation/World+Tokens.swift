internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite
internal import RientroServer

/// Tokens that are lost: the central team makes a code once more (`replica code --again`), and the
/// file goes on under a new number with all that it has (`rientro enrol`).
extension World {
    /// Somebody loses the token beside a file, or a file that was shut out is let in again.
    func loseToken(_ chance: inout Chance) throws {
        let shutOut = try offices.indices.filter { try isShutOut(offices[$0]) }
        let at =
            shutOut.isEmpty || chance.isOnce(in: 4)
            ? chance.below(offices.count) : chance.pick(shutOut)
        if try enrolAgain(offices[at]) { note(.tokenLost, offices[at].name) }
    }

    /// Whether somebody enrolled again in place of the number that this file still has: its copy,
    /// or the same file before it was put back.
    func isShutOut(_ office: OfficeMachine) throws -> Bool {
        let token = try look(at: office) { try office.tokens[office.running().incarnation()] }
        return token.map { centre.endedTokens.contains($0) } ?? true
    }

    /// Goes on with an enrolment, or begins one. False where a machine stopped on the way, or the
    /// code is not good any more: what was begun stands beside the file for the next time.
    func enrolAgain(_ office: OfficeMachine) throws -> Bool {
        let identity = try run(on: office) {
            let engine = try office.running()
            return (replica: try engine.replica(), incarnation: try engine.incarnation())
        }
        guard let (replica, incarnation) = identity else { return false }
        guard let line = try line(of: replica, incarnation, at: office) else { return false }
        if let token = office.tokens[incarnation], incarnation != line.incarnation {
            // From here on it may be refused, whether or not anybody hears of the answer.
            centre.endedTokens.insert(token)
        }
        office.tokens[line.incarnation] = line.token
        guard let answer = try enrol(line, replica, incarnation, at: office) else { return false }
        let isAdopted: Void? = try run(on: office) {
            try office.running().adoptEnrolment(
                answer, incarnation: line.incarnation, server: "http://127.0.0.1:1")
        }
        guard isAdopted != nil else { return false }
        office.tokens = [line.incarnation: line.token]
        office.enrolling = nil
        return true
    }

    /// The enrolment that was begun here, or a new one with a code that the centre makes for it.
    private func line(
        of replica: Int64, _ incarnation: [UInt8], at office: OfficeMachine
    ) throws -> OfficeMachine.Enrolling? {
        if let begun = office.enrolling { return begun }
        let made = try run(on: centre) {
            let engine = try centre.commanding()
            let now = centre.time(at: time)
            return try engine.db.transaction { try engine.newCodeAgain(for: replica, now: now) }
        }
        guard let (_, code) = made else { return nil }
        var chance = Chance(seed: UInt64(oracle.number()) &+ seed)
        let line = OfficeMachine.Enrolling(
            code: code, replica: replica, incarnation: chance.bytes(16), token: chance.bytes(32))
        office.enrolling = line
        return line
    }

    /// What the centre answers; nil where it stops, or does not know the code any more.
    private func enrol(
        _ line: OfficeMachine.Enrolling, _ replica: Int64, _ incarnation: [UInt8],
        at office: OfficeMachine
    ) throws -> EnrolAnswer? {
        let request = EnrolRequest(
            code: line.code, tokenHash: LoginToken.hash(line.token),
            incarnation: line.incarnation,
            replica: incarnation == line.incarnation ? nil : replica)
        return try run(on: centre) {
            let engine = try centre.commanding()
            let now = centre.time(at: time)
            do {
                return try engine.db.transaction { try engine.enrol(request, now: now) }
            } catch CentreError.badCode {
                // It was made again for a copy of the file, or has run out.
                office.enrolling = nil
                note("code not good any more", office.name)
                return nil
            } catch CentreError.notItsCode where replica != line.replica {
                // The file was put back, or got a new number, since the code was made for it.
                office.enrolling = nil
                note("code of another number", office.name)
                return nil
            }
        } ?? nil
    }
}
