internal import RientroSQLite

/// What people call the codes of one list.
struct CodeLabels {
    private struct Row {
        let labelIT: String
        let labelEN: String
        let group: String
        let fault: String?
    }

    private let rows: [String: Row]

    /// Reads the list from the file, since a firm may add codes to it.
    init(_ list: String, in db: Connection) throws {
        let all = try db.rows(
            """
            SELECT code, label_it, label_en, coalesce(reason_group, ''), fault FROM main.code
            WHERE list = ? ORDER BY id
            """, .text(list)
        ) {
            (
                $0.text(0),
                Row(
                    labelIT: $0.text(1), labelEN: $0.text(2), group: $0.text(3),
                    fault: $0.optionalText(4))
            )
        }
        rows = Dictionary(all) { first, _ in first }
    }

    /// In Italian; the code itself if nobody knows it.
    func italian(_ code: String) -> String { rows[code]?.labelIT ?? code }

    /// In English.
    func english(_ code: String) -> String { rows[code]?.labelEN ?? code }

    /// The branch of the tree of reasons, empty if there is none.
    func group(_ code: String) -> String { rows[code]?.group ?? "" }

    /// Whose doing a reason is.
    func fault(_ code: String) -> String? { rows[code]?.fault }
}
