import Portfolio

/// What people type as a number or an address, by the rules of the import: so a number typed here
/// is the one that a creditor handed over.
enum ContactValue {
    /// The value as it is kept where only a value can be; words beside a number stay with it.
    static func kept(_ typed: String, kind: String) -> String {
        let contact = TypedContact(typed, kind: kind)
        return contact.remark == nil ? contact.value : typed
    }

    /// Whether it can be kept as it is meant: no phone number that cannot be read as one, and no
    /// mail address that has not the shape of one.
    static func isReadable(_ typed: String, kind: String) -> Bool {
        let contact = TypedContact(typed, kind: kind)
        if kind == "email" || kind == "pec" { return MailAddress.isPlausible(contact.value) }
        return !contact.isUnreadable
    }

    /// Throws `.badValue` where a number or address could never reach anybody.
    ///
    /// - Parameter name: how the command calls the value.
    static func check(_ typed: String, kind: String, name: String) throws(OfficeError) {
        guard !typed.isEmpty, !isReadable(typed, kind: kind) else { return }
        let expected =
            kind == "email" || kind == "pec"
            ? "a mail address such as maria@example.it" : "a phone number such as 333 1234567"
        throw .badValue(
            field: name, fact: "\(name) has \"\(typed)\" as \(kind), but should have \(expected)")
    }

    /// A phone number in E.164 (ITU-T E.164); nil where the text cannot be read as one.
    static func phone(_ typed: String) -> String? { PhoneNumber(typed)?.e164 }
}
