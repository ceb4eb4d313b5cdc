import Portfolio

/// Finds the delimiter of a file, and the record that names its columns.
enum DialectSearch {
    /// What can stand between fields.
    static let delimiters = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "\t")]

    /// What one delimiter makes of the beginning of a file.
    private struct Candidate {
        let delimiter: UInt8
        /// The record with most of our columns, of several the first.
        var header: CSVRecord?
        var score = 0
        /// The record with most fields that hold something.
        var widest: CSVRecord?
        var width = 0
        var failure: HandOverError?

        /// Reads the first records; what cannot be read ends it.
        init(path: String, delimiter: UInt8, encoding: TextEncoding) {
            self.delimiter = delimiter
            do throws(HandOverError) {
                var reader = try CSVReader(path: path, delimiter: delimiter, encoding: encoding)
                for _ in 0..<InterchangeLimits.metaRecordsMax {
                    guard let record = try reader.next() else { break }
                    received(record)
                }
            } catch {
                failure = error
            }
        }

        private mutating func received(_ record: CSVRecord) {
            let score = HandOverHeader.score(record)
            if score > self.score {
                self.score = score
                header = record
            }
            let width = record.filledCount
            if width > self.width {
                self.width = width
                widest = record
            }
        }

        /// Whether it fits the file better: more of our columns, else more fields.
        func fits(betterThan other: Candidate) -> Bool {
            (score, width) > (other.score, other.width)
        }
    }

    /// The delimiter with which one of the first records is a header, and that record.
    ///
    /// Of several delimiters that one which finds most of our columns; where none finds a header,
    /// the error is that of the one which finds most. Throws `.empty`, `.noHeader` and what the
    /// reader throws.
    static func header(
        of path: String, encoding: TextEncoding
    ) throws(HandOverError) -> (delimiter: UInt8, record: CSVRecord) {
        var best: Candidate?
        for delimiter in delimiters {
            let candidate = Candidate(path: path, delimiter: delimiter, encoding: encoding)
            if let other = best, !candidate.fits(betterThan: other) { continue }
            best = candidate
        }
        guard let best, let seen = best.header ?? best.widest else {
            if let failure = best?.failure { throw failure }
            throw .empty
        }
        guard let header = best.header, best.score >= HandOverHeader.scoreMin else {
            throw .noHeader(
                HeaderFound(
                    line: seen.line, delimiter: best.delimiter,
                    names: seen.fields.map(\.trimmed)))
        }
        return (best.delimiter, header)
    }
}
