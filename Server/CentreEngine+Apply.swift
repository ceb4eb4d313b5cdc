internal import RientroProtocol
internal import RientroSQLite
internal import RientroStore

extension CentreEngine {
    /// Applies one change of one row: checks it against the schema, the portfolios and the clock,
    /// merges what may be merged, and notes the rest in the act.
    ///
    /// - Parameter isAbsent: whether the row is known not to be here.
    func apply(
        _ change: RowChange, claimed: Unit, to act: inout Act, isAbsent: Bool = false
    ) throws {
        let refusals = act.isCentre ? [] : try store.refusals(of: change, codes: &act.codes)
        if let whole = refusals.first(where: { $0.register == 0 }) {
            return try refuse(change, whole.reason, whole.detail, &act)
        }
        guard let layout = store.layouts[change.table] else { return }
        if refusals.isEmpty, try applySimple(change, layout, claimed: claimed, to: &act) { return }
        let present =
            layout.table.kind == .ledger || isAbsent
            ? nil : try store.read(layout, id: change.id)
        guard let unit = try unit(of: change, layout, present, &act) else {
            return try refuse(
                change, .unknownParent, "its parent is not at the centre", &act,
                awaits: awaited(change, layout))
        }
        guard try mayWrite(unit, &act) else {
            return try refuse(
                change, .notInPortfolio, "the office does not hold it", &act)
        }
        if !act.isCentre, let refusal = try refusal(ofNew: change, layout) {
            return try refuse(change, refusal.reason, refusal.detail, &act)
        }
        if unit != claimed { act.spoil() }
        switch change.content {
        case .ledger: try applyLedger(change, layout, unit, &act)
        case .record(let birth, let writes):
            try applyRecord(change, layout, unit, present, birth, writes, refusals, &act)
        }
    }

    private func applyLedger(
        _ change: RowChange, _ layout: TableLayout, _ unit: Unit, _ act: inout Act
    ) throws {
        switch try mergedOrRefused(change, .unknown, &act) {
        case nil: return
        case .differs:
            try refuse(change, .ledgerChanged, "another row has this id", &act)
        case .inserted:
            if store.isAwaited(layout) { act.noteBirth(change.id, root: nil) }
            act.accept(change, in: unit)
        case .unchanged, .changed, .parked:
            // Here already: logged all the same, so that the commit is what was sent.
            act.accept(change, in: unit)
        }
    }

    func applyRecord(
        _ change: RowChange, _ layout: TableLayout, _ unit: Unit, _ present: StoredRow?,
        _ birth: Birth?, _ writes: [RegisterWrite], _ refusals: [ChangeRefusal],
        _ act: inout Act
    ) throws {
        if let birth, present != nil, !act.isCentre {
            return try applyBornAgain(change, layout, unit, present, birth, writes, refusals, &act)
        }
        if birth != nil, try !isAllOwn(change, &act) {
            return try refuse(change, .badValue, Self.anothersStamp, &act)
        }
        var accepted: [RegisterWrite] = []
        for write in writes {
            if let refusal = refusals.first(where: { $0.register == write.register }) {
                try refuse(write, of: change, layout, present, refusal, &act)
            } else if try birth != nil || isOwn(write, of: change, layout, present, &act) {
                accepted.append(try corrected(write, of: change, layout, present, birth, &act))
            }
        }
        // A row of which nothing is left is no row that was sent.
        guard birth != nil || !accepted.isEmpty else { return act.spoil() }
        let birth = try birth.map { try corrected($0, of: change, &act) }
        let applied = RowChange(
            table: change.table, id: change.id, content: .record(birth: birth, writes: accepted))
        let conflicts = try conflicts(
            in: accepted, of: change, layout, present, birth, &act)
        let presence = present.map(Presence.row) ?? .absent
        guard let result = try mergedOrRefused(applied, presence, &act) else { return }
        if result == .inserted {
            act.noteBirth(change.id, root: layout.table.isRoot ? unit : nil)
        }
        act.accept(applied, in: unit)
        for conflict in conflicts {
            let (won, lost) = (conflict.wonStamp, conflict.lostStamp)
            if won == lost { try keepCorrection(change, conflict.register.number, won, lost, &act) }
            try record(conflict, unit, layout, change.id, &act)
        }
    }

    /// Merges a change; what the tables themselves refuse is refused like anything else, so that it
    /// blocks nothing. Nil where it was.
    private func mergedOrRefused(
        _ change: RowChange, _ presence: Presence, _ act: inout Act
    ) throws -> MergeResult? {
        do {
            return try store.merge(change, presence)
        } catch let error as SQLiteError where error.isConstraint && !act.isCentre {
            try refuse(change, .badValue, "its table cannot hold it", &act)
            return nil
        }
    }

    /// The unit of the row that a change concerns; nil where its parent, or the row itself, is not
    /// at the centre.
    private func unit(
        of change: RowChange, _ layout: TableLayout, _ present: StoredRow?, _ act: inout Act
    ) throws -> Unit? {
        switch change.content {
        case .ledger(let values):
            if let root = try routedRoot(layout, values, &act) { return root }
            return try knownUnit(layout, id: change.id, columns: values.map(\.stored))
        case .record(let birth, _):
            if let row = present {
                return try store.unit(of: layout, id: change.id, columns: row.columns)
            }
            guard let birth else { return nil }
            var columns = layout.table.columns.map { _ in SQLiteValue.null }
            for (position, value) in zip(layout.fixedColumns, birth.fixed) {
                columns[position] = value.stored
            }
            return try knownUnit(layout, id: change.id, columns: columns)
        }
    }

    /// The unit of a ledger row whose parent is a root that goes somewhere, and so is here.
    private func routedRoot(
        _ layout: TableLayout, _ values: [Value], _ act: inout Act
    ) throws -> Unit? {
        guard case .parent(let name, _) = layout.table.routing,
            let position = layout.routingColumn, position < values.count,
            case .text(let id) = values[position],
            let parent = store.layout(named: name), parent.table.isRoot
        else { return nil }
        let unit = Unit(table: parent.table.number, id: id)
        return try openRoutes(of: unit, in: &act).isEmpty ? nil : unit
    }

    /// The unit of a row that is not here yet, if its parent is.
    private func knownUnit(
        _ layout: TableLayout, id: String, columns: [SQLiteValue]
    ) throws -> Unit? {
        if case .parent(let name, _) = layout.table.routing {
            guard let position = layout.routingColumn, position < columns.count,
                case .text(let parentID) = columns[position],
                let parent = store.layout(named: name),
                try store.contains(parent, id: parentID)
            else { return nil }
        }
        return try store.unit(of: layout, id: id, columns: columns)
    }

    /// The id that a change waits for: its parent's, or its own row's.
    private func awaited(_ change: RowChange, _ layout: TableLayout) -> String? {
        let columns: [Value]
        switch change.content {
        case .ledger(let values): columns = values
        case .record(let birth, _):
            guard let birth else { return change.id }
            var all = layout.table.columns.map { _ in Value.null }
            for (position, value) in zip(layout.fixedColumns, birth.fixed) { all[position] = value }
            columns = all
        }
        guard let position = layout.routingColumn, position < columns.count,
            case .text(let parent) = columns[position]
        else { return nil }
        return parent
    }

    /// Why a row by an office, seen beside the others under its parent, cannot be taken. One that
    /// is here was judged when it came: sent again, it stays.
    private func refusal(ofNew change: RowChange, _ layout: TableLayout) throws -> ChangeRefusal? {
        if case .record(nil, _) = change.content { return nil }
        let stray = try store.strayReference(of: change)
        let crowding = try store.crowding(of: change)
        guard let detail = stray ?? crowding, try !store.contains(layout, id: change.id) else {
            return nil
        }
        return ChangeRefusal(
            register: 0, reason: stray == nil ? .tooLarge : .badValue, detail: detail)
    }

    func mayWrite(_ unit: Unit, _ act: inout Act) throws -> Bool {
        if act.isCentre { return true }
        if act.lastWritable == unit { return true }
        let routes = try openRoutes(of: unit, in: &act)
        guard routes.contains(where: act.portfolios.contains) else { return false }
        act.meet(routes)
        act.lastWritable = unit
        return true
    }
}
