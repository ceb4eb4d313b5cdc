import Foundation
import RientroProtocol
import Testing

/// One vector of `Protocol/Vectors`, with the file that it stands in.
struct Vector: Decodable, Sendable, CustomTestStringConvertible {
    var kind: String
    var name: String
    var hex: String
    /// Invalid vectors: the raw value of the fact, and its offset.
    var error: String?
    var at: Int?
    /// Skipping vectors: the message without the keys that are read over.
    var `as`: String?
    /// Change-sets: the hash, and that of the part.
    var hash: String?
    var partHash: String?
    /// Commits: the chain before and after.
    var previous: String?
    var chain: String?

    var testDescription: String { "\(kind): \(name)" }

    var message: [UInt8] { bytes(hex: hex) ?? [] }

    static let valid = files.flatMap(\.valid)
    static let invalid = files.flatMap(\.invalid)
    static let skipping = files.flatMap { $0.skipping ?? [] }

    /// The one valid vector with this kind and name.
    static func valid(_ kind: String, _ name: String) throws -> Vector {
        guard let vector = valid.first(where: { $0.kind == kind && $0.name == name }) else {
            throw MissingVector(name: name)
        }
        return vector
    }

    struct MissingVector: Error {
        var name: String
    }

    struct File: Decodable {
        var valid: [Vector]
        var invalid: [Vector]
        var skipping: [Vector]?
    }

    static let names = ["values", "rows", "contents", "change-sets", "outcomes", "messages"]

    /// Every file that can be read; a test asserts that all are.
    static let files: [File] = names.compactMap { name in
        try? JSONDecoder().decode(File.self, from: data(name))
    }

    static func data(_ name: String) throws -> Data {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Protocol/Vectors")
        return try Data(contentsOf: folder.appendingPathComponent(name + ".json"))
    }

    /// Decodes a message of `kind` and encodes what it holds.
    static func reencoded(_ kind: String, _ bytes: [UInt8]) throws -> [UInt8] {
        switch kind {
        case "values": Value.encode(try Value.decode(bytes))
        case "row": try RowChange(decoding: bytes).encoded()
        case "content": UnitChanges.encode(try UnitChanges.decode(bytes))
        case "change-set": try ChangeSet(decoding: bytes).encoded()
        case "commit": try Commit(decoding: bytes).encoded()
        case "cursor": try Cursor(decoding: bytes).encoded()
        case "outcome-items": OutcomeItem.encode(try OutcomeItem.decode(bytes))
        case "sync-request": try SyncRequest(decoding: bytes).encoded()
        case "sync-answer": try SyncAnswer(decoding: bytes).encoded()
        case "enrol-request": try EnrolRequest(decoding: bytes).encoded()
        case "renumber-request": try RenumberRequest(decoding: bytes).encoded()
        case "enrol-answer": try EnrolAnswer(decoding: bytes).encoded()
        case "digest-answer": try DigestAnswer(decoding: bytes).encoded()
        case "range-answer": try RangeAnswer(decoding: bytes).encoded()
        default: throw MissingVector(name: kind)
        }
    }
}
