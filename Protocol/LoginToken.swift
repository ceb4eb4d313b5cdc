/// The secret with which a replica shows who it is: 256 random bits, sent as 64 hex digits.
package enum LoginToken {
    /// What the centre keeps of a token: `SHA-256("login" ‖ token)`.
    package static func hash(_ token: [UInt8]) -> Hash {
        SHA256.hash(Array("login".utf8) + token)
    }
}

extension Hash {
    /// Whether both are the same, in a time that does not tell how much of them is.
    package func isEqualInConstantTime(to other: Hash) -> Bool {
        var difference: UInt8 = 0
        var index = 0
        while index < 32 {
            difference |= bytes[index] ^ other.bytes[index]
            index &+= 1
        }
        return difference == 0
    }
}
