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

extension HandOverDebtor {
    /// The ways to reach the debtor.
    var contacts: [ContactValues] {
        var all = phones.map { phone in
            let value = phone.e164 ?? phone.raw
            return ContactValues(
                kind: phone.kind.rawValue, value: value,
                raw: phone.raw == value ? nil : phone.raw, remark: phone.remark,
                quality: phone.isThirdParty ? "third_party" : "unknown")
        }
        for (kind, address) in [("email", email), ("pec", pec)] {
            guard let address else { continue }
            let value = address.lowercased()
            all.append(
                ContactValues(
                    kind: kind, value: value, raw: address == value ? nil : address, remark: nil,
                    quality: "unknown"))
        }
        return all
    }
}
