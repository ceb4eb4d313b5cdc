import Testing

@testable import BackOffice

@Suite("the progress of a close")
struct CloseProgressTests {
    @Test("what a step tells of its progress never falls back, and ends at its total")
    func rises() throws {
        let firm = try TestFirm()
        try firm.creditor("ACME", "Acme S.p.A.")
        try firm.branch("MT", "Matera")
        var told: [CloseStep.Name: [(done: Int, total: Int)]] = [:]
        try firm.closeDay("2026-11-20") { step in
            { done, total in told[step.name, default: []].append((done, total)) }
        }
        #expect(Set(told.keys) == [.watermark, .proof, .figures, .backup])
        for (step, parts) in told {
            let done = parts.map(\.done)
            #expect(done == done.sorted() && parts.allSatisfy { $0.done >= 0 }, "\(step)")
            #expect(parts.last?.done == parts.last?.total, "\(step)")
        }
        // A hundred for each stage of the copy: its pages, SQLite's check, the digests.
        #expect(told[.backup]?.last?.total == 300)
    }
}
