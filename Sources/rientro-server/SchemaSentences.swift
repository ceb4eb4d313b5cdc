import RientroProtocol

/// Why a schema was refused, in words for whoever wrote it.
enum SchemaSentences {
    /// The rule that was broken, and where.
    static func about(_ error: SchemaError) -> String {
        switch error {
        case .badName(let name):
            "\"\(name)\" is no name: a letter, then at most 39 of a–z 0–9 _, and none of SQL's"
        case .duplicateName(let name): "\(name) stands twice"
        case .badNumber(let name): "the number of \(name) is out of range, or stands twice"
        case .badCount(let name): "\(name) has none, or too many"
        case .notInOrder(let name): "\(name) is not in the order of the numbers"
        case .badRegister(let table, let register):
            "the register \(register) of \(table) has no column, or one that is not its own"
        case .keptTooLong(let table, let register):
            "the columns of the kept register \(register) of \(table) may be too long together; "
                + "give them limits"
        case .registersDoNotFitKind(let table):
            "\(table) has registers and is a ledger, or has none and is a record"
        case .badReferenceTable(let table):
            "\(table): reference tables, and no others, go to everyone and are written by the "
                + "centre alone"
        case .badRouting(let table):
            "the routing of \(table) names what is not there, or goes in a circle"
        case .badDefault(let column): "the default of \(column) does not fit the column"
        case .badLimit(let column): "the limit of \(column) does not fit its type"
        case .badReference(let column):
            "\(column) names a table or columns that are not there or do not fit"
        case .unindexedBound(let table):
            "\(table) has perParentMax, and no index that begins with the column of its parent"
        case .badView(let name): "the view or index \(name) names what is not there"
        case .badCodeSource:
            "a column is limited by a code list, but the table of code lists is not there"
        case .nulInText(let name): "a text of \(name) holds a NUL character"
        }
    }
}
