/// Finds the row that somebody means by an id, or by a part of one.
///
/// Ids of rows written at about the same time begin alike (UUIDv7, RFC 9562, section 5.7), so the
/// end of an id names it as well as its beginning.
enum OneOf {
    /// A row that may be meant.
    struct Candidate: Equatable, Sendable {
        /// Its id.
        let id: String
        /// What it is, in a few words.
        let title: String
    }

    /// An end of an id counts from so many characters on: fewer are met by chance.
    private static let endMin = 4

    /// The only candidate with this id, or whose id begins or ends so, among those of an account.
    ///
    /// Throws `.notAmong` with the last of them where none is meant, and `.manyFound`.
    static func find(
        _ text: String, kind: String, among candidates: [Candidate], of account: String
    ) throws(OfficeError) -> Candidate {
        do throws(OfficeError) {
            return try find(text, kind: kind, among: candidates)
        } catch .notFound {
            throw .notAmong(
                kind, id: text, of: account,
                found: candidates.suffix(AccountFinder.candidatesMax)
                    .map { "\($0.id)  \($0.title)" })
        }
    }

    /// The only candidate with this id, or whose id begins or ends so.
    ///
    /// Throws `.notFound` and `.manyFound`, which lists them.
    static func find(
        _ text: String, kind: String, among candidates: [Candidate]
    ) throws(OfficeError) -> Candidate {
        let typed = text.lowercased()
        if let exact = candidates.first(where: { $0.id.lowercased() == typed }) { return exact }
        let found = candidates.filter { candidate in
            let id = candidate.id.lowercased()
            return id.hasPrefix(typed) || (typed.count >= endMin && id.hasSuffix(typed))
        }
        guard !typed.isEmpty, let first = found.first else { throw .notFound(kind, id: text) }
        guard found.count == 1 else {
            throw .manyFound(
                kind, id: text,
                found: found.prefix(AccountFinder.candidatesMax).map { "\($0.id)  \($0.title)" })
        }
        return first
    }
}
