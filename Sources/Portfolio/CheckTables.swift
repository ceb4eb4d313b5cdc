/// The check letters that Italian tax codes and bank accounts share.
///
/// D.M. 23 December 1976, annex: characters in odd places (the first is odd) count by a table,
/// those in even places by their order; the sum modulo 26 is the letter.
enum CheckLetter {
    /// The check letter of digits and upper-case letters, as ASCII; nil for any other byte.
    static func of(_ bytes: some Sequence<UInt8>) -> UInt8? {
        var sum = 0
        for (index, byte) in bytes.enumerated() {
            guard let order = order(byte) else { return nil }
            sum += index % 2 == 0 ? odd[order] : order
        }
        return 65 + UInt8(sum % 26)
    }

    private static func order(_ byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte - 48)
        case 65...90: Int(byte - 65)
        default: nil
        }
    }

    /// A digit counts like the letter of the same order: 0 like A, 9 like J.
    private static let odd = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24,
        23,
    ]
}

/// What is wrong with an identifier. It is flagged and kept as it is: a wrong code is no reason to
/// refuse a debtor. The raw value is what the portfolio's flag columns hold.
package enum IdentifierFault: String, Error, Equatable, Sendable, CaseIterable {
    /// It has not the length or the sorts of characters that it should have.
    case shape
    /// Its check digit, letter or number is another.
    case check
    /// It holds a date that does not exist.
    case date
    /// It names a tax office that does not exist.
    case office
    /// It is a sound identifier of another sort, such as a partita IVA of a person.
    case otherCode = "other_code"
}
