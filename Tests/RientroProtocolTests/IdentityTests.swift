import RientroProtocol
import Testing

@Suite("Ids, tokens and values")
struct IdentityTests {
    @Test(
        "canonical ids are lower-case UUIDs and short keys",
        arguments: [
            "0190163d-8694-739b-aea5-966c26f8ad90", "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff", "A", "MT-01", "a_b-C9", "0123456789abcdef",
        ])
    func canonical(id: String) {
        #expect(RowID.isCanonical(id))
    }

    @Test(
        "nothing else is a canonical id",
        arguments: [
            "", " ", "MT 01", "MÉ", "0123456789abcdefg", "a.b", "a\0",
            "0190163D-8694-739b-aea5-966c26f8ad90", "0190163d8694739baea5966c26f8ad90",
            "{190163d-8694-739b-aea5-966c26f8ad9}", "0190163d-8694-739b-aea5-966c26f8ad9",
            "0190163d-8694-739b-aea5-966c26f8ad900", "0190163d-8694-739b-aea5_966c26f8ad90",
            "0190163-d8694-739b-aea5-966c26f8ad90", "g190163d-8694-739b-aea5-966c26f8ad90",
            "0190163d-8694-739b-aea5-966c26f8ad9é", "-190163d-8694-739b-aea5-966c26f8ad90",
        ])
    func notCanonical(id: String) {
        #expect(!RowID.isCanonical(id))
        #expect(!RowID.isUUID(id))
    }

    @Test("a short key is no UUID")
    func shortKey() {
        #expect(!RowID.isUUID("MT-01"))
    }

    /// RFC 9562, A.6, and its random bits: rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    @Test("a UUIDv7 is the RFC's example, whatever stands in the bits of version and variant")
    func version7() {
        for first: UInt8 in [0x0C, 0xFC] {
            for variant: UInt8 in [0x18, 0xD8] {
                let random: [UInt8] = [
                    first, 0xC3, variant, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F,
                ]
                #expect(
                    UUIDv7.make(milliseconds: 0x017F_22E2_79B0, random: random)
                        == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
            }
        }
    }

    @Test("the time of a UUIDv7 is cut to 48 bits")
    func extremes() {
        let random = [UInt8](repeating: 0, count: 10)
        #expect(
            UUIDv7.make(milliseconds: -1, random: random) == "00000000-0000-7000-8000-000000000000")
        #expect(
            UUIDv7.make(milliseconds: .max, random: random)
                == "ffffffff-ffff-7000-8000-000000000000")
    }

    @Test("a derived id is a UUIDv8 of the SHA-256")
    func derived() throws {
        let answers = try Answers.read().derivedIDs
        #expect(answers.count == 3)
        for answer in answers {
            #expect(RowID.derived(from: try #require(bytes(hex: answer.hex))) == answer.id)
        }
    }

    @Test("a login token's hash is what hashlib gives")
    func token() throws {
        let answers = try Answers.read().tokenHashes
        #expect(answers.count == 2)
        for answer in answers {
            let token = try #require(bytes(hex: answer.token))
            #expect(hex(LoginToken.hash(token).bytes) == answer.hash)
        }
    }

    @Test("hashes are equal in constant time exactly where they are equal")
    func constantTime() throws {
        let hash = SHA256.hash([])
        #expect(hash.isEqualInConstantTime(to: SHA256.hash([])))
        for index in 0..<32 {
            var changed = hash.bytes
            changed[index] ^= 0x80
            let other = try #require(Hash(bytes: changed))
            #expect(!hash.isEqualInConstantTime(to: other))
        }
    }

    @Test("a hash is 32 bytes", arguments: [0, 31, 33])
    func hashLength(count: Int) {
        #expect(Hash(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test("texts that Swift finds equal and SQLite does not are different values")
    func unicodeForms() {
        let composed = "Forl\u{EC}"
        let decomposed = "Forli\u{300}"
        #expect(composed == decomposed)
        #expect(Value.text(composed) != Value.text(decomposed))
        #expect(Set([Value.text(composed), .text(decomposed), .text(composed)]).count == 2)
    }

    @Test("values of different types are different")
    func types() {
        let values: Set<Value> = [.null, .integer(0), .text(""), .blob([]), .text("0")]
        #expect(values.count == 5)
        #expect(!values.contains(.integer(1)))
        #expect(values.contains(.blob([])))
    }
}
