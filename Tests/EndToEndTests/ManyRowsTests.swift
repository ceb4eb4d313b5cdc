import Foundation
import Testing

/// A hundred thousand rows at once.
@Suite("100,000 rows", .ownThreads, .timeLimit(.minutes(10)))
struct ManyRowsTests {
    @Test("written by one statement of the shell they arrive whole everywhere, in bounded memory")
    func oneStatement() throws {
        let count = 100_000
        let firm = try Firm(accounts: 40)
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        // Every other one is money; the amounts are all different.
        try Shell(firm.folder).answer(
            matera.path,
            """
            BEGIN IMMEDIATE;
            WITH RECURSIVE
              n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < \(count)),
              a(id, k, total) AS MATERIALIZED (
                SELECT id, row_number() OVER (ORDER BY id) - 1, count(*) OVER () FROM account)
            INSERT INTO payment(account_id, amount, method, reference)
            SELECT a.id, n.i, 'cash', 'many ' || n.i FROM n JOIN a ON a.k = n.i % a.total;
            COMMIT;
            """
        ).expect(0)
        let push = try matera.start("sync", "--json")
        let (pushEnd, pushPeak) = try push.waitMeasured(seconds: 90)
        #expect(pushEnd == .exit(0), "\(push.output) \(push.errors)")
        let sets = try firm.rows(
            "SELECT count(*) FROM change_set WHERE replica = \(matera.number)")
        #expect((Int(sets.first ?? "") ?? 0) > 1, "one change-set cannot hold them")
        let sums = "SELECT count(*), count(DISTINCT reference), sum(amount) FROM payment"
        let all = ["\(count)|\(count)|\(count * (count + 1) / 2)"]
        #expect(try firm.rows(sums) == all)
        let pull = try milano.start("sync")
        let (pullEnd, pullPeak) = try pull.waitMeasured(seconds: 90)
        #expect(pullEnd == .exit(0), "\(pull.output) \(pull.errors)")
        #expect(try milano.rows(sums) == all)
        let server = ProcessMemory.peak(try firm.running().child.pid)
        print(
            "100,000 rows: \(sets.joined()) change-sets; memory: \(ProcessMemory.text(pushPeak))"
                + " to send, \(ProcessMemory.text(pullPeak)) to receive,"
                + " \(ProcessMemory.text(server)) for the server")
        #expect(pushPeak > 0 && pushPeak < ProcessMemory.officeBytesMax)
        #expect(pullPeak > 0 && pullPeak < ProcessMemory.officeBytesMax)
        #expect(server > 0 && server < ProcessMemory.serverBytesMax)
        for office in [matera, milano] { try office.verify() }
        #expect(try matera.status()["pending"].number == 0)
        #expect(try matera.status()["sealed"].number == 0)
    }
}
