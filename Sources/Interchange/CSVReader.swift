/// One record of a CSV file, not yet decoded.
package struct CSVRecord: Equatable, Sendable {
    /// The line on which it begins, from 1.
    package let line: Int
    /// The byte at which it begins.
    package let offset: UInt64
    /// The bytes of all fields, without quotes.
    let bytes: [UInt8]
    /// Where each field ends in `bytes`.
    let ends: [Int]
    let encoding: TextEncoding

    /// How many fields it has; a record that is an empty line has one, which is empty.
    package var count: Int { ends.count }

    /// The text of a field; empty for a field that it does not have.
    package func field(_ index: Int) -> String {
        guard ends.indices.contains(index) else { return "" }
        return encoding.text(bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
    }

    /// All fields.
    package var fields: [String] { ends.indices.map(field) }

    /// How many fields hold something.
    var filledCount: Int {
        ends.indices.count { holdsSomething($0) }
    }

    /// How many fields it has up to the last that holds something.
    var filledEnd: Int {
        (ends.indices.last { holdsSomething($0) }).map { $0 + 1 } ?? 0
    }

    private func holdsSomething(_ index: Int) -> Bool {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]].contains { !Self.isBlank($0) }
    }

    /// Whether all fields are empty or blank.
    var isBlank: Bool { bytes.allSatisfy(Self.isBlank) }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// Reads a CSV file (RFC 4180) record by record, in memory that does not grow with the file.
///
/// Fields may be quoted, with quotes doubled and line breaks inside; lines end with CRLF, LF or CR.
/// A quote inside a field that does not begin with one is taken as it stands, as in `Via "Roma"`.
package struct CSVReader {
    private let path: String
    private let delimiter: UInt8
    private let encoding: TextEncoding
    private let file: FileChunks
    private var chunk: [UInt8] = []
    private var position = 0
    private var offset: UInt64
    private var line: Int

    /// Reads `path` from a record that begins at `offset` on `line`; throws `.unreadable`.
    package init(
        path: String, delimiter: UInt8, encoding: TextEncoding, offset: UInt64 = 0, line: Int = 1
    ) throws(HandOverError) {
        self.path = path
        self.delimiter = delimiter
        self.encoding = encoding
        self.offset = offset
        self.line = line
        file = try FileChunks(path: path, offset: offset)
        if offset == 0 { try skipByteOrderMark() }
    }

    /// Goes on from a record that begins at `offset` on `line`.
    package mutating func seek(to offset: UInt64, line: Int) throws(HandOverError) {
        try file.seek(to: offset)
        chunk = []
        position = 0
        self.offset = offset
        self.line = line
    }

    /// How many bytes of the file have been read.
    package var bytesRead: UInt64 { offset }

    /// The next record, nil at the end; throws `.unreadable`, `.unclosedQuote`, `.textAfterQuote`,
    /// `.tooLong` or `.tooManyColumns`.
    package mutating func next() throws(HandOverError) -> CSVRecord? {
        guard try peek() != nil else { return nil }
        let start = (line: line, offset: offset)
        var bytes: [UInt8] = []
        var ends: [Int] = []
        while true {
            let end = try readField(into: &bytes)
            ends.append(bytes.count)
            if end == delimiter {
                guard ends.count < InterchangeLimits.columnsMax else {
                    throw .tooManyColumns(line: start.line)
                }
                continue
            }
            if end == Self.return, try peek() == Self.newline { _ = try take() }
            if end != nil { line += 1 }
            return CSVRecord(
                line: start.line, offset: start.offset, bytes: bytes, ends: ends,
                encoding: encoding)
        }
    }

    private static let quote: UInt8 = 0x22
    private static let newline: UInt8 = 0x0A
    private static let `return`: UInt8 = 0x0D

    /// Appends one field; gives the byte that ended it, nil at the end of the file.
    private mutating func readField(
        into bytes: inout [UInt8]
    ) throws(HandOverError) -> UInt8? {
        let begin = bytes.count
        let start = offset
        if try peek() == Self.quote {
            try readQuoted(into: &bytes)
            guard try isEnd(peek()) else { throw .textAfterQuote(try place(of: offset)) }
            return try take()
        }
        while try peek() != nil {
            let from = position
            while position < chunk.count, !isEnd(chunk[position]) { position += 1 }
            append(from: from, to: &bytes)
            try checkLength(bytes, begin, start)
            if position < chunk.count { return try take() }
        }
        return nil
    }

    /// Takes what lies between `from` and the position at once: byte by byte costs four times as
    /// much.
    private mutating func append(
        from: Int, to bytes: inout [UInt8]
    ) {
        bytes.append(contentsOf: chunk[from..<position])
        offset += UInt64(position - from)
    }

    private mutating func readQuoted(
        into bytes: inout [UInt8]
    ) throws(HandOverError) {
        let begin = bytes.count
        let start = offset
        _ = try take()
        var isAfterReturn = false
        while try peek() != nil {
            let from = position
            while position < chunk.count, chunk[position] != Self.quote {
                let byte = chunk[position]
                if byte == Self.return || byte == Self.newline && !isAfterReturn { line += 1 }
                isAfterReturn = byte == Self.return
                position += 1
            }
            append(from: from, to: &bytes)
            try checkLength(bytes, begin, start)
            guard position < chunk.count else { continue }
            _ = try take()
            isAfterReturn = false
            guard try peek() == Self.quote, let quote = try take() else { return }
            bytes.append(quote)
        }
        throw .unclosedQuote(try place(of: start))
    }

    /// - Parameter start: where the field begins.
    private func checkLength(
        _ bytes: [UInt8], _ begin: Int, _ start: UInt64
    ) throws(HandOverError) {
        guard bytes.count - begin <= InterchangeLimits.fieldBytesMax,
            bytes.count <= InterchangeLimits.recordBytesMax
        else { throw .tooLong(try place(of: start)) }
    }

    private func place(of offset: UInt64) throws(HandOverError) -> FilePlace {
        try FilePlace(of: offset, in: path, countsCharacters: encoding == .utf8)
    }

    private func isEnd(_ byte: UInt8?) -> Bool {
        guard let byte else { return true }
        return byte == delimiter || byte == Self.newline || byte == Self.return
    }

    private mutating func peek() throws(HandOverError) -> UInt8? {
        if position == chunk.count {
            chunk = try file.next()
            position = 0
            if chunk.isEmpty { return nil }
        }
        return chunk[position]
    }

    private mutating func take() throws(HandOverError) -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        offset += 1
        return byte
    }

    private mutating func skipByteOrderMark() throws(HandOverError) {
        guard try peek() == 0xEF else { return }
        if chunk.starts(with: [0xEF, 0xBB, 0xBF]) {
            position = 3
            offset = 3
        }
    }
}
