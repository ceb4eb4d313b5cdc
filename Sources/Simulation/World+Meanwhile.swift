internal import RientroClient
internal import RientroProtocol
internal import RientroSQLite

/// What others do while a program compares an office's rows with the centre's.
extension World {
    /// Somebody elsewhere writes to one of the rows that are asked for, which another program of
    /// this office hears of, and then has another thought, which it does not.
    func writeMeanwhile(
        _ table: Int, _ ids: [String], at: Int, _ chance: inout Chance
    ) throws {
        let name = schema.allTables.first { $0.number == table }?.name
        guard let name, let column = chance.pick(Self.columns(of: name)) else { return }
        let register = RegisterName(table: name, row: chance.pick(ids), column: column)
        let others = try offices.indices.filter { other in
            try other != at
                && look(at: offices[other]) {
                    try offices[other].sql().integer(
                        "SELECT 1 FROM \(name) WHERE id = ?", .text(register.row)) == 1
                }
        }
        guard !others.isEmpty else { return }
        let other = chance.pick(others)
        try set(register, at: offices[other])
        try syncAtOnce(other, &chance)
        try syncAtOnce(at, &chance)
        try set(register, at: offices[other])
        note("written while rows were compared", "\(register)")
    }

    /// The columns that an office's people write; a nil where there are none.
    private static func columns(of table: String) -> [String?] {
        let all =
            latestColumns.filter { $0.0 == table && $0.1 != "customer_ref" }.map(\.1)
            + Oracle.keptColumns[table, default: []]
        return all.isEmpty ? [nil] : all
    }

    private func set(_ register: RegisterName, at office: OfficeMachine) throws {
        try write(at: office, .latestRegister, byLibrary: false) { sql in
            let writing = try write(to: register, sql)
            return writing.map { [.writing($0)] } ?? []
        }
    }

    /// One exchange, past whatever else is on the line.
    private func syncAtOnce(_ at: Int, _ chance: inout Chance) throws {
        let before = line.number()
        try begin(OfficeCourse(), at: at)
        let sent = line.take(at: .max, &chance) {
            $0.office == at && !$0.isAnswer && $0.number > before
        }
        guard let (request, _) = sent else { return }
        try serve([request])
        let told = line.take(at: .max, &chance) { $0.isAnswer && $0.number == request.number }
        if let (answer, _) = told { try receive(answer, &chance) }
    }
}
