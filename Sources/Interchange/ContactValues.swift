import Portfolio
import RientroProtocol

/// One way to reach a debtor, as a file says.
struct ContactValues: Equatable {
    let kind: String
    /// A phone in E.164 where it can be read, else as it was typed; an address in lower case.
    let value: String
    /// As it was typed, where that is something else.
    let raw: String?
    let remark: String?
    let quality: String

    /// The columns of a new `contact_point`.
    func row(debtor: String) -> [String: Value] {
        [
            "debtor_id": .text(debtor), "kind": .text(kind), "value": .text(value),
            "raw": .optional(raw), "remark": .optional(remark), "source": .text("creditor"),
            "quality": .text(quality),
        ]
    }

    /// Whether the debtor has it already, under the value or under what was typed then.
    func isKnown(among known: Set<String>) -> Bool {
        known.contains(value.lowercased()) || (raw.map { known.contains($0.lowercased()) } ?? false)
    }
}

extension ContactValues {
    fileprivate init(kind: String, _ typed: TypedContact) {
        self.init(
            kind: kind, value: typed.value, raw: typed.raw, remark: typed.remark,
            quality: typed.isThirdParty ? "third_party" : "unknown")
    }
}

extension HandOverDebtor {
    /// The ways to reach the debtor.
    var contacts: [ContactValues] {
        var all = phones.map { ContactValues(kind: $0.kind.rawValue, TypedContact($0)) }
        for (kind, address) in [("email", email), ("pec", pec)] {
            guard let address else { continue }
            all.append(ContactValues(kind: kind, TypedContact(address: address)))
        }
        return all
    }
}
