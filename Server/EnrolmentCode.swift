package import RientroProtocol

/// A one-time code, as a person types it: 100 random bits in Crockford's base 32, which has no
/// letters that look like digits.
package enum EnrolmentCode {
    /// How long a code may be used: an office on holiday must still be able to, a lost note not.
    package static let lifetimeMilliseconds: Int64 = 7 * 86_400_000
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    private static let characterCount = 20

    /// A code from 20 random bytes, in groups of five: `7QK2M-…`.
    package static func make(random: [UInt8]) -> String {
        precondition(random.count == characterCount, "a code is made of 20 random bytes")
        let characters = random.map { alphabet[Int($0 & 31)] }
        return stride(from: 0, to: characterCount, by: 5)
            .map { String(characters[$0..<$0 + 5]) }.joined(separator: "-")
    }

    /// What is stored of a code: the hash of its characters, whatever case and dashes were typed,
    /// and with the letters that are mistaken for digits read as those.
    package static func hash(_ code: String) -> Hash {
        let typed = code.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        let read = typed.map { $0 == "O" ? "0" : $0 == "I" || $0 == "L" ? "1" : String($0) }
        return SHA256.hash(Array("code".utf8) + Array(read.joined().utf8))
    }
}
