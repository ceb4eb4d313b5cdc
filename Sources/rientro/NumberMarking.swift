import Portfolio
import RientroClient

/// What a contact says of the number or address that was used.
struct NumberMarking {
    /// Who noted it.
    let person: String
    /// Whether labels are wanted in Italian.
    let isItalian: Bool
    let db: Database

    /// Qualities of a number on which nobody is called again without a thought.
    private static let unfit: Set<String> = ["wrong_number", "third_party"]

    /// What the contact point is from now on; nil where the outcome says nothing new of it. Whoever
    /// was reached himself on a number that was marked as wrong, is reached there.
    func quality(of point: ContactPoint, after outcome: String) -> String? {
        let quality =
            DebtorPortfolio.quality(after: outcome)
            ?? (DebtorPortfolio.rightPartyOutcomes.contains(outcome)
                && point.quality == "wrong_number" ? "good" : nil)
        return quality == point.quality ? nil : quality
    }

    /// Writes the quality, with today as the day on which it was found out.
    func mark(_ point: ContactPoint, _ quality: String) throws(OfficeError) -> [Act.Step] {
        let today = try OfficeClock.read(in: db).today
        let before = try db.one(
            "SELECT quality, verified_on FROM contact_point WHERE id = ?", [.text(point.id)])
        var draft = try RowDraft("contact_point", isItalian: isItalian)
        try draft.put("quality", .text(quality))
        try draft.put("verified_on", .text(today))
        try draft.put("operator", .text(person))
        try draft.update(point.id, in: db)
        return ["quality", "verified_on"].compactMap { column in
            guard let old = before?[column], let new = draft.value(column), old != new else {
                return nil
            }
            return Act.Step(
                table: "contact_point", row: point.id, column: column, old: old, new: new)
        }
    }

    /// What to ask about a number before somebody is said to have been called on it.
    static func concern(_ point: ContactPoint, _ speech: Speech) -> Concern? {
        guard unfit.contains(point.quality) else { return nil }
        return Concern(
            point.quality,
            point.quality == "third_party"
                ? speech(
                    "\(point.value) is somebody else's number.",
                    "\(point.value) è il numero di un'altra persona.")
                : speech(
                    "\(point.value) is marked as a wrong number.",
                    "\(point.value) è segnato come numero errato."))
    }

    /// The debtor's numbers that nobody has found to be wrong.
    static func numbers(of debtor: String, in db: Database) throws(OfficeError) -> [String] {
        try db.all(
            """
            SELECT value FROM contact_point WHERE debtor_id = ?
            AND kind IN ('mobile', 'phone', 'landline', 'work_phone')
            AND quality NOT IN ('wrong_number', 'unreachable') ORDER BY id
            """, [.text(debtor)]
        ).map { $0["value"].shown }
    }
}
