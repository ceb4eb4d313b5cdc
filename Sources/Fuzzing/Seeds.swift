import Foundation
import RientroProtocol

/// What fuzzing starts from: inputs that go deep, and words that random bytes would not find.
///
/// The protocol's come from the vectors, which were not written by this code.
package struct Seeds {
    private let vectors: [VectorFile.Vector]

    /// Reads the vectors under the root of the repository; throws what reading and decoding throw.
    package init(repository: String) throws {
        let folder = URL(fileURLWithPath: repository).appendingPathComponent("Protocol/Vectors")
        let names = ["values", "rows", "contents", "change-sets", "outcomes", "messages"]
        vectors = try names.flatMap { name in
            let file = folder.appendingPathComponent(name + ".json")
            let read = try JSONDecoder().decode(VectorFile.self, from: Data(contentsOf: file))
            return read.valid + read.invalid + (read.skipping ?? [])
        }
    }

    /// The inputs for a target.
    package func inputs(of target: FuzzTarget) -> [[UInt8]] {
        switch target {
        case .httpHead: HTTPSeeds.streams
        case .httpChunks: HTTPSeeds.chunks
        case .cbor: vectors.map(\.bytes)
        case .content: vectors(of: "content")
        case .changeSet: vectors(of: "change-set") + around("content", MessageSeeds.changeSet)
        case .request:
            vectors(of: "sync-request") + around("change-set") { MessageSeeds.request([$0]) }
        case .answer:
            vectors(of: "sync-answer") + around("commit", MessageSeeds.answer(commit:))
                + around("outcome-items", MessageSeeds.answer(items:))
        case .message: messages
        case .schema: SchemaSeeds.schemas
        case .csv: FileSeeds.records
        case .handOver: FileSeeds.handOvers
        case .merge: MergeSeeds.contents
        }
    }

    /// The words for a target: put into inputs as they are.
    package func words(of target: FuzzTarget) -> [[UInt8]] {
        switch target {
        case .httpHead, .httpChunks: HTTPSeeds.words
        case .schema: SchemaSeeds.words
        case .csv: FileSeeds.recordWords
        case .handOver: FileSeeds.words
        default: []
        }
    }

    private func vectors(of kind: String) -> [[UInt8]] {
        vectors.filter { $0.kind == kind }.map(\.bytes)
    }

    private func around(_ kind: String, _ message: ([UInt8]) -> [UInt8]) -> [[UInt8]] {
        vectors(of: kind).map(message)
    }

    private var messages: [[UInt8]] {
        MessageCheck.Kind.allCases.enumerated().flatMap { index, kind in
            vectors(of: kind.rawValue).map { [UInt8(index)] + $0 }
        }
    }
}

/// A file of `Protocol/Vectors`, as far as it matters here.
private struct VectorFile: Decodable {
    struct Vector: Decodable {
        var kind: String
        var hex: String
        var bytes: [UInt8] { Hexadecimal.bytes(hex) ?? [] }
    }
    var valid: [Vector]
    var invalid: [Vector]
    var skipping: [Vector]?
}
