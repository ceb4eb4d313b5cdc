package import RientroProtocol
internal import RientroSQLite
internal import RientroStore

/// Rows that the centre itself writes: reference rows, debtors and accounts, imports, moves.
///
/// They go the same way as an office's: applied, routed and logged as one commit.
package struct CentreAct {
    private let engine: CentreEngine
    private var act: Act
    /// About how many bytes the commit has so far.
    package private(set) var byteCount = 0

    init(engine: CentreEngine, act: Act) {
        self.engine = engine
        self.act = act
    }

    /// Inserts a row and returns its id; columns that are left out get their defaults.
    ///
    /// Throws `CentreError.unknown` for a table that is not there, `CentreError.exists` where the
    /// id is taken, `CentreError.badValue` where a value does not fit.
    ///
    /// - Parameter id: the key of a reference row, or a UUID; nil makes a UUIDv7.
    @discardableResult
    package mutating func insert(
        _ table: String, id: String? = nil, _ values: [String: Value]
    ) throws -> String {
        let layout = try layout(table)
        let id = try id ?? newID()
        guard RowID.isCanonical(id), (layout.table.kind == .reference) != RowID.isUUID(id) else {
            throw CentreError.badValue("\(id) is not an id for \(table)")
        }
        guard try !engine.store.contains(layout, id: id) else {
            throw CentreError.exists(what: table, id: id)
        }
        let complete = try complete(layout, values)
        let stamp = Stamp(milliseconds: act.time, replica: 0)
        let content: RowChange.Content
        if layout.table.kind == .ledger {
            content = .ledger(complete)
        } else {
            let writes = layout.table.registers.enumerated().map { index, register in
                RegisterWrite(
                    register: register.number, stamp: nil, base: nil,
                    values: layout.registerColumns[index].map { complete[$0] })
            }
            let birth = Birth(stamp: stamp, fixed: layout.fixedColumns.map { complete[$0] })
            content = .record(birth: birth, writes: writes)
        }
        try apply(
            RowChange(table: layout.table.number, id: id, content: content), isAbsent: true)
        return id
    }

    /// Writes columns of a record row; registers whose values do not change are left alone.
    ///
    /// Throws `CentreError.unknown` where the row is not there, `CentreError.badValue`.
    package mutating func set(_ table: String, id: String, _ values: [String: Value]) throws {
        let layout = try layout(table)
        guard let row = try engine.store.read(layout, id: id) else {
            throw CentreError.unknown(what: table, id: id)
        }
        // Without a revocation and a grant in the same commit the offices would not agree.
        if case .portfolio(let column) = layout.table.routing, values[column] != nil {
            throw CentreError.badValue("\(column) says where the row goes, and is not set")
        }
        try check(layout, values)
        var writes: [RegisterWrite] = []
        for (index, register) in layout.table.registers.enumerated() {
            guard register.columns.contains(where: { values[$0] != nil }) else { continue }
            let present = layout.registerColumns[index].map { Value(row.columns[$0]) ?? .null }
            let wanted = zip(register.columns, present).map { values[$0] ?? $1 }
            guard wanted != present else { continue }
            let base = Stamp(rawValue: row.effectiveStamp(index))
            guard let stamp = Stamp(clock: 0, floor: act.time, after: base, replica: 0) else {
                throw CentreError.badValue("nothing can be later than what stands in \(id)")
            }
            writes.append(
                RegisterWrite(
                    register: register.number, stamp: stamp,
                    base: register.rule == .kept ? base : nil, values: wanted))
        }
        guard !writes.isEmpty else { return }
        try apply(
            RowChange(
                table: layout.table.number, id: id, content: .record(birth: nil, writes: writes)))
    }

    private mutating func apply(_ change: RowChange, isAbsent: Bool = false) throws {
        let before = act.items.count
        let bytes = change.byteCount
        guard try bytes <= Limits.rowBytesMax && (isAbsent || !engine.store.outgrows(change)) else {
            throw CentreError.badValue("the row is longer than \(Limits.rowBytesMax) bytes")
        }
        byteCount += bytes + 40
        try engine.apply(change, claimed: .everyone, to: &act, isAbsent: isAbsent)
        guard act.items.count == before else {
            throw CentreError.badValue(
                "\(change.id) names a row that is not there, or is too far in the future")
        }
        byteCount += try engine.grantBytes(of: change, in: &act)
    }

    /// Logs the act as one commit, if it wrote anything, and returns its number.
    mutating func finish(now: Int64) throws -> Int64? {
        guard !act.units.isEmpty else { return nil }
        let number = try engine.logAct(&act)
        try engine.retryQuarantine(born: act.born, now: now)
        return number
    }

    private func layout(_ table: String) throws -> TableLayout {
        guard let layout = engine.store.layout(named: table) else {
            throw CentreError.unknown(what: "table", id: table)
        }
        return layout
    }

    private func newID() throws -> String {
        UUIDv7.make(milliseconds: act.time, random: try engine.random(10))
    }

    private mutating func check(_ layout: TableLayout, _ values: [String: Value]) throws {
        for (name, value) in values {
            guard let position = layout.position(of: name) else {
                throw CentreError.badValue("\(layout.table.name) has no column \(name)")
            }
            // Above all not empty: what has no portfolio's name goes to everyone.
            if case .portfolio(name) = layout.table.routing, case .text(let portfolio) = value,
                !RowID.isReferenceKey(portfolio)
            {
                throw CentreError.badValue("\(name) is not a portfolio's key")
            }
            let reason = try engine.store.refusal(
                of: value, layout, at: position, codes: &act.codes)
            if let reason { throw CentreError.badValue(reason) }
        }
    }

    /// All columns, with the defaults of those that were not given.
    private mutating func complete(
        _ layout: TableLayout, _ values: [String: Value]
    ) throws -> [Value] {
        try check(layout, values)
        return try layout.table.columns.map { column in
            if let given = values[column.name] { return given }
            switch column.default {
            case .value(let value): return value
            case .today:
                return .text(try engine.db.text("SELECT date('now', 'localtime')") ?? "")
            case .now: return .text(UTCTime.text(milliseconds: act.time))
            case .none:
                guard !column.isRequired else {
                    throw CentreError.badValue("\(layout.table.name).\(column.name) is required")
                }
                return .null
            }
        }
    }
}

extension CentreEngine {
    /// Runs `body` as one act of the centre and logs it as one commit; returns its number, or nil
    /// where nothing was written. Call it inside a transaction; if `body` throws, roll that back.
    @discardableResult
    package func act(now: Int64, _ body: (inout CentreAct) throws -> Void) throws -> Int64? {
        let act = Act(
            author: 0, portfolios: [], time: try commitTime(now),
            commit: try cursor().commit + 1, changeSet: 0)
        var open = CentreAct(engine: self, act: act)
        try body(&open)
        return try open.finish(now: now)
    }
}
