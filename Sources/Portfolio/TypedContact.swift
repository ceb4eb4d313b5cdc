/// A way to reach a debtor as somebody typed it, and the columns of `contact_point` that it fills.
package struct TypedContact: Equatable, Sendable {
    /// A phone in E.164 where it can be read as one, an address in lower case, else as it was
    /// typed.
    package let value: String
    /// As it was typed, where that is something else.
    package let raw: String?
    /// Words that stood beside a number.
    package let remark: String?
    /// Whether the words say that somebody else answers there.
    package let isThirdParty: Bool

    /// Whether it should be a phone number or a mail address and cannot be read as one. It is kept
    /// as it was typed; who types it now is asked again.
    package let isUnreadable: Bool

    /// The kinds whose values are phone numbers.
    private static let phoneKinds: Set<String> = ["phone", "mobile", "landline", "work_phone"]

    /// What was typed for a contact point of this kind.
    ///
    /// - Parameter country: the debtor's (ISO 3166), for numbers without a prefix.
    package init(_ typed: String, kind: String, country: String = "IT") {
        if Self.phoneKinds.contains(kind), let phone = PhoneNumber(typed, country: country) {
            self.init(phone)
        } else if kind == "email" || kind == "pec" {
            self.init(address: typed)
        } else {
            self.init(
                value: typed, typed: typed, isUnreadable: Self.phoneKinds.contains(kind))
        }
    }

    /// A number that was read.
    package init(_ phone: PhoneNumber) {
        self.init(
            value: phone.e164 ?? phone.raw, typed: phone.raw, remark: phone.remark,
            isThirdParty: phone.isThirdParty, isUnreadable: phone.e164 == nil)
    }

    /// A mail address.
    package init(address: String) {
        let address = address.trimmed
        self.init(
            value: address.lowercased(), typed: address,
            isUnreadable: !MailAddress.isPlausible(address))
    }

    private init(
        value: String, typed: String, remark: String? = nil, isThirdParty: Bool = false,
        isUnreadable: Bool = false
    ) {
        self.value = value
        raw = typed == value ? nil : typed
        self.remark = remark
        self.isThirdParty = isThirdParty
        self.isUnreadable = isUnreadable
    }
}
