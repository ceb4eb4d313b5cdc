internal import RientroHTTP
internal import RientroProtocol

extension FrontOffice {
    /// `GET /v1/digest`: of everything that the replica holds, or of a range of one table.
    func digest(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        try await answering(request, trace) { caller in
            let query = try RouteQuery(request.query, names: ["table", "portfolio", "from", "to"])
            let question = try query.digestQuestion()
            return try await shares.holding(.digest, for: caller.line) {
                .message(
                    try await readers.readAtLength {
                        try $0.answer(to: question, of: caller.replica)
                    })
            }
        }
    }

    /// `GET /v1/rows`: whole rows of one portfolio, by id; those that are not there are absent.
    func rows(_ request: HTTPRequest, _ trace: RequestTrace) async throws -> HTTPResponse {
        try await answering(request, trace) { caller in
            let query = try RouteQuery(request.query, names: ["table", "portfolio", "id"])
            let question = try query.rowsQuestion()
            return try await shares.holding(.digest, for: caller.line) {
                .message(
                    try await readers.read { try $0.answer(to: question, of: caller.replica) })
            }
        }
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

    /// What a query of `/v1/digest` asks for.
    func digestQuestion() throws(Problem) -> DigestQuestion {
        guard let table = try table() else {
            guard pairs.isEmpty else { throw .badQuery("A range needs its table.") }
            return .tables
        }
        return .range(
            table: table, portfolio: try portfolio(), from: try id("from"), to: try id("to"))
    }

    /// What a query of `/v1/rows` asks for.
    func rowsQuestion() throws(Problem) -> DigestQuestion {
        guard let table = try table() else { throw .badQuery("Rows are of a table.") }
        return .rows(table: table, portfolio: try portfolio(), ids: try ids())
    }

    private func value(_ name: String) -> String? { pairs.first { $0.0 == name }?.1 }

    /// The number of the table; nil where none is named.
    private func table() throws(Problem) -> Int? {
        guard let text = value("table") else { return nil }
        guard let number = Int(text), (1...Limits.permanentNumberMax).contains(number) else {
            throw .badQuery("A table is named by its number.")
        }
        return number
    }

    /// The portfolio; empty for what goes to everyone.
    private func portfolio() throws(Problem) -> String {
        let text = value("portfolio") ?? ""
        guard text.isEmpty || RowID.isReferenceKey(text) else {
            throw .badQuery("The portfolio is not a key.")
        }
        return text
    }

    /// A bound of a range; empty where there is none.
    private func id(_ name: String) throws(Problem) -> String {
        let text = value(name) ?? ""
        guard text.isEmpty || RowID.isCanonical(text) else {
            throw .badQuery("A bound is not an id.")
        }
        return text
    }

    /// The ids of rows.
    private func ids() throws(Problem) -> [String] {
        let ids = pairs.filter { $0.0 == "id" }.map(\.1)
        guard (1...Limits.rowsAskedMax).contains(ids.count),
            ids.allSatisfy(RowID.isCanonical)
        else { throw .badQuery("It takes 1 to \(Limits.rowsAskedMax) ids.") }
        return ids
    }
}
