/// A CSV file (RFC 4180) read in the plainest way: byte by byte, from memory.
struct PlainCSV {
    /// A record with the line and the byte at which it begins.
    struct Record: Equatable {
        var line: Int
        var offset: UInt64
        var fields: [[UInt8]]
    }

    /// Why the reading ended before the end of the file.
    enum Fault: Equatable {
        case unclosedQuote(line: Int, column: Int)
        case textAfterQuote(line: Int, column: Int)
        case tooManyColumns(line: Int)
    }

    private(set) var records: [Record] = []
    private(set) var fault: Fault?

    /// Reads `bytes`, which begin on `line` at `offset` of a file.
    init(_ bytes: [UInt8], delimiter: UInt8, columnsMax: Int, line: Int = 1, offset: Int = 0) {
        let quote = UInt8(ascii: "\"")
        var line = line
        /// Where the line begins; a byte order mark is none of it.
        var lineStart = 0
        var index = offset == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        lineStart = index
        while index < bytes.count {
            var record = Record(line: line, offset: UInt64(offset + index), fields: [])
            var isOpen = true
            while isOpen {
                var field: [UInt8] = []
                if index < bytes.count, bytes[index] == quote {
                    let opened = (line: line, column: index - lineStart + 1)
                    index += 1
                    while true {
                        guard index < bytes.count else {
                            fault = .unclosedQuote(line: opened.line, column: opened.column)
                            return
                        }
                        if bytes[index] == quote {
                            index += 1
                            if index == bytes.count || bytes[index] != quote { break }
                        }
                        if Self.endsLine(bytes, index) {
                            line += 1
                            lineStart = index + 1
                        }
                        field.append(bytes[index])
                        index += 1
                    }
                    if index < bytes.count, ![delimiter, 10, 13].contains(bytes[index]) {
                        fault = .textAfterQuote(line: line, column: index - lineStart + 1)
                        return
                    }
                } else {
                    while index < bytes.count, ![delimiter, 10, 13].contains(bytes[index]) {
                        field.append(bytes[index])
                        index += 1
                    }
                }
                record.fields.append(field)
                isOpen = index < bytes.count && bytes[index] == delimiter
                if isOpen { index += 1 }
                if isOpen, record.fields.count == columnsMax {
                    fault = .tooManyColumns(line: record.line)
                    return
                }
            }
            if index < bytes.count, bytes[index] == 13 {
                index += index + 1 < bytes.count && bytes[index + 1] == 10 ? 2 : 1
                (line, lineStart) = (line + 1, index)
            } else if index < bytes.count {
                index += 1
                (line, lineStart) = (line + 1, index)
            }
            records.append(record)
        }
    }

    /// Whether a line ends with this byte: LF, CR, or the LF of both.
    private static func endsLine(_ bytes: [UInt8], _ index: Int) -> Bool {
        if bytes[index] == 10 { return true }
        return bytes[index] == 13 && !(index + 1 < bytes.count && bytes[index + 1] == 10)
    }
}
