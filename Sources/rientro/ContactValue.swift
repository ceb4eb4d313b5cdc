import Portfolio

/// What people type as a number or an address, by the rules of the import: so a number typed here
/// is the one that a creditor handed over.
enum ContactValue {
    /// The value as it is kept where only a value can be; words beside a number stay with it.
    static func kept(_ typed: String, kind: String) -> String {
        let contact = TypedContact(typed, kind: kind)
        return contact.remark == nil ? contact.value : typed
    }

    /// Whether it can be kept as it is meant: no phone number that cannot be read as one.
    static func isReadable(_ typed: String, kind: String) -> Bool {
        !TypedContact(typed, kind: kind).isUnreadable
    }

    /// A phone number in E.164 (ITU-T E.164); nil where the text cannot be read as one.
    static func phone(_ typed: String) -> String? { PhoneNumber(typed)?.e164 }
}
