internal import RientroProtocol
internal import RientroStore

/// Most writes of a root row meet nothing: later than what stands there, of a register of which no
/// conflict is kept, or of one whose base stands there. They need not read the row.
extension CentreEngine {
    /// Applies such a write with one statement; false, with nothing changed, where it must be
    /// looked at more closely. What the schema says against it has been looked at.
    func applySimple(
        _ change: RowChange, _ layout: TableLayout, claimed: Unit, to act: inout Act
    ) throws -> Bool {
        guard case .record(nil, let writes) = change.content, !act.isCentre, layout.table.isRoot,
            claimed == Unit(table: change.table, id: change.id),
            writes.allSatisfy({ isSimple($0, layout, act) }),
            try isAllOwn(change, &act), try mayWrite(claimed, &act), try !isCorrected(change, &act),
            try store.takeUnopposed(change)
        else { return false }
        act.accept(change, in: claimed)
        return true
    }

    private func isSimple(_ write: RegisterWrite, _ layout: TableLayout, _ act: Act) -> Bool {
        guard let stamp = write.stamp, let register = layout.register(write.register) else {
            return false
        }
        return !isFarAhead(stamp, act)
            && (register.rule != .kept || write.base != nil)
    }
}
