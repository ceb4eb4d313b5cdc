internal import Foundation
internal import RientroProtocol
internal import RientroStore

extension Replica {
    /// What did not go through and waits for a person, the oldest first.
    ///
    /// Throws `.busy`, `.damaged`, `.database`.
    public func refusals() throws(ReplicaError) -> [RefusedWrite] {
        try typed { try engine.refusals().map(readable) }
    }

    private func readable(_ refusal: Refusal) -> RefusedWrite {
        let layout = engine.store.layouts[refusal.table]
        let register = layout?.register(refusal.register)
        return RefusedWrite(
            table: layout?.table.name ?? "\(refusal.table)", id: refusal.id,
            register: refusal.register == 0 ? nil : register?.name ?? "\(refusal.register)",
            reason: refusal.reason.code, detail: refusal.detail,
            values: values(refusal, layout, register), changeSet: refusal.changeSet,
            date: Date(milliseconds: refusal.refusedAt))
    }

    private func values(
        _ refusal: Refusal, _ layout: TableLayout?, _ register: Schema.Register?
    ) -> [ColumnValue] {
        let all = layout?.table.columns.map(\.name) ?? []
        if let raw = refusal.raw {
            return Self.named(
                StoredJSON.values(raw), refusal.register == 0 ? all : register?.columns ?? [])
        }
        switch refusal.content?.content {
        case .ledger(let values):
            return Self.named(values.map { SQLValue($0.stored) }, all)
        case .record(let birth, let writes):
            let fixed = layout?.fixedColumns.map { all[$0] } ?? []
            var found = Self.named((birth?.fixed ?? []).map { SQLValue($0.stored) }, fixed)
            for write in writes {
                found += Self.named(
                    (write.values ?? []).map { SQLValue($0.stored) },
                    layout?.register(write.register)?.columns ?? [])
            }
            return found
        case nil:
            return []
        }
    }
}
