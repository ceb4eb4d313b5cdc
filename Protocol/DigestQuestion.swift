/// What a replica asks the centre to find the rows that differ, and to mend them (`digest.md`).
package enum DigestQuestion: Equatable, Sendable {
    /// The digests of all tables of the replica's portfolios; answered by a `DigestAnswer`.
    case tables
    /// The digests of the rows with `from` ≤ id < `to` of one table in one portfolio; answered by a
    /// `RangeAnswer`. An empty portfolio stands for what goes to everyone, an empty bound for none.
    case range(table: Int, portfolio: String, from: String, to: String)
    /// The rows of one table in one portfolio that have these ids, 1 to `Limits.rowsAskedMax` of
    /// them; answered by the `UnitChanges` of those that are there and fit into an answer.
    case rows(table: Int, portfolio: String, ids: [String])

    /// The path of its `GET` request with the query. Ids and portfolios hold nothing that a URL
    /// must escape.
    package var path: String {
        switch self {
        case .tables: "/v1/digest"
        case .range(let table, let portfolio, let from, let to):
            "/v1/digest?table=\(table)&portfolio=\(portfolio)&from=\(from)&to=\(to)"
        case .rows(let table, let portfolio, let ids):
            "/v1/rows?table=\(table)&portfolio=\(portfolio)"
                + ids.map { "&id=\($0)" }.joined()
        }
    }
}
