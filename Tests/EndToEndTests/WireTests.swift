import Foundation
import Testing

/// What travels, read by a CBOR and a SHA-256 that were not written here.
@Suite("the wire", .ownThreads, .timeLimit(.minutes(10)))
struct WireTests {
    @Test(
        "Python's cbor2 reads what real programs send, writes the same bytes, and finds our hashes")
    func python() throws {
        let python = Programs.pythonWithCBOR
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "run .ci/prepare --for-tests: \(python) is missing")
        let firm = try Firm()
        let matera = try firm.office("matera")
        let milano = try firm.office("milano")
        firm.line.follow()
        for index in 0..<3 {
            try matera.writeNotes(2, marked: "è “nota” \(index) \u{1F4DE}")
            try Shell(firm.folder).answer(
                matera.path, "UPDATE contact_point SET value = '+39333000000\(index)';"
            ).expect(0)
            try matera.sync()
        }
        try milano.sync()
        let exchanges = firm.line.exchanges
        #expect(exchanges.count == 4)
        for (index, exchange) in exchanges.enumerated() {
            let answer = try #require(exchange.answer)
            for (name, body) in [("request", exchange.request.body), ("answer", answer.body)] {
                try Data(body).write(to: URL(fileURLWithPath: firm.folder("\(index).\(name)")))
            }
        }
        let read = try firm.folder.run(python, ["-c", Self.reader, firm.folder.path])
        try read.expect(0)
        let head = try matera.status()["head"]
        let hash = try #require(head["hash"].text)
        let number = try #require(head["n"].number)
        #expect(read.lines.contains("head \(number) \(hash)"), "\(read) is not \(number) \(hash)")
        #expect(read.lines.contains("chain \(try chain(of: milano))"), "\(read)")
    }

    private func chain(of office: Office) throws -> String {
        try #require(try office.status()["cursor"]["chain"].text)
    }

    /// Reads every message, writes it again, and follows the hashes of change-sets and commits.
    private static let reader = """
        import cbor2, hashlib, sys

        folder = sys.argv[1]

        def sha(*parts):
            digest = hashlib.sha256()
            for part in parts:
                digest.update(part)
            return digest.digest()

        def same(data):
            value = cbor2.loads(data)
            again = cbor2.dumps(value, canonical=True)
            assert again == data, (data.hex(), again.hex())
            return value

        def change_set_hash(data):
            office, number, previous, cursor, names, salt, content = same(data)
            same(content)
            fields = ["rientro change-set", office, number, previous, cursor, names,
                      sha(salt, content)]
            return number, previous, sha(cbor2.dumps(fields, canonical=True))

        last = None
        commits = 0
        chain = None
        for index in range(4):
            request = same(open(f"{folder}/{index}.request", "rb").read())
            assert request[0] == 1
            for data in request.get(7, []):
                number, previous, own = change_set_hash(data)
                assert previous == (last[1] if last else bytes(32))
                last = (number, own)
            if last and index < 3:
                assert request[3] == [last[0], last[1]], request[3]
            answer = same(open(f"{folder}/{index}.answer", "rb").read())
            before = answer[4]
            for number, time, replica, n, hashes, after, parts in answer.get(5, []):
                for portfolio, salt, content in parts:
                    same(content)
                    assert sha(salt, content) in hashes
                if number == before[1] + 1:
                    fields = ["rientro commit", before[2], number, time, replica, n, hashes]
                    assert sha(cbor2.dumps(fields, canonical=True)) == after
                before = [before[0], number, after]
                commits += 1
            chain = answer[6][2]
        assert commits >= 3, commits
        print("head", last[0], last[1].hex())
        print("chain", chain.hex())
        """
}
