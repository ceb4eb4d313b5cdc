import Foundation

/// Text that comes on standard input, where `-` stands for it.
enum StandardInput {
    /// All of it, without white space at its ends.
    ///
    /// Throws `OfficeError.badInput` where it is not UTF-8, or longer than `bytesMax`.
    static func text(bytesMax: Int) throws(OfficeError) -> String {
        var bytes: [UInt8] = []
        // One byte more than may be tells that there is too much, however much comes.
        while bytes.count <= bytesMax {
            guard
                let piece = try? FileHandle.standardInput.read(
                    upToCount: bytesMax + 1 - bytes.count), !piece.isEmpty
            else { break }
            bytes += piece
        }
        guard bytes.count <= bytesMax else { throw .badInput(.tooLong(bytesMax: bytesMax)) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .badInput(.notText)
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
