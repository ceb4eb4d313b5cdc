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

    var rowDigests: [Digest]
    var derivedIDs: [DerivedID]
    var tokenHashes: [TokenHash]
    var datesThatExist: String
    var datesThatDoNot: String

    static func read() throws -> Answers {
        try JSONDecoder().decode(Answers.self, from: Vector.data("answers"))
    }
}
