internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite

/// What others do while a program compares an office's rows with the centre's, or waits for an
/// answer.
extension World {
    /// Somebody elsewhere writes to one of the rows that are asked for, which another program of
    /// this office hears of, and then has another thought, which it does not.
    func writeMeanwhile(
        _ table: Int, _ ids: [String], at: Int, _ chance: inout Chance
    ) throws {
        let name = schema.allTables.first { $0.number == table }?.name
        guard let name, let column = chance.pick(Self.columns(of: name)) else { return }
        let register = RegisterName(table: name, row: chance.pick(ids), column: column)
        guard let other = try another(than: at, with: register, &chance) else { return }
        try set(register, at: offices[other])
        for office in [other, at] {
            try runAtOnce(OfficeCourse(), at: office, exchangesMax: 1, &chance)
        }
        try set(register, at: offices[other])
        time += 5_000
        note("written while rows were compared", "\(register)")
    }

    /// The columns that an office's people write; a nil where there are none.
    private static func columns(of table: String) -> [String?] {
        let all =
            latestColumns.filter { $0.0 == table && $0.1 != "customer_ref" }.map(\.1)
            + Oracle.keptColumns[table, default: []]
        return all.isEmpty ? [nil] : all
    }

    func set(_ register: RegisterName, at office: OfficeMachine) throws {
        try write(at: office, .latestRegister, byLibrary: false) { sql in
            let writing = try write(to: register, sql)
            return writing.map { [.writing($0)] } ?? []
        }
    }

    /// Another office that has the row of a register.
    private func another(
        than at: Int, with register: RegisterName, _ chance: inout Chance
    ) throws -> Int? {
        let others = try offices.indices.filter { other in
            try other != at
                && look(at: offices[other]) {
                    try offices[other].sql().integer(
                        "SELECT 1 FROM \(register.table) WHERE id = ?", .text(register.row)) == 1
                }
        }
        return others.isEmpty ? nil : chance.pick(others)
    }

    /// An answer is held up, and comes after the office has heard more, just before that to a
    /// request in between; the one that would have told of a wrong clock is lost, and somebody else
    /// has written over what that wrote.
    func crossAnswers(_ chance: inout Chance) throws {
        let at = chance.below(offices.count)
        let office = offices[at]
        guard let late = try answerAtOnce(to: OfficeCourse(), at: at, &chance) else { return }
        try setRegister(.latestRegister, at: office, &chance)
        try runAtOnce(OfficeCourse(), at: at, exchangesMax: 2, &chance)
        if faults.contains(.clock) {
            office.skew = Int64(1 + chance.below(20)) * 86_400_000
        }
        let kind: Event.Kind = chance.isOnce(in: 2) ? .keptRegister : .latestRegister
        try setRegister(kind, at: office, &chance)
        _ = try answerAtOnce(to: OfficeCourse(), at: at, &chance)
        guard let register = office.lastRegister,
            let other = try another(than: at, with: register, &chance)
        else { return }
        try runAtOnce(OfficeCourse(), at: other, exchangesMax: 3, &chance)
        try set(register, at: offices[other])
        try runAtOnce(OfficeCourse(), at: other, exchangesMax: 2, &chance)
        guard let second = try answerAtOnce(to: OfficeCourse(), at: at, &chance) else { return }
        for answer in [late, second] { try receive(answer, &chance) }
        note(.answersCrossed, office.name)
    }
}
