import RientroProtocol
import Testing

@Suite("SHA-256")
struct SHA256Tests {
    /// NIST's example values for SHA-256, and the empty message of its test vectors (CAVP).
    @Test(
        "the hashes of NIST's examples are NIST's",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func examples(text: String, expected: String) {
        #expect(hex(SHA256.hash(Array(text.utf8)).bytes) == expected)
    }

    @Test("messages of 0 to 200 bytes, so of every rest of a block, have the hashes of hashlib")
    func everyLength() throws {
        let known = try Answers.read().sha256
        #expect(known.map(\.length) == Array(0...200))
        for answer in known {
            let message = (0..<answer.length).map { UInt8($0 * 7 % 256) }
            #expect(hex(SHA256.hash(message).bytes) == answer.hash, "\(answer.length) bytes")
        }
    }

    @Test("a million times the letter a has NIST's hash")
    func million() {
        var hash = SHA256()
        let piece = [UInt8](repeating: 0x61, count: 1000)
        for _ in 0..<1000 { hash.update(piece) }
        #expect(
            hex(hash.finish().bytes)
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test("a message in two pieces has the hash of the whole, wherever it is cut")
    func pieces() {
        let whole = (0..<200).map { UInt8($0) }
        // By Python's hashlib.
        let expected = "1901da1c9f699b48f6b2636e65cbf73abf99d0441ef67f5c540a42f7051dec6f"
        for cut in 0...whole.count {
            var hash = SHA256()
            hash.update(Array(whole[..<cut]))
            hash.update(Array(whole[cut...]))
            #expect(hex(hash.finish().bytes) == expected)
        }
    }
}
