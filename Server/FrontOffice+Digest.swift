internal import RientroHTTP
internal import RientroProtocol
internal import RientroStore

extension FrontOffice {
    /// `GET /v1/digest`: of everything that the replica holds, or of a range of one table.
    func digest(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let replica = try await authenticate(request, trace)
        let query = try RouteQuery(request.query, names: ["table", "portfolio", "from", "to"])
        guard let table = try query.table() else {
            guard query.isEmpty else { throw Problem.badQuery("A range needs its table.") }
            let answer = try await readers.readAtLength { engine in
                DigestAnswer(
                    cursor: try engine.cursor(),
                    tables: try engine.store.digests(
                        portfolios: try engine.portfolios(of: replica)))
            }
            return .message(answer.encoded())
        }
        let (portfolio, from, to) = try (query.portfolio(), query.id("from"), query.id("to"))
        let answer = try await readers.readAtLength { engine in
            let layout = try engine.granted(table, portfolio, to: replica)
            return try engine.range(layout, portfolio: portfolio, from: from, to: to)
        }
        return .message(answer.encoded())
    }

    /// `GET /v1/rows`: whole rows of one portfolio, by id; those that are not there are absent.
    func rows(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        let replica = try await authenticate(request, trace)
        let query = try RouteQuery(request.query, names: ["table", "portfolio", "id"])
        guard let table = try query.table() else {
            throw Problem.badQuery("Rows are of a table.")
        }
        let (portfolio, ids) = try (query.portfolio(), query.ids())
        let units = try await readers.read { engine in
            let layout = try engine.granted(table, portfolio, to: replica)
            return try engine.wholeRows(layout, portfolio: portfolio, ids: ids)
        }
        return .message(UnitChanges.encode(units))
    }
}

/// A query whose parameters are known and come once, `id` as often as allowed.
struct RouteQuery {
    private let pairs: [(String, String)]

    /// Throws `Problem` with 400 for what cannot be read.
    init(_ text: String?, names: Set<String>) throws(Problem) {
        do {
            pairs = try HTTPQuery.parse(text)
        } catch {
            throw .badQuery("The query is malformed.")
        }
        var seen: Set<String> = []
        for (name, _) in pairs {
            guard names.contains(name), seen.insert(name).inserted || name == "id" else {
                throw .badQuery("A parameter is unknown, or comes twice.")
            }
        }
    }

    var isEmpty: Bool { pairs.isEmpty }

    private func value(_ name: String) -> String? { pairs.first { $0.0 == name }?.1 }

    /// The number of the table; nil where none is named.
    func table() throws(Problem) -> Int? {
        guard let text = value("table") else { return nil }
        guard let number = Int(text), (1...Limits.permanentNumberMax).contains(number) else {
            throw .badQuery("A table is named by its number.")
        }
        return number
    }

    /// The portfolio; empty for what goes to everyone.
    func portfolio() throws(Problem) -> String {
        let text = value("portfolio") ?? ""
        guard text.isEmpty || RowID.isReferenceKey(text) else {
            throw .badQuery("The portfolio is not a key.")
        }
        return text
    }

    /// A bound of a range; empty where there is none.
    func id(_ name: String) throws(Problem) -> String {
        let text = value(name) ?? ""
        guard text.isEmpty || RowID.isCanonical(text) else {
            throw .badQuery("A bound is not an id.")
        }
        return text
    }

    /// The ids of rows.
    func ids() throws(Problem) -> [String] {
        let ids = pairs.filter { $0.0 == "id" }.map(\.1)
        guard (1...Limits.rowsAskedMax).contains(ids.count),
            ids.allSatisfy(RowID.isCanonical)
        else { throw .badQuery("It takes 1 to \(Limits.rowsAskedMax) ids.") }
        return ids
    }
}
