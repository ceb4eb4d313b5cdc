/// Why a schema was refused: the rule, and the table or column that breaks it.
package enum SchemaError: Error, Equatable, Sendable {
    /// The name is not `a–z 0–9 _` beginning with a letter, is longer than 40, or is reserved.
    case badName(String)
    /// The name stands twice.
    case duplicateName(String)
    /// The number is out of range, or stands twice.
    case badNumber(of: String)
    /// There are no tables, or more than `Limits.tablesMax`, or too many columns.
    case badCount(of: String)
    /// The columns or registers are not in the order of their numbers.
    case notInOrder(String)
    /// A register has no columns, or one that is not there or is in another register already.
    case badRegister(table: String, register: String)
    /// The columns of a `kept` register may together be longer than `Limits.keptBytesMax`: give
    /// them limits, since a conflict lists two of its values.
    case keptTooLong(table: String, register: String)
    /// A ledger table has registers, or a record table has none.
    case registersDoNotFitKind(table: String)
    /// A reference table must be written by the centre alone and go to everyone; `everyone` is for
    /// reference tables alone.
    case badReferenceTable(String)
    /// The routing names a table or column that is not there or of the wrong sort, or goes in a
    /// circle.
    case badRouting(table: String)
    /// The default or the limit does not fit the column's type or its limit.
    case badDefault(column: String)
    /// The limit does not fit the column's type.
    case badLimit(column: String)
    /// The column names a table, or asks for columns, that are not there or of the wrong sort; or
    /// the number of rows under a parent is not above 0, or of a table without a parent.
    case badReference(column: String)
    /// Rows of the table are bounded for each parent, and no index begins with the column that
    /// leads there: to count them would look at all rows for each new parent.
    case unindexedBound(table: String)
    /// A view or an index names what is not there.
    case badView(String)
    /// A column is limited by a code list, but there is no table of code lists, or not as named.
    case badCodeSource
    /// A text of this table, column or view holds a NUL, where SQL would end.
    case nulInText(of: String)
}

extension Schema {
    /// Names that the store needs for itself, and those that SQL would mistake.
    static let reservedNames: Set<String> = [
        "id", "born_stamp", "rowid", "me", "pending", "outbox", "history", "refused", "parked",
        "cursor", "noted",
    ]

    /// Throws the first rule that the schema breaks.
    func check() throws(SchemaError) {
        guard version >= 1, version <= Limits.schemaVersionMax else {
            throw .badNumber(of: name)
        }
        guard !tables.isEmpty, tables.count <= Limits.tablesMax else { throw .badCount(of: name) }
        var names = Set(SystemTables.all.map(\.name) + [SystemTables.conflicts.name])
        var numbers = Set<Int>()
        for table in tables {
            try Self.checkName(table.name)
            guard names.insert(table.name).inserted else { throw .duplicateName(table.name) }
            guard table.number >= SystemTables.firstFreeNumber, table.number < 1 << 16,
                numbers.insert(table.number).inserted
            else { throw .badNumber(of: table.name) }
            guard !Self.hasNUL(table.instead ?? "") else { throw .nulInText(of: table.name) }
            try table.checkColumns()
            try table.checkRegisters()
            try checkRouting(of: table)
        }
        for view in views {
            try Self.checkName(view.name)
            guard names.insert(view.name).inserted else { throw .duplicateName(view.name) }
            guard view.select.count >= 6, view.select.utf8.count <= Limits.textBytesMax else {
                throw .badView(view.name)
            }
            guard !Self.hasNUL(view.select) else { throw .nulInText(of: view.name) }
        }
        for index in indexes {
            guard let table = tables.first(where: { $0.name == index.table }),
                !index.columns.isEmpty,
                index.columns.allSatisfy({ c in table.columns.contains { $0.name == c } })
            else { throw .badView(index.table) }
        }
        for table in tables where table.perParentMax != nil {
            guard case .parent(_, let column) = table.routing,
                indexes.contains(where: { $0.table == table.name && $0.columns.first == column })
            else { throw .unindexedBound(table: table.name) }
        }
        try checkReferences()
        try checkCodes()
    }

    static func checkName(_ name: String) throws(SchemaError) {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, bytes.count <= 40, (97...122).contains(first),
            bytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }),
            !name.hasPrefix("sqlite_"), !name.hasPrefix("rientro_"), !name.hasSuffix("_stamp"),
            !reservedNames.contains(name)
        else { throw .badName(name) }
    }

    /// Whether SQL that quotes this text would end within it.
    static func hasNUL(_ text: String) -> Bool { text.utf8.contains(0) }

    private func checkRouting(of table: Table) throws(SchemaError) {
        let wrong = SchemaError.badRouting(table: table.name)
        if (table.kind == .reference) != (table.routing == .everyone) {
            throw .badReferenceTable(table.name)
        }
        if let most = table.perParentMax {
            guard most > 0, case .parent = table.routing else {
                throw .badReference(column: table.name)
            }
        }
        switch table.routing {
        case .everyone:
            guard table.insertedBy == .centre,
                table.registers.allSatisfy({ $0.writer == .centre })
            else { throw .badReferenceTable(table.name) }
        case .portfolio(let column):
            // An office that could name the portfolio could give its work away unseen.
            guard let register = table.register(ofColumn: column), register.columns == [column],
                register.writer == .centre, table.insertedBy == .centre,
                table.column(column)?.type == .text, table.column(column)?.isRequired == true
            else { throw wrong }
        case .parent(_, let column):
            guard table.isFixed(column: column), table.column(column)?.type == .text,
                table.column(column)?.isRequired == true
            else { throw wrong }
            var seen: Set<String> = [table.name]
            var next = table.routing
            while case .parent(let parent, _) = next {
                guard seen.insert(parent).inserted,
                    let above = tables.first(where: { $0.name == parent }),
                    above.kind != .reference
                else { throw wrong }
                next = above.routing
            }
        case .children(let child, let column):
            guard table.kind == .record, table.insertedBy == .centre,
                let below = tables.first(where: { $0.name == child }),
                case .portfolio = below.routing, below.isFixed(column: column),
                below.column(column)?.type == .text, below.column(column)?.isRequired == true
            else { throw wrong }
        case .unit:
            throw wrong
        }
    }

    private func checkCodes() throws(SchemaError) {
        let limited = tables.contains { table in
            table.columns.contains { if case .codeList = $0.limit { true } else { false } }
        }
        guard let codes else {
            if limited { throw .badCodeSource }
            return
        }
        guard let table = tables.first(where: { $0.name == codes.table }),
            table.kind == .reference, table.column(codes.list)?.type == .text,
            table.column(codes.code)?.type == .text
        else { throw .badCodeSource }
    }
}

extension Schema.Table {
    /// The column named `name`.
    package func column(_ name: String) -> Schema.Column? { columns.first { $0.name == name } }

    /// The register that the column is in; nil for a column that never changes.
    package func register(ofColumn name: String) -> Schema.Register? {
        registers.first { $0.columns.contains(name) }
    }

    /// Whether the column is there and in no register.
    package func isFixed(column name: String) -> Bool {
        column(name) != nil && register(ofColumn: name) == nil
    }

    func checkColumns() throws(SchemaError) {
        guard columns.count <= Limits.columnsMax else { throw .badCount(of: name) }
        var names = Set<String>()
        var last = 0
        for column in columns {
            try Schema.checkName(column.name)
            let path = "\(name).\(column.name)"
            guard names.insert(column.name).inserted else { throw .duplicateName(path) }
            guard column.number >= 1, column.number < 1 << 16 else { throw .badNumber(of: path) }
            guard column.number > last else { throw .notInOrder(path) }
            last = column.number
            try column.check(path: path)
        }
    }

    func checkRegisters() throws(SchemaError) {
        guard registers.isEmpty == (kind == .ledger) else {
            throw .registersDoNotFitKind(table: name)
        }
        var taken = Set<String>()
        var last = 0
        for register in registers {
            let wrong = SchemaError.badRegister(table: name, register: register.name)
            try Schema.checkName(register.name)
            guard register.number > last, register.number < 1 << 16 else {
                throw .notInOrder("\(name).\(register.name)")
            }
            last = register.number
            guard !register.columns.isEmpty else { throw wrong }
            let bytes = columns.filter { register.columns.contains($0.name) }
                .reduce(0) { $0 + $1.bytesMax }
            guard register.rule == .latest || bytes <= Limits.keptBytesMax else {
                throw .keptTooLong(table: name, register: register.name)
            }
            // A group may be named after one of its own columns, never after another's.
            if column(register.name) != nil, !register.columns.contains(register.name) {
                throw wrong
            }
            var position = -1
            for column in register.columns {
                guard let at = columns.firstIndex(where: { $0.name == column }), at > position,
                    taken.insert(column).inserted
                else { throw wrong }
                position = at
            }
        }
        guard Set(registers.map(\.name)).count == registers.count else {
            throw .duplicateName(name)
        }
    }
}

extension Schema.Column {
    func check(path: String) throws(SchemaError) {
        guard !quotedTexts.contains(where: Schema.hasNUL) else { throw .nulInText(of: path) }
        switch limit {
        case .none: break
        case .bytes(let most):
            guard type != .integer, most > 0, most <= Limits.textBytesMax else {
                throw .badLimit(column: path)
            }
        case .range(let low, let high):
            guard type == .integer, low <= high else { throw .badLimit(column: path) }
        case .codes(let codes):
            guard type == .text, !codes.isEmpty, Set(codes).count == codes.count else {
                throw .badLimit(column: path)
            }
        case .codeList(let list):
            guard type == .text, !list.isEmpty else { throw .badLimit(column: path) }
        case .date, .moment, .key, .id, .sibling:
            guard type == .text else { throw .badLimit(column: path) }
        case .letters(_, let least, let most):
            guard type == .text, least > 0, least <= most, most <= Limits.textBytesMax else {
                throw .badLimit(column: path)
            }
        }
        switch `default` {
        case .none: break
        case .today, .now:
            guard type == .text else { throw .badDefault(column: path) }
        case .value(let value):
            guard value != .null, refusal(of: value) == nil else {
                throw .badDefault(column: path)
            }
        }
    }

    /// The texts that stand in the SQL of its table.
    private var quotedTexts: [String] {
        var texts: [String] = []
        if case .codes(let codes) = limit { texts += codes }
        if case .value(.text(let text)) = self.default { texts.append(text) }
        return texts
    }
}
