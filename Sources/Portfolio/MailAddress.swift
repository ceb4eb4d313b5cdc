/// Mail addresses, as far as their form tells whether a message could arrive (RFC 5321, 4.1.2).
///
/// Narrower than the RFC where people are: no quoted local part, no address of a bare machine.
package enum MailAddress {
    /// RFC 5321, 4.5.3.1.1, in bytes.
    private static let localBytesMax = 64
    /// RFC 3696, erratum 1690: what fits between the angle brackets of SMTP, in bytes.
    private static let bytesMax = 254

    /// Whether the text is one address: something before one `@`, a domain of several labels after
    /// it, no blanks and no signs that belong to a list or a name.
    package static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= bytesMax else { return false }
        let (local, domain) = (parts[0], parts[1])
        let words = local.split(separator: ".", omittingEmptySubsequences: false)
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return local.utf8.count <= localBytesMax && words.allSatisfy { isOf($0, locals) }
            && labels.count > 1 && labels.allSatisfy(isLabel)
    }

    /// Letters of every language may stand in a label (RFC 6531); a hyphen neither first nor last.
    private static func isLabel(_ text: Substring) -> Bool {
        isOf(text, "-") && text.first != "-" && text.last != "-"
    }

    private static func isOf(_ text: Substring, _ signs: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    || signs.unicodeScalars.contains($0)
            }
    }

    /// What RFC 5322 lets stand in an atom beside letters and digits.
    private static let locals = "!#$%&'*+-/=?^_`{|}~"
}
