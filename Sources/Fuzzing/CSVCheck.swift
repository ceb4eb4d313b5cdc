import Interchange

/// A CSV file: its records, with their lines and offsets, are those that a plain reader finds, also
/// where the reading begins in the middle or the file is read in pieces.
struct CSVCheck: FuzzCheck {
    private let file = ScratchFile()

    func check(_ input: [UInt8]) throws(BrokenClaim) {
        let digest = input.reduce(UInt64(input.count)) { $0 &* 31 &+ UInt64($1) }
        var random = SplitMix64(seed: digest)
        // One in 64 lies across the border between two pieces of the file, which are long.
        let isFar = random.next() % 64 == 0
        let inside = isFar ? Int(random.next() % UInt64(input.count + 1)) : 0
        let before = isFar ? Self.lines(InterchangeLimits.chunkBytes - inside) : []
        let lineCount = before.count { $0 == 10 }
        file.write(before + input)
        let delimiter = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")][
            Int(random.next() % 3)]
        let plain = PlainCSV(
            input, delimiter: delimiter, columnsMax: InterchangeLimits.columnsMax,
            line: 1 + lineCount, offset: before.count)
        let place = plain.records.randomElement(using: &random)
        let read = Reading(file.path, delimiter, skip: lineCount, again: place)
        try compare(read, plain)
        if let place {
            try claim(
                read.again == Reading.Record(place), "a record is found again by its place")
        }
    }

    private func compare(_ read: Reading, _ plain: PlainCSV) throws(BrokenClaim) {
        for (one, other) in zip(read.records, plain.records) {
            try claim(one == Reading.Record(other), "\(other) is there, not \(one)")
        }
        try claim(
            read.records.count == plain.records.count, "\(plain.records.count) records are there")
        let fault: HandOverError? =
            switch plain.fault {
            case .unclosedQuote(let line, let column):
                .unclosedQuote(FilePlace(line: line, column: column))
            case .textAfterQuote(let line, let column):
                .textAfterQuote(FilePlace(line: line, column: column))
            case .tooManyColumns(let line): .tooManyColumns(line: line)
            case nil: nil
            }
        try claim(read.fault == fault, "\(String(describing: fault)) ends it")
    }

    /// Lines of `a` that are `count` bytes in all.
    private static func lines(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: count)
        // Far below the limit of a field.
        for end in stride(from: count - 1, through: 0, by: -1_024) { bytes[end] = 10 }
        return bytes
    }
}

/// What the reader of the product says of a file.
private struct Reading {
    /// A record, its fields as Windows-1252, in which each byte stays another.
    struct Record: Equatable {
        var line: Int
        var offset: UInt64
        var fields: [String]

        init(_ record: CSVRecord) {
            (line, offset, fields) = (record.line, record.offset, record.fields)
        }

        init(_ record: PlainCSV.Record) {
            (line, offset) = (record.line, record.offset)
            fields = record.fields.map { TextEncoding.windows1252.text($0[...]) }
        }
    }

    var records: [Record] = []
    var fault: HandOverError?
    /// What is read at the place that was asked for.
    var again: Record?

    /// Reads from the beginning, without the first `skip` records, and then the record at `place`.
    init(_ path: String, _ delimiter: UInt8, skip: Int, again place: PlainCSV.Record?) {
        let opened = Result { () throws(HandOverError) in
            try CSVReader(path: path, delimiter: delimiter, encoding: .windows1252)
        }
        guard case .success(var reader) = opened else { return }
        do throws(HandOverError) {
            for _ in 0..<skip { _ = try reader.next() }
            while let record = try reader.next() { records.append(Record(record)) }
        } catch {
            fault = error
        }
        guard let place, (try? reader.seek(to: place.offset, line: place.line)) != nil else {
            return
        }
        again = (try? reader.next()).flatMap { $0 }.map { Record($0) }
    }
}
