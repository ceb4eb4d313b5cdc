/// Text as it is compared. Both are called for every field of every row of a file, hence on bytes.
extension String {
    /// Without blanks at both ends: spaces, no-break spaces, tabs and line ends.
    package var trimmed: String {
        guard let first = utf8.first, let last = utf8.last else { return self }
        // Only these bytes begin or end a blank; nearly every field ends here.
        guard Self.mayBeBlank(first) || Self.mayBeBlank(last) else { return self }
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !Self.isBlank($0) }),
            let end = scalars.lastIndex(where: { !Self.isBlank($0) })
        else { return "" }
        return String(scalars[start...end])
    }

    /// Upper case, without the signs that people put into identifiers.
    package var compacted: String {
        let isPlain = utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        if isPlain { return self }
        return String(
            uppercased().unicodeScalars.filter {
                !Self.isBlank($0) && $0 != "-" && $0 != "." && $0 != "/"
            })
    }

    private static func mayBeBlank(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x80 }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\n", "\r", "\u{A0}", "\u{202F}", "\u{FEFF}": true
        default: false
        }
    }
}
