import Portfolio
import RientroClient

/// Why nobody calls about an account's money: something that was noted, here or on another account
/// of the same debtor.
struct Stop: Equatable, Sendable {
    /// The outcome that was noted: `STOP`, `DEC` …
    let outcome: String
    /// What it means, in the reader's language.
    let label: String
    /// When it was noted, as an instant.
    let at: String
    /// The same as a local date.
    let date: String
    /// Who noted it.
    let person: String?
    /// The case on which it was noted, where that is another one.
    let otherCase: String?
    /// Whether it holds until the centre says otherwise, and not only until it is answered.
    let lasts: Bool

    /// What stops work on an account, each outcome once with its last note.
    static func all(
        of account: String, isItalian: Bool, in db: Database
    ) throws(OfficeError) -> [Stop] {
        let rows = try db.all(
            """
            SELECT s.outcome, max(s.started_at) AS at, date(s.started_at, 'localtime') AS day,
              s.operator, s.lasts, c.label_it, c.label_en,
              CASE WHEN s.noted_on <> s.account_id THEN b.case_ref END AS other
            FROM (\(DebtorPortfolio.stops)) AS s
            LEFT JOIN code AS c ON c.list = 'outcome' AND c.code = s.outcome
            LEFT JOIN account AS b ON b.id = s.noted_on
            WHERE s.account_id = ? GROUP BY s.outcome ORDER BY s.lasts DESC, at DESC
            """, [.text(account)])
        return rows.map { row in
            Stop(
                outcome: row["outcome"].shown,
                label: row[isItalian ? "label_it" : "label_en"].text ?? row["outcome"].shown,
                at: row["at"].shown, date: row["day"].text ?? row["at"].shown,
                person: row["operator"].text, otherCase: row["other"].text,
                lasts: row["lasts"] == 1)
        }
    }

    /// The codes of what stops each of these accounts, by its id; accounts that nothing stops are
    /// not in it.
    static func marks(of accounts: [String], in db: Database) throws(OfficeError)
        -> [String: [String]]
    {
        let rows = try db.all(
            """
            SELECT DISTINCT account_id, outcome FROM (\(DebtorPortfolio.stops))
            WHERE account_id IN (SELECT value FROM json_each(?)) ORDER BY account_id, outcome
            """, [.text(IDList.json(accounts))])
        var marks: [String: [String]] = [:]
        for row in rows { marks[row["account_id"].shown, default: []].append(row["outcome"].shown) }
        return marks
    }

    /// The stop as a line of the banner.
    func line(_ speech: Speech) -> String {
        var text = "\(outcome): \(label), \(date)"
        if let person { text += speech(" by \(person)", " da \(person)") }
        if let otherCase { text += speech(", noted on \(otherCase)", ", scritto su \(otherCase)") }
        return text
    }

    /// The stop as something to be agreed to, with a reason.
    func concern(_ speech: Speech) -> Concern {
        Concern(
            outcome,
            speech(
                "Work is stopped: \(line(speech)).", "Il lavoro è fermo: \(line(speech))."),
            needsReason: true)
    }
}

/// Ids as one value of a statement, however many they are.
enum IDList {
    /// The ids as a JSON array, for `json_each`. Ids have no sign that JSON escapes.
    static func json(_ ids: [String]) -> String {
        "[" + ids.map { "\"\($0.filter { $0 != "\"" && $0 != "\\" })\"" }.joined(separator: ",")
            + "]"
    }
}
