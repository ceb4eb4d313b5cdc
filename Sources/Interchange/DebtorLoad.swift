import RientroProtocol
import RientroServer
import RientroStore

/// Finds and corrects debtors that the centre has.
struct DebtorLoad {
    let engine: CentreEngine
    private var known: KnownRows { KnownRows(db: engine.db) }

    init(engine: CentreEngine) { self.engine = engine }

    /// The debtor that a new account belongs to: the one with the same valid codice fiscale,
    /// whoever handed it over, or the one that the creditor has under the same customer number.
    ///
    /// Two valid codici fiscali that differ are two people, whatever the customer number says: it
    /// is the supply that has changed hands.
    func find(
        _ debtor: HandOverDebtor, creditor: String, customerRef: String?
    ) throws -> String? {
        let valid = debtor.codiceFiscaleFault == nil ? debtor.codiceFiscale : nil
        if let valid, let found = try known.debtor(codiceFiscale: valid) { return found }
        guard let customerRef,
            let found = try known.debtor(creditor: creditor, customerRef: customerRef)
        else { return nil }
        if let valid, let other = try known.validCodiceFiscale(of: found), other != valid {
            return nil
        }
        return found
    }

    /// Writes what a known debtor's row lacks and the file says. What stands there stays: it may
    /// come from another creditor, or from the debtor.
    func fill(
        _ id: String, from debtor: HandOverDebtor, into act: inout CentreAct,
        _ report: inout ImportReport
    ) throws {
        try write(id, from: debtor, into: &act, &report, onlyEmpty: true)
    }

    /// Writes what the creditor corrected. Where an office has written since, its value stays.
    func correct(
        _ id: String, from debtor: HandOverDebtor, into act: inout CentreAct,
        _ report: inout ImportReport
    ) throws {
        try write(id, from: debtor, into: &act, &report, onlyEmpty: false)
    }

    /// The given values that differ from those in the row.
    func differing(
        _ values: [String: Value], _ table: String, id: String
    ) throws -> [String: Value] {
        guard let layout = engine.store.layout(named: table),
            let row = try engine.store.read(layout, id: id)
        else { return [:] }
        let present = columns(layout, row)
        return values.filter { present[$0.key] != $0.value }
    }

    private func write(
        _ id: String, from debtor: HandOverDebtor, into act: inout CentreAct,
        _ report: inout ImportReport, onlyEmpty: Bool
    ) throws {
        guard let layout = engine.store.layout(named: "debtor"),
            let row = try engine.store.read(layout, id: id)
        else { return }
        let present = columns(layout, row)
        var changes: [String: Value] = [:]
        for register in debtor.registers {
            // A name or an address that the file leaves out in part is not thereby blank.
            let differing = register.filter { name, value in
                value != present[name] && (value != .null || name.hasSuffix("_flag"))
            }
            guard !differing.isEmpty else { continue }
            let isEmpty = register.keys.allSatisfy { present[$0] ?? .null == .null }
            if onlyEmpty {
                if isEmpty { changes.merge(differing) { _, new in new } }
            } else if isEmpty || !isWrittenByOffice(register, layout, row) {
                changes.merge(differing) { _, new in new }
            } else {
                report.valuesKept += differing.count
            }
        }
        guard !changes.isEmpty else { return }
        report.valuesChanged += changes.count
        try act.set("debtor", id: id, changes)
    }

    /// Whether the register with any of these columns was last written by an office.
    private func isWrittenByOffice(
        _ values: [String: Value], _ layout: TableLayout, _ row: StoredRow
    ) -> Bool {
        layout.table.registers.enumerated().contains { index, register in
            guard register.columns.contains(where: { values[$0] != nil }) else { return false }
            return Stamp(rawValue: row.effectiveStamp(index))?.replica ?? 0 != 0
        }
    }

    private func columns(_ layout: TableLayout, _ row: StoredRow) -> [String: Value] {
        Dictionary(
            zip(layout.table.columns.map(\.name), row.columns.map { Value($0) ?? .null }),
            uniquingKeysWith: { first, _ in first })
    }
}
