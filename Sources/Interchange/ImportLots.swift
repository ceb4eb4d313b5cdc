package import RientroProtocol
import RientroServer

/// The hand-overs that a file is: one for each creditor and name in it, mostly one in all.
///
/// Rows name their lot before it is there; its own row is written last, and the views leave out
/// what names a lot that is not there yet.
struct ImportLots {
    /// The file that they come in, which makes their keys different from those of a corrected one.
    var fileHash = Hash.zero

    private struct Lot {
        let creditor: String
        let reference: String?
        var isUsed = false
    }

    private var lots: [String: Lot] = [:]
    private var creditors: Set<String> = []

    /// How many hexadecimal digits of a hash make a key: `Limits.referenceKeyBytesMax`.
    private static let keyDigits = 16

    init() {}

    /// Whether nothing of this creditor was seen before; it counts as seen from now on.
    mutating func isNew(creditor: String) -> Bool { creditors.insert(creditor).inserted }

    /// The key of a lot: made from file, creditor and name.
    mutating func key(creditor: String, reference: String?) -> String {
        let name = fileHash.bytes + Array((creditor + "\u{1F}" + (reference ?? "")).utf8)
        let key = String(SHA256.hash(name).hex.prefix(Self.keyDigits))
        if lots[key] == nil { lots[key] = Lot(creditor: creditor, reference: reference) }
        return key
    }

    /// Notes that a row names the lot.
    mutating func use(_ key: String) { lots[key]?.isUsed = true }

    /// Writes the rows of the lots that rows name, handed over on a day; nil: today.
    func write(into act: inout CentreAct, receivedOn day: String?) throws {
        for (key, lot) in lots.sorted(by: { $0.key < $1.key }) where lot.isUsed {
            var values: [String: Value] = [
                "creditor_id": .text(lot.creditor), "reference": .optional(lot.reference),
                "file_hash": .text(fileHash.hex),
            ]
            if let day { values["received_on"] = .text(day) }
            try act.insert("lot", id: key, values)
        }
    }
}

extension Hash {
    /// The lower-case hexadecimal form: 64 digits.
    package var hex: String { Hexadecimal.text(bytes) }
}
