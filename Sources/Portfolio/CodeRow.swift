package import RientroProtocol

/// One row of the table `code`, which the centre writes when it is made.
package struct CodeRow: Equatable, Sendable {
    /// Whose doing a reason for non-payment is.
    package enum Fault: String, CaseIterable, Sendable {
        case creditor
        case debtor
        case neither
    }

    /// What a reason says of the debtor: cannot pay, will not, did not know, or disputes.
    package enum Capability: String, CaseIterable, Sendable {
        case unable
        case unwilling
        case unaware
        case disputes
    }

    /// The key of the row: at most 16 of `A–Z a–z 0–9 - _`. Permanent.
    package let id: String
    /// The list that the code is in, as columns name it in `.codeList`.
    package let list: String
    /// What stands in the rows that use it. Permanent.
    package let code: String
    /// What an Italian reader is shown.
    package let labelIT: String
    /// What an English reader is shown.
    package let labelEN: String
    /// For reasons: the branch of the tree.
    package let group: String?
    /// For reasons: whose doing it is.
    package let fault: Fault?
    /// For reasons: what it says of the debtor.
    package let capability: Capability?

    init(
        _ id: String, list: String, code: String, _ labelIT: String, _ labelEN: String,
        group: String? = nil, fault: Fault? = nil, capability: Capability? = nil
    ) {
        self.id = id
        self.list = list
        self.code = code
        self.labelIT = labelIT
        self.labelEN = labelEN
        self.group = group
        self.fault = fault
        self.capability = capability
    }

    /// The columns that an insert names, in the order of the table `code`; the rest default.
    package static let columns = [
        "list", "code", "label_it", "label_en", "reason_group", "fault", "capability",
    ]

    /// The values of `columns`, in their order.
    package var values: [Value] {
        func text(_ value: String?) -> Value { value.map { .text($0) } ?? .null }
        return [
            text(list), text(code), text(labelIT), text(labelEN), text(group),
            text(fault?.rawValue), text(capability?.rawValue),
        ]
    }
}

extension DebtorPortfolio {
    /// Every code of every list that the schema's columns name.
    package static let codes: [CodeRow] =
        outcomeCodes + reasonCodes + channelCodes + emotionCodes + spokeWithCodes
        + paymentMethodCodes + itemKindCodes + taskKindCodes + accountStatusCodes
}
