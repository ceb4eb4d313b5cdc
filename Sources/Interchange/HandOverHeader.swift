import Portfolio

/// Where the columns stand in this file.
package struct HandOverHeader: Equatable, Sendable {
    /// The line of the header.
    package let line: Int
    /// The byte at which it begins.
    let offset: UInt64
    /// The names as they stand there, in order.
    package let names: [String]
    /// The columns that are none of ours, or that were said to be left out.
    package let leftOut: [LeftOutColumn]
    private let places: [HandOverColumn: Int]

    /// The names that are none of ours and are left out.
    package var ignored: [String] { leftOut.map(\.name).filter { !$0.isEmpty } }

    /// Whether the record was found to be the header of a file in which nothing stands for the
    /// creditor but the option.
    func has(_ column: HandOverColumn) -> Bool { places[column] != nil }

    /// How many of our columns the record names: what tells a header from what is above it.
    static func score(_ record: CSVRecord) -> Int {
        Set(record.fields.compactMap(column)).count
    }

    /// Fewer known names than this are chance.
    static let scoreMin = 3

    /// The header; throws `.missingColumns`, `.repeatedColumns` or `.noSuchColumns`.
    init(
        _ record: CSVRecord, delimiter: UInt8, options: HandOver.Options
    ) throws(HandOverError) {
        line = record.line
        offset = record.offset
        names = record.fields
        var places: [HandOverColumn: Int] = [:]
        var repeated: [String] = []
        var leftOut: [LeftOutColumn] = []
        var unused = options.ignored
        for (index, name) in names.enumerated() {
            let told = options.ignored.filter { LeftOutColumn.isNamed($0, name: name, at: index) }
            unused.removeAll { told.contains($0) }
            guard told.isEmpty, let column = Self.column(name) else {
                leftOut.append(
                    LeftOutColumn(place: index, name: name.trimmed, isTold: !told.isEmpty))
                continue
            }
            if places[column] != nil { repeated.append(column.rawValue) }
            places[column] = index
        }
        self.places = places
        self.leftOut = leftOut
        let found = HeaderFound(line: line, delimiter: delimiter, names: names.map(\.trimmed))
        guard unused.isEmpty else { throw .noSuchColumns(unused, found) }
        guard repeated.isEmpty else { throw .repeatedColumns(repeated) }
        var missing = HandOverColumn.required.filter { places[$0] == nil }
        if options.creditor != nil { missing.removeAll { $0 == .principalCode } }
        if !HandOverColumn.names.contains(where: { places[$0] != nil }) {
            missing += HandOverColumn.names
        }
        guard missing.isEmpty else { throw .missingColumns(missing.map(\.rawValue), found) }
    }

    /// The text of a column in a record, without blanks around it; nil where it is empty.
    func text(_ column: HandOverColumn, in record: CSVRecord) -> String? {
        guard let place = places[column] else { return nil }
        let text = SpreadsheetCell.restored(record.field(place).trimmed)
        return text.isEmpty ? nil : text
    }

    /// How many fields a record must have: up to our last column, since some programs leave out
    /// what is empty after it.
    var fieldsMin: Int { (places.values.max() ?? 0) + 1 }

    private static func column(_ name: String) -> HandOverColumn? {
        HandOverColumn(
            rawValue: name.trimmed.lowercased().replacing(" ", with: "_").replacing("-", with: "_"))
    }
}

/// What stands where the columns should be named, for whoever has to correct it.
package struct HeaderFound: Equatable, Sendable {
    /// Its line.
    package let line: Int
    /// The delimiter with which most was found.
    package let delimiter: UInt8
    /// Its fields.
    package let names: [String]
}
