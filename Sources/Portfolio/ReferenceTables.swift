import RientroProtocol

/// What the centre writes and everyone gets, with short keys that people choose.
extension DebtorPortfolio {
    /// Who the money is owed to (*committente*).
    static let creditor = Schema.Table.reference(
        10, "creditor",
        columns: [
            .text(1, "name", ColumnLimits.nameBytes, required: true),
            .text(2, "vat_id", ColumnLimits.taxCodeBytes),
            .text(3, "tax_code", ColumnLimits.taxCodeBytes),
            .text(4, "sdi_code", ColumnLimits.codeBytes),
            .text(5, "pec", ColumnLimits.contactBytes),
            .text(6, "iban", ColumnLimits.ibanBytes),
            .text(7, "sector", ColumnLimits.nameBytes),
            .number(8, "active", in: 0...1, default: 1),
        ])

    /// What one office works: the unit of access.
    static let portfolio = Schema.Table.reference(
        11, "portfolio",
        columns: [
            .text(1, "name", ColumnLimits.nameBytes, required: true),
            .text(2, "place", ColumnLimits.nameBytes),
            .number(3, "active", in: 0...1, default: 1),
        ])

    /// Who works: the keys that stand in the `operator` columns.
    static let `operator` = Schema.Table.reference(
        12, "operator",
        columns: [
            .text(1, "name", ColumnLimits.nameBytes, required: true),
            .text(2, "role", ColumnLimits.codeBytes),
            .text(3, "place", ColumnLimits.nameBytes),
            // An operator works for one creditor alone where the firm so promises.
            .key(4, "creditor_id", of: "creditor"),
            .number(5, "active", in: 0...1, default: 1),
        ])

    /// The code lists, so that a new code needs no new program.
    static let code = Schema.Table.reference(
        13, "code",
        columns: [
            .text(1, "list", ColumnLimits.codeBytes, required: true),
            .text(2, "code", ColumnLimits.codeBytes, required: true),
            .text(3, "label_it", ColumnLimits.nameBytes, required: true),
            .text(4, "label_en", ColumnLimits.nameBytes, required: true),
            .text(5, "reason_group", ColumnLimits.codeBytes),
            .word(6, "fault", of: CodeRow.Fault.allCases.map(\.rawValue)),
            .word(7, "capability", of: CodeRow.Capability.allCases.map(\.rawValue)),
            .number(8, "active", in: 0...1, default: 1),
        ])

    /// One hand-over of accounts by a creditor: the last row that its import writes. Until it is
    /// there, the views leave out the accounts and items that name it, so that nobody works a lot
    /// that has come in half.
    static let lot = Schema.Table.reference(
        14, "lot",
        columns: [
            .key(1, "creditor_id", of: "creditor", required: true),
            .text(2, "reference", ColumnLimits.referenceBytes),
            // SHA-256 in lower-case hexadecimal: by it a file is known that comes again.
            .letters(3, "file_hash", 64...64, of: .hexadecimal),
            .date(4, "received_on", required: true, default: .today),
        ])
}
