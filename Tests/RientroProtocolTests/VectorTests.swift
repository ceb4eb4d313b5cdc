import RientroProtocol
import Testing

@Suite("The vectors")
struct VectorTests {
    @Test("all files are there, with at least as many invalid vectors as valid ones")
    func files() {
        #expect(Vector.files.count == Vector.names.count)
        for file in Vector.files {
            #expect(!file.valid.isEmpty)
            #expect(file.invalid.count >= file.valid.count)
        }
    }

    @Test("every fact that a decoder can throw is the fact of a vector")
    func facts() {
        let seen = Set(Vector.invalid.compactMap(\.error))
        #expect(seen == Set(MalformedMessage.Fact.allCases.map(\.rawValue)))
    }

    @Test("a valid vector is read, and written with the same bytes", arguments: Vector.valid)
    func valid(vector: Vector) throws {
        #expect(hex(try Vector.reencoded(vector.kind, vector.message)) == vector.hex)
    }

    @Test("an invalid vector is refused with its fact at its offset", arguments: Vector.invalid)
    func invalid(vector: Vector) throws {
        let error = #expect(throws: MalformedMessage.self) {
            try Vector.reencoded(vector.kind, vector.message)
        }
        #expect(error?.fact.rawValue == vector.error)
        #expect(error?.offset == vector.at)
    }

    @Test("keys from 64 on are read over", arguments: Vector.skipping)
    func skipping(vector: Vector) throws {
        #expect(hex(try Vector.reencoded(vector.kind, vector.message)) == vector.as)
    }

    @Test("change-sets have the hashes that hashlib gives them")
    func changeSetHashes() throws {
        let vectors = Vector.valid.filter { $0.kind == "change-set" }
        #expect(vectors.count == 4)
        for vector in vectors {
            let changeSet = try ChangeSet(decoding: vector.message)
            #expect(hex(changeSet.hash.bytes) == vector.hash)
            #expect(hex(changeSet.part.hash.bytes) == vector.partHash)
            #expect(changeSet.head == Head(number: changeSet.number, hash: changeSet.hash))
        }
    }

    @Test("commits continue the chain that hashlib gives them, and no other")
    func chain() throws {
        let vectors = Vector.valid.filter { $0.kind == "commit" }
        #expect(vectors.count == 3)
        for vector in vectors {
            let previous = try #require(
                vector.previous.flatMap(bytes(hex:)).flatMap(Hash.init(bytes:)))
            var commit = try Commit(decoding: vector.message)
            #expect(hex(commit.chain.bytes) == vector.chain)
            #expect(commit.isChained(after: previous))
            #expect(!commit.isChained(after: SHA256.hash([])))
            commit.time += 1
            #expect(!commit.isChained(after: previous))
        }
    }
}
