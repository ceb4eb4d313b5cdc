/// A place in a file, as an editor shows it: line and column, both from 1.
package struct FilePlace: Equatable, Sendable {
    /// The line.
    package let line: Int
    /// The character in the line.
    package let column: Int

    /// A place.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The place of a byte. The file is read again up to it: that costs nothing as long as nothing
    /// is wrong. Throws `.unreadable`.
    ///
    /// - Parameter countsCharacters: whether the file is UTF-8, in which several bytes can be one
    ///   character.
    init(
        of offset: UInt64, in path: String, countsCharacters: Bool
    ) throws(HandOverError) {
        let file = try FileChunks(path: path)
        var line = 1
        var column = 1
        var isAfterReturn = false
        var rest = offset
        var isFirst = true
        while rest > 0 {
            let chunk = try file.next()
            if chunk.isEmpty { break }
            var bytes = chunk.prefix(Int(clamping: rest))
            rest -= UInt64(bytes.count)
            // A byte order mark is no character of the first line.
            if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
            isFirst = false
            for byte in bytes {
                if byte == 0x0D || byte == 0x0A {
                    if byte == 0x0D || !isAfterReturn { line += 1 }
                    column = 1
                } else if !countsCharacters || byte & 0xC0 != 0x80 {
                    column += 1
                }
                isAfterReturn = byte == 0x0D
            }
        }
        self.line = line
        self.column = column
    }
}
