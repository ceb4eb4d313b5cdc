import RientroClient
import RientroProtocol
import RientroSQLite
import RientroStore
import Testing

@testable import RientroServer

@Suite("comparing with the centre", .timeLimit(.minutes(2)))
struct CompareTests {
    @Test("after a sync the replica's digests are the centre's")
    func whole() async throws {
        let centre = try TestCentre()
        let a = try await centre.office("MT")
        try a.note(on: TestRow.account("MT", 1))
        try await a.sync()
        let reply = try await a.get("/v1/digest")
        let answer = try DigestAnswer(decoding: reply.body)
        let engine = try a.engine()
        #expect(answer.cursor == (try engine.cursor()))
        #expect(answer.tables == (try engine.store.digests(portfolios: ["MT"])))
        #expect(answer.tables.contains { $0.table == 30 && $0.digest.count == 1 })
        await centre.stop()
    }

    @Test("a short range is given by rows, a long one by pieces that add up")
    func ranges() async throws {
        let centre = try TestCentre(accounts: 100)
        let a = try TestPush(centre, "MT")
        let target = "/v1/digest?table=22&portfolio=MT"
        let long = try RangeAnswer(decoding: try await a.get(target).body)
        #expect(long.rows.isEmpty)
        #expect(long.ranges.count == 15)
        #expect(long.ranges.reduce(0) { $0 + $1.digest.count } == 100)
        let first = try #require(long.ranges.first)
        let short = try RangeAnswer(decoding: try await a.get(target + "&to=\(first.to)").body)
        #expect(short.rows.count == 7)
        #expect(short.ranges.isEmpty)
        var sum = RowDigest.empty
        for row in short.rows { sum.add(row.digest) }
        #expect(sum == first.digest)
        await centre.stop()
    }

    @Test("an office asks for nothing of portfolios that it does not hold")
    func othersPortfolio() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        for route in ["digest", "rows"] {
            let id = route == "rows" ? "&id=\(TestRow.account("PZ", 1))" : ""
            let reply = try await a.get("/v1/\(route)?table=22&portfolio=PZ\(id)")
            #expect(reply.status == 403)
            #expect(reply.code == "not_yours")
        }
        await centre.stop()
    }

    @Test("rows come whole under their units; those of others or unknown are absent")
    func rows() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let (mine, theirs) = (TestRow.account("MT", 1), TestRow.account("PZ", 1))
        let reply = try await a.get(
            "/v1/rows?table=22&portfolio=MT&id=\(mine)&id=\(theirs)&id=\(TestRow.own(9))")
        let units = try UnitChanges.decode(reply.body)
        #expect(units.map(\.unit) == [Unit(table: 22, id: mine)])
        #expect(units.first?.rows.map(\.id) == [mine])
        let reference = try await a.get("/v1/rows?table=10&id=MT&id=PZ")
        #expect(try UnitChanges.decode(reference.body).first?.rows.map(\.id) == ["MT", "PZ"])
        await centre.stop()
    }

    @Test("as many rows as may be asked for at once come in one answer, and no more are asked for")
    func manyRows() async throws {
        let centre = try TestCentre(accounts: 100)
        let a = try TestPush(centre, "MT")
        let ids = (1...Limits.rowsAskedMax + 1).map { "&id=\(TestRow.account("MT", $0))" }
        let query = "/v1/rows?table=22&portfolio=MT"
        let most = try await a.get(query + ids.dropLast().joined())
        let units = try UnitChanges.decode(most.body)
        #expect(units.flatMap(\.rows).count == Limits.rowsAskedMax)
        #expect(try await a.get(query + ids.joined()).status == 400)
        await centre.stop()
    }

    @Test("a query that is not understood is refused, not guessed at")
    func queries() async throws {
        let centre = try TestCentre()
        let a = try TestPush(centre, "MT")
        let id = TestRow.account("MT", 1)
        for query in [
            "digest?tabel=22", "digest?table=x", "digest?table=22&table=22", "digest?portfolio=MT",
            "digest?table=22&portfolio=MT&from=;", "digest?table=22&portfolio=a%20b", "digest?%zz",
            "rows?table=22&portfolio=MT", "rows?id=\(id)",
            "rows?table=99999999999999999999&id=\(id)",
            "rows?table=22&portfolio=MT" + String(repeating: "&id=\(id)", count: 20) + "&id=A%00",
        ] {
            #expect(try await a.get("/v1/" + query).status == 400)
        }
        #expect(try await a.get("/v1/digest?table=77&portfolio=MT").status == 404)
        await centre.stop()
    }
}
