import RientroClient

/// A contact point as commands name it.
struct ContactPoint: Equatable, Sendable {
    /// Its id.
    let id: String
    /// Whose it is.
    let debtorID: String
    /// `mobile`, `email` …
    let kind: String
    /// The number or address.
    let value: String
    /// What is known of it: `good`, `wrong_number` …
    let quality: String

    /// What a query of the table has to name.
    static let columns = "id, debtor_id, kind, value, quality"

    /// A row of the table.
    init(_ row: Row) {
        id = row["id"].text ?? ""
        debtorID = row["debtor_id"].text ?? ""
        kind = row["kind"].text ?? ""
        value = row["value"].text ?? ""
        quality = row["quality"].text ?? ""
    }
}

/// Finds the contact point that somebody means.
enum ContactFinder {
    /// The one with this number or address or id, or the only one whose id begins or ends so.
    ///
    /// - Parameter debtor: looks among this debtor's alone; among all where it is nil.
    /// - Throws: `.notFound` and `.manyFound`.
    static func find(
        _ text: String, ofDebtor debtor: String?, in db: Database
    ) throws(OfficeError) -> ContactPoint {
        let rows =
            if let debtor {
                try db.all(
                    "SELECT \(ContactPoint.columns) FROM contact_point WHERE debtor_id = ?",
                    [.text(debtor)])
            } else {
                try db.all(
                    """
                    SELECT \(ContactPoint.columns) FROM contact_point
                    WHERE value IN (?1, ?2) OR id LIKE '%' || ?3 || '%'
                    """,
                    [
                        .text(text), .text(ContactValue.phone(text) ?? text),
                        .text(text.filter { $0.isLetter || $0.isNumber || $0 == "-" }),
                    ])
            }
        let points = rows.map { ContactPoint($0) }
        let same = points.filter {
            $0.value == text || $0.value == ContactValue.kept(text, kind: $0.kind)
        }
        if same.count == 1 { return same[0] }
        let candidate = try OneOf.find(
            text, kind: "contact point",
            among: points.map { .init(id: $0.id, title: "\($0.kind)  \($0.value)") })
        guard let point = points.first(where: { $0.id == candidate.id }) else {
            throw .notFound("contact point", id: text)
        }
        return point
    }
}
