/// Whether a text can be a mail address: the shape that every address in use has, no more.
package enum MailAddress {
    /// One `@` with something before it and a domain of at least two parts behind it, no blanks
    /// and no empty parts (RFC 5321, section 4.1.2, without quoted names and literal addresses,
    /// which no debtor has).
    package static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isClean = !text.contains { $0.isWhitespace || "<>(),;:\"".contains($0) }
        guard parts.count == 2, isClean else { return false }
        let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let local = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        return domain.count >= 2 && (domain + local).allSatisfy { !$0.isEmpty }
            && domain.allSatisfy { $0.first != "-" && $0.last != "-" }
    }
}
