import Foundation

/// `Protocol/Vectors/answers.json`: what functions give that are not decoders.
struct Answers: Decodable, Sendable {
    struct Digest: Decodable, Sendable {
        var name: String
        var table: Int
        var id: String
        var values: String
        var stamps: [Int64]
        var low: String
        var high: String
    }

    struct DerivedID: Decodable, Sendable {
        var hex: String
        var id: String
    }

    struct TokenHash: Decodable, Sendable {
        var token: String
        var hash: String
    }

    /// The hash of the bytes 0, 7, 14 … (mod 256), as many as `length` says.
    struct KnownHash: Decodable, Sendable {
        var length: Int
        var hash: String
    }

    var sha256: [KnownHash]
    var rowDigests: [Digest]
    var derivedIDs: [DerivedID]
    var tokenHashes: [TokenHash]
    var datesThatExist: String
    var datesThatDoNot: String

    static func read() throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Vector.data("answers"))
    }
}
